import { expect, it } from 'vitest';
import { loadHighsEngine } from '../../src/engines/highs.ts';
import { type Expected, expectedOf, scenarioOf, solve, solveAndVerify } from './sample.ts';

interface Facts {
  readonly conflict: readonly object[];
  readonly ineligible: readonly { workflow: string; team: string; rules: string[] }[];
}

const expected = expectedOf('infeasible-security') as Expected & Facts;
const scenario = scenarioOf('infeasible-security');
const engine = await loadHighsEngine();
const plan = solveAndVerify(scenario, engine);

it('names the demand that nobody may serve, and nothing else, as the conflict', () => {
  const conflict = plan.diagnosis?.conflict.map(({ family, subject }) => ({ family, subject }));
  expect(conflict).toEqual(expected.conflict);
});

it('says for every team which rule keeps the work from it', () => {
  const found = plan.ineligible
    ?.filter(({ workflow }) => workflow === 'account-recovery-ja')
    .map(({ workflow, team, reasons }) => ({ workflow, team, rules: reasons.map(({ rule }) => rule) }));
  expect(found).toEqual(expected.ineligible);
});

it('has a plan once the security rules are lifted, so that nothing else stands in its way', () => {
  const lifted = {
    ...scenario,
    workflows: scenario.workflows.map((workflow) => ({ ...workflow, securityTier: 1, controls: [] })),
  };
  expect(solve(lifted, engine, 'none').status).toBe('optimal');
});
