import { expect, it } from 'vitest';
import type { EvidenceWorth, Explanation } from '../../../models/explanation.ts';
import { explanationText } from '../../../src/exports/explanation-text.ts';
import { explain } from '../../models/explained-plan.ts';
import { smallScenario, team, vendorSite } from '../../models/small-scenario.ts';

const text = (parts: Partial<Explanation>, isAsked = false): string =>
  explanationText(
    smallScenario(),
    { status: 'optimal', totalCost: 500, currency: 'USD', placements: [], ...parts },
    isAsked,
  );

const evidenceAt = (teamId: string, found: Partial<EvidenceWorth>): EvidenceWorth => ({
  evidence: { kind: 'skill', team: teamId, words: ['de'] },
  label: `Skill de at ${teamId}`,
  opens: [{ workflow: 'appeals', team: teamId }],
  sentence: '',
  ...found,
});

it('prints no first hour of 0 where none has been priced', () => {
  const worth = [
    evidenceAt('manila', { worth: 100, firstHourSaving: 20, placed: [] }),
    evidenceAt('night', { worth: 50, placed: [] }),
  ];
  const lines = text({ worth }).split('\n');
  expect(lines.find((line) => line.includes('at manila'))).toMatch(/ 20\.00$/);
  expect(lines.find((line) => line.includes('at night'))).toMatch(/ \?$/);
});

it('asks for more time only for evidence that was left out for want of it', () => {
  const worth = [
    evidenceAt('manila', { worth: 0, placed: [], provenBy: 'prices' }),
    evidenceAt('night', {}),
    evidenceAt('calls', { unavailable: 'It has no rate.' }),
  ];
  expect(text({ worth, worthNotDone: 2 })).toContain(
    'Of 3 changes of evidence 1 is worth nothing, 1 is not priced, because the scenario with it is not complete, 1 is not solved: more with --time-limit.',
  );
  expect(text({ worth: worth.slice(2), worthNotDone: 1 })).not.toContain('--time-limit');
});

it('says of break-evens that are left out that more time may not be what they want', () => {
  expect(text({ breakEvensConfirmed: 3, breakEvensNotDone: 2 })).toContain(
    '3 confirmed by solving again, 2 left out, for want of time (more with --time-limit) or because a full budget or rounding leaves none that is clear.',
  );
});

it('refers to --vendor only where it was not asked with it', () => {
  const scenario = smallScenario({
    sites: [vendorSite('luzon', 'acme')],
    teams: [team('manila', 'luzon', 10, null)],
  });
  const explanation = explain(scenario);
  expect(explanationText(scenario, explanation, false)).toContain('?: see --vendor.');
  expect(explanationText(scenario, explanation, true)).toContain('?: the sentence says why.');
});
