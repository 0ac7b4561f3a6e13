import { describe, expect, it } from 'vitest';
import type { EvidenceWorth } from '../../../models/explanation.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { explain } from '../../models/explained-plan.ts';
import { crossTrainedScenario } from '../../models/people-team.ts';
import { inHouseSite, smallScenario, team, workflow } from '../../models/small-scenario.ts';

const about = (value: number) => expect.closeTo(value) as number;

function worthOf(scenario: Scenario, label: string): EvidenceWorth {
  const lines = (explain(scenario).worth ?? []).filter((line) => line.label === label);
  if (lines.length !== 1) throw new Error(`Not one line about ${label}: ${JSON.stringify(lines)}`);
  return lines[0];
}

/** 60 hours of german, which berlin speaks for 30; manila costs 10 and speaks english only. */
const german = smallScenario({
  sites: [inHouseSite('luzon'), inHouseSite('spree')],
  teams: [
    { ...team('manila', 'luzon', 10, 100), skills: ['en'] },
    { ...team('berlin', 'spree', 30, null), skills: ['de', 'en'] },
  ],
  workflows: [{ ...workflow('german', 60), skills: ['de'] }],
});

describe('a skill is worth', () => {
  it('what the plan with it saves, confirmed by that plan', () => {
    // 60 hours for 10 instead of 30.
    expect(worthOf(german, 'Skill de at manila')).toEqual({
      evidence: { kind: 'skill', team: 'manila', words: ['de'] },
      label: 'Skill de at manila',
      opens: [{ workflow: 'german', team: 'manila' }],
      firstHourSaving: about(20),
      worth: about(1200),
      worthAtMost: about(1200),
      placed: [{ workflow: 'german', team: 'manila', hours: about(60) }],
      provenBy: 'plan',
      sentence:
        'Skill de at manila would save 1,200.00 USD: 60 hours of german would be placed by it. The first hour would save up to 20.00 USD.',
    });
  });

  it('less what other work pays that has to make room', () => {
    // manila is full of english, which costs 15 elsewhere: each of 60 hours saves 20 and costs 5.
    const busy = {
      ...german,
      teams: [...german.teams, { ...team('night', 'spree', 15, null), skills: ['en'] }],
      workflows: [...german.workflows, { ...workflow('english', 200), skills: ['en'] }],
    };
    expect(worthOf(busy, 'Skill de at manila')).toMatchObject({
      firstHourSaving: about(15),
      worth: about(900),
      worthAtMost: about(900),
    });
  });

  it('no more than there is room for', () => {
    const [manila, berlin] = german.teams;
    const small = { ...german, teams: [{ ...manila, capacity: [{ period: 'P1', hours: 25 }] }, berlin] };
    expect(worthOf(small, 'Skill de at manila')).toMatchObject({
      worth: about(500),
      worthAtMost: about(500),
    });
  });

  it('nothing where the prices prove that no hour would save anything, without another plan', () => {
    const [manila, berlin] = german.teams;
    const dear = { ...german, teams: [{ ...manila, rate: { ...manila.rate, amount: 31 } }, berlin] };
    expect(worthOf(dear, 'Skill de at manila')).toMatchObject({
      firstHourSaving: 0,
      worth: 0,
      worthAtMost: 0,
      placed: [],
      provenBy: 'prices',
      sentence:
        "Skill de at manila would be worth nothing: at the plan's prices no hour of german would save anything there.",
    });
  });
});

it('prices what a tier opens as a whole, and a higher tier with what a lower one opens', () => {
  // Tier 3 opens 10 hours at 20 less, tier 4 these and 5 more.
  const tiers = smallScenario({
    sites: [
      { ...inHouseSite('luzon'), securityTier: 2 },
      { ...inHouseSite('vault'), securityTier: 5 },
    ],
    teams: [team('manila', 'luzon', 10, null), team('guard', 'vault', 30, null)],
    workflows: [
      { ...workflow('secret', 10), securityTier: 3 },
      { ...workflow('top', 5), securityTier: 4 },
    ],
  });
  const { worth = [] } = explain(tiers);
  expect(worth.map(({ label, worth: saved }) => [label, saved])).toEqual([
    ['Security tier 4 at luzon', about(300)],
    ['Security tier 3 at luzon', about(200)],
  ]);
});

