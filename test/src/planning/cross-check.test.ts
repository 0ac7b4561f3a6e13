import { describe, expect, it } from 'vitest';
import { verifyAnswer } from '../../../models/certificate.ts';
import type { Plan } from '../../../models/plan.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import type { Engine, EngineAnswer } from '../../../src/engines/engine.ts';
import { loadHighsEngine } from '../../../src/engines/highs.ts';
import { javascriptLpSolverEngine } from '../../../src/engines/javascript-lp-solver.ts';
import { withDefaults } from '../../../src/planning/solve-options.ts';
import { type SolveOutcome, solveScenario } from '../../../src/planning/solve-scenario.ts';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from '../../models/small-scenario.ts';
import { alteredEngine } from '../engines/stub-engines.ts';

const highs = await loadHighsEngine();
const second = javascriptLpSolverEngine();

function outcomeOf(scenario: Scenario, checkEngine: Engine, engine: Engine, mipGap = 1e-6): SolveOutcome {
  const options = withDefaults({ timeLimitSeconds: 20, mipGap });
  return solveScenario(scenario, options, engine, () => undefined, checkEngine);
}

function solve(scenario: Scenario, checkEngine: Engine = second, engine: Engine = highs): Plan {
  const { plan, faults } = outcomeOf(scenario, checkEngine, engine);
  if (faults) throw new Error(JSON.stringify(faults));
  return plan;
}

/** The second engine with all its columns `factor` times as large. */
function off(factor: number): Engine {
  return alteredEngine(second, (answer): EngineAnswer => {
    if (answer.status === 'optimal')
      return { ...answer, columnValue: answer.columnValue.map((value) => value * factor) };
    if (answer.status !== 'incumbent') return answer;
    const columnValue = answer.columnValue.map((value) => value * factor);
    return { ...answer, columnValue, bound: answer.bound * factor };
  });
}

/** 50 hours at 10, and 1000 for the payroll of a team nobody needs. */
const paid = smallScenario({
  teams: [
    team('manila', 'luzon', 10, 100),
    { ...team('idle', 'luzon', 10, 100), paid: 'capacity', maxComplexity: 1 },
  ],
  workflows: [{ ...workflow('appeals', 50), complexity: 2 }],
});

const choosing = smallScenario({
  sites: [inHouseSite('luzon'), { ...vendorSite('cebu', 'acme'), openingCost: 500 }],
  teams: [team('manila', 'luzon', 30, 200), team('acme', 'cebu', 10, 120)],
  workflows: [workflow('appeals', 100)],
});

const impossible = smallScenario({ teams: [team('manila', 'luzon', 10, 20)] });

const FAILED = { status: 'failed', reason: 'engine' };

describe('a cross-check', () => {
  it('names the second engine and its cost in the certificate, payroll included', () => {
    const plan = solve(paid);
    expect(plan).toMatchObject({ status: 'optimal', totalCost: 1500 });
    expect(plan.certificate).toMatchObject({ verified: true, boundSource: 'duals' });
    expect(plan.certificate?.crossCheck).toEqual({
      engine: `javascript-lp-solver ${second.version}`,
      totalCost: expect.closeTo(1500, 9) as number,
    });
    expect(verifyAnswer(paid, plan)).toEqual([]);
  });

  it('turns round with the engines', () => {
    const plan = solve(paid, highs, second);
    expect(plan.certificate).toMatchObject({
      engine: `javascript-lp-solver ${second.version}`,
      boundSource: 'engine',
      crossCheck: { engine: `highs ${highs.version}` },
    });
  });

  it('compares plans with choices by their bounds too', () => {
    const plan = solve(choosing);
    expect(plan).toMatchObject({ status: 'optimal', totalCost: 1500 });
    expect(plan.certificate?.crossCheck?.totalCost).toBeCloseTo(1500, 9);
    expect(solve(choosing, off(1 - 1e-4))).toEqual(FAILED);
    expect(solve(choosing, off(1 + 1e-4))).toEqual(FAILED);
  });

  it('allows what the gaps of both engines explain, and no more', () => {
    // An engine that is content with 2 % and ends 1 % above the optimum is not wrong; one that claims it exact is.
    const content = alteredEngine(highs, (answer) =>
      answer.status === 'incumbent' ? { ...answer, bound: answer.bound * 0.98 } : answer,
    );
    expect(outcomeOf(choosing, off(0.99), content, 0.03).plan?.certificate).toHaveProperty('crossCheck');
    expect(outcomeOf(choosing, off(0.97), content, 0.03).plan).toEqual(FAILED);
    expect(outcomeOf(choosing, off(1.01), content, 0.03).plan).toEqual(FAILED);
  });

  it.each([1 - 3e-6, 1 + 3e-6])(
    'fails where the costs differ: a second cost %d times the first',
    (factor) => {
      expect(solve(smallScenario(), off(factor))).toEqual(FAILED);
    },
  );

  it.each([1 - 3e-7, 1 + 3e-7])('passes over a difference of rounding: %d', (factor) => {
    expect(solve(smallScenario(), off(factor)).certificate).toHaveProperty('crossCheck');
  });

  it.each([
    ['infeasible', smallScenario()],
    ['unbounded', smallScenario()],
    ['unbounded', impossible],
  ] as const)('fails where the second engine says %s and the first does not', (status, scenario) => {
    expect(
      solve(
        scenario,
        alteredEngine(second, () => ({ status })),
      ),
    ).toEqual(FAILED);
  });

  it('fails where there is no plan and the second engine has one', () => {
    const columnValue = Float64Array.of(50);
    const dreaming = alteredEngine(second, () => ({ status: 'optimal', columnValue }));
    expect(solve(impossible, dreaming)).toEqual(FAILED);
  });

  it('lets an infeasible scenario keep its conflict where both say so', () => {
    expect(solve(impossible)).toEqual(solve(impossible, highs));
    expect(solve(impossible).diagnosis?.conflict).not.toEqual([]);
  });

  it('fails for the time limit where the second engine has no time left', () => {
    const slow = alteredEngine(second, () => ({ status: 'time-limit' }));
    expect(solve(smallScenario(), slow)).toEqual({ status: 'failed', reason: 'time-limit' });
  });

  it('leaves an answer that has failed as it is', () => {
    const lying = alteredEngine(highs, (answer) =>
      answer.status === 'optimal' ? { ...answer, columnValue: answer.columnValue.map(() => 0) } : answer,
    );
    expect(solve(smallScenario(), second, lying)).toMatchObject({ status: 'failed', reason: 'certificate' });
  });

  it('of what is too large for the second engine is a fault of the option', () => {
    const sizeLimit = { cells: 1, cellsWithChoices: 1, choices: 1 };
    const small = { ...second, capabilities: { ...second.capabilities, sizeLimit } };
    const { faults } = outcomeOf(smallScenario(), small, highs);
    expect(faults).toMatchObject([{ option: 'crossCheck', code: 'too-large-for-engine' }]);
  });
});
