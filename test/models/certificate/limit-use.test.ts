import { describe, expect, it } from 'vitest';
import { atKey, limitKey, siteKey } from '../../../models/certificate/limit-use.ts';
import { recompute } from '../../../models/certificate/recomputed-scenario.ts';
import { checkRules } from '../../../models/certificate/rule-checks.ts';
import { smallScenario, workflow } from '../small-scenario.ts';
import { handMade } from './hand-made-plan.ts';

it('of a plan made by hand are what a person would count', () => {
  const { scenario, plan } = handMade();
  const { uses } = checkRules(recompute(scenario), plan);
  const counted = uses.map(({ what, used, sense, limit }) => `${what()}: ${used} ${sense} ${limit}`);
  expect(counted).toEqual([
    'the demand of calls in P1: 20 = 20', // 10 + 8 + 1 + 5 less the 4 that waited
    'the backlog of calls in P1: 5 <= 6',
    'the demand of mail in P1: 10 = 10',
    'the capacity of alice in P1: 30 <= 80', // 10 · 2 + 10
    'the capacity of bob in P1: 16 <= 50',
    'the capacity of dave in P1: 0 <= 10',
    'the seats of own in P1: 1.5 <= 3', // 30 hours of 20 an FTE; 2 seats for 1.5 each
    'the seats of spare in P1: 0 <= 7',
    'the share of acme in P1: 8 <= 14', // of 28
    'the share of zenith in P1: 0 <= 7',
    'the in-house share of all work in P1: 20 >= 14',
    'the in-house share of calls in P1: 10 >= 4.5', // of 18
    'the demand of calls in P2: 40 = 40', // 25 + 18 + 2 less the 5 that waited
    'the demand of mail in P2: 10 = 10',
    'the demand of night mail in P2: 0 = 0',
    'the capacity of alice in P2: 60 <= 80',
    'the capacity of bob in P2: 36 <= 50',
    'the capacity of dave in P2: 0 <= 10',
    'the seats of own in P2: 3 <= 3',
    'the seats of spare in P2: 0 <= 7',
    'the share of acme in P2: 18 <= 26.5', // of 53
    'the share of zenith in P2: 0 <= 13.25',
    'the in-house share of all work in P2: 35 >= 26.5',
    'the in-house share of calls in P2: 25 >= 10.75', // of 43
    'the budget of the whole horizon: 640 <= 700', // 530 handling, 40 payroll, 70 opening
    'the budget of P1: 190 <= 200', // 60 + 80 + 30 and 20 for dave
    'the minimum of calls at own in P1: 10 >= 5',
    'the minimum of calls at theirs in P1: 8 >= 5',
    'the minimum of calls at own in P2: 25 >= 5',
    'the minimum of calls at theirs in P2: 18 >= 5',
  ]);
});

it('name each limit by its family and by whom it is about', () => {
  const { scenario, plan } = handMade();
  const { uses } = checkRules(recompute(scenario), plan);
  const inP1 = uses.filter(({ subject }) => subject.period !== 'P2');
  expect(inP1.map(({ family, subject }) => ({ family, subject }))).toEqual([
    { family: 'demand', subject: { workflow: 'calls', period: 'P1' } },
    { family: 'backlog-limit', subject: { workflow: 'calls', period: 'P1' } },
    { family: 'demand', subject: { workflow: 'mail', period: 'P1' } },
    { family: 'team-capacity', subject: { team: 'alice', period: 'P1' } },
    { family: 'team-capacity', subject: { team: 'bob', period: 'P1' } },
    { family: 'team-capacity', subject: { team: 'dave', period: 'P1' } },
    { family: 'site-seats', subject: { site: 'own', period: 'P1' } },
    { family: 'site-seats', subject: { site: 'spare', period: 'P1' } },
    { family: 'vendor-share', subject: { vendor: 'acme', period: 'P1' } },
    { family: 'vendor-share', subject: { vendor: 'zenith', period: 'P1' } },
    { family: 'in-house-share', subject: { period: 'P1' } },
    { family: 'in-house-share', subject: { workflow: 'calls', period: 'P1' } },
    { family: 'budget', subject: {} },
    { family: 'budget', subject: { period: 'P1' } },
    { family: 'minimum-team-hours', subject: { workflow: 'calls', site: 'own', period: 'P1' } },
    { family: 'minimum-team-hours', subject: { workflow: 'calls', site: 'theirs', period: 'P1' } },
  ]);
});

it('take no seats where nobody knows how many FTE the hours of a team are', () => {
  const { scenario, plan } = handMade();
  scenario.sites[2].seats = 1; // where bob works
  const { uses } = checkRules(recompute(scenario), plan);
  const seats = uses.filter(({ family, subject }) => family === 'site-seats' && subject.site === 'theirs');
  expect(seats.map(({ used }) => used)).toEqual([0, 0]);
});

it('are none but the demand where the scenario has no limits', () => {
  const scenario = smallScenario({ teams: [], workflows: [workflow('appeals', 5)] });
  const { plan } = handMade();
  const empty = { ...plan, allocation: [], shortfall: [], backlog: [], sites: [] };
  for (const given of [scenario, { ...scenario, rules: {} }]) {
    const { uses } = checkRules(recompute(given), empty);
    expect(uses.map(({ family }) => family)).toEqual(['demand']);
  }
});

describe('the key of a limit', () => {
  const subject = { workflow: 'w', team: 'k', site: 's', vendor: 'v', period: 't' };

  it('is the same in every Unicode form of its ids', () => {
    expect(limitKey('demand', { workflow: 'e\u0301' })).toBe(limitKey('demand', { workflow: '\u00e9' }));
  });

  it('is another for another family, or for another id of any kind', () => {
    const keys = Object.keys(subject).flatMap((kind) => [
      limitKey('demand', { ...subject, [kind]: 'other' }),
      limitKey('demand', { [kind]: 'only' }),
    ]);
    keys.push(limitKey('demand', subject), limitKey('budget', subject), limitKey('budget', {}));
    expect(new Set(keys).size).toBe(keys.length);
  });
});

it('are found again from the number of a workflow, a site and a period', () => {
  const model = recompute(handMade().scenario);
  const all = [0, 1, 2].flatMap((w) => [0, 1, 2].flatMap((s) => [0, 1].map((t) => ({ w, s, t }))));
  const keys = all.map(({ w, s, t }) => siteKey(model, w, s, t));
  expect(keys.map((key) => atKey(model, key))).toEqual(all);
});