it('prices one more allowed country, a control and a complexity', () => {
  const several = smallScenario({
    sites: [
      { ...inHouseSite('luzon'), country: 'PH' },
      { ...inHouseSite('spree'), country: 'DE', controls: ['pci'] },
    ],
    teams: [{ ...team('manila', 'luzon', 10, null), maxComplexity: 1 }, team('berlin', 'spree', 30, null)],
    workflows: [
      { ...workflow('home', 10), allowedCountries: ['DE'] },
      { ...workflow('cards', 20), controls: ['pci'] },
      { ...workflow('hard', 30), complexity: 2 },
    ],
  });
  const { worth = [] } = explain(several);
  expect(worth.map(({ label, worth: saved }) => [label, saved])).toEqual([
    ['Complexity 2 at manila', about(600)],
    ['Control pci at luzon', about(400)],
    ['PH allowed for home', about(200)],
  ]);
});

it('never offers what is prohibited', () => {
  const forbidden = {
    ...german,
    workflows: [...german.workflows, { ...workflow('law', 10), deniedCountries: ['PH'] }],
    placements: [{ workflow: 'german', team: 'manila', allowed: false }],
  };
  expect(
    explain({
      ...forbidden,
      sites: forbidden.sites.map((site) => ({ ...site, country: site.id === 'luzon' ? 'PH' : 'DE' })),
    }).worth,
  ).toEqual([]);
});

it('prices what can be priced where something else that would be opened has no rate', () => {
  // calls is paid by contact, and german counts hours: with de it could not be paid.
  const { teams, workflows } = german;
  const counted = { id: 'chat', skills: ['en'], demand: [{ period: 'P1', contacts: 100, ahtSeconds: 360 }] };
  const scenario = {
    ...german,
    teams: [
      ...teams,
      { ...team('calls', 'spree', 0, null), rate: { basis: 'contact' as const, amount: 9 }, skills: ['en'] },
    ],
    workflows: [...workflows, counted],
  };
  expect(worthOf(scenario, 'Skill de at manila').worth).toBeCloseTo(1200);
  const unpaid = worthOf(scenario, 'Skill de at calls');
  expect(unpaid.worth).toBeUndefined();
  expect(unpaid.unavailable).toContain('paid by contact');
  expect(explain(scenario)).toMatchObject({ worthNotDone: 1 });
});

describe('with yes/no choices', () => {
  // berlin's site costs 100 to open. With de at manila it need not be: 60 · 20 and 100 are saved.
  const choices = {
    ...german,
    sites: german.sites.map((site) => (site.id === 'spree' ? { ...site, openingCost: 100 } : site)),
  };

  it('the worth is that of the whole plan with other choices, within the gaps of both', () => {
    const line = worthOf(choices, 'Skill de at manila');
    expect(line).toMatchObject({ worth: about(1300), provenBy: 'plan', firstHourSaving: about(20) });
    expect(line.worthAtLeast).toBeLessThanOrEqual(line.worth!);
    expect(line.worthAtMost).toBeGreaterThanOrEqual(line.worth!);
    expect(line.worthAtMost! - line.worthAtLeast!).toBeLessThan(0.01);
  });

  it('prices alone prove nothing worthless', () => {
    const [manila, berlin] = german.teams;
    const dear = { ...choices, teams: [{ ...manila, rate: { ...manila.rate, amount: 31 } }, berlin] };
    // An hour costs 1 more at manila, but 60 hours there save the opening.
    expect(worthOf(dear, 'Skill de at manila')).toMatchObject({ worth: about(40), provenBy: 'plan' });
  });
});

it('counts what a skill saves that some of the team could have been trained in, too', () => {
  const training = { maxHeadsPerPeriod: 1, costPerHead: 50, productivity: 0.8 };
  const scenario = crossTrainedScenario(training, [0], [300]);
  const law = { ...workflow('leyes', 0), skills: ['Spanish', 'law'] };
  // Trained, one head does 80 of 300 hours for 50; with the skill of their own, five do all of them.
  expect(
    worthOf({ ...scenario, workflows: [...scenario.workflows, law] }, 'Skills Spanish, law at manila'),
  ).toMatchObject({ worth: about(50 + 220 * 30), provenBy: 'plan' });
});
