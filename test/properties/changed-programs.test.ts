import { expect, it } from 'vitest';
import { type ProgramChange, withChange } from '../../models/changed-program.ts';
import { withoutChoices } from '../../models/choices.ts';
import { type Basis, costOf, type LinearProgram, rightHandSide } from '../../models/linear-program.ts';
import { WhatIf, type WhatIfAnswer } from '../../src/planning/what-if.ts';
import { randomScenario } from '../scenarios/random-scenario.ts';
import { SeededRandom } from '../scenarios/seeded-random.ts';
import { atSeed, draws, engine, expectSameCost, programOf } from './solve-draws.ts';

const PATIENT = { timeLimitSeconds: 60, ranges: false };

/** Questions to each program; the first is asked once more at the end. */
const ASKED = 6;

const tried = { optimal: 0, infeasible: 0, 'other limits': 0, 'other costs': 0, 'several at once': 0 };
let refused = 0;

it('comes to the same from the basis of a plan as from nothing, whatever is changed and asked before', () => {
  for (const seed of draws())
    atSeed(seed, () => {
      const program = withoutChoices(programOf(randomScenario(seed)).program);
      const basis = basisOf(program);
      if (basis) askAbout(program, basis, new SeededRandom(seed));
    });
  expect(Math.min(...Object.values(tried))).toBeGreaterThan(draws().length / 10);
  // Each would have been put right; but then the quick ways would not be worth much.
  expect(refused).toBeLessThanOrEqual((tried.optimal + tried.infeasible) / 1000);
});

/** Undefined where there is no plan. */
function basisOf(program: LinearProgram): Basis | undefined {
  const answer = engine.solve(program, { ...PATIENT, ranges: true });
  return answer.status === 'optimal' ? answer.ranges : undefined;
}

function askAbout(program: LinearProgram, basis: Basis, random: SeededRandom): void {
  const whatIf = new WhatIf(engine, { program, basis });
  const changes = Array.from({ length: ASKED }, () => randomChange(program, random));
  const answers = changes.map((change) => {
    const answer = whatIf.answer(change, 60);
    expectSame(withChange(program, change), answer);
    return answer;
  });
  const again = whatIf.answer(changes[0], 60);
  expect(again.status).toBe(answers[0].status);
  expectSame(withChange(program, changes[0]), again);
  refused += whatIf.warmAnswersRefused;
  whatIf.end();
}

function expectSame(program: LinearProgram, answer: WhatIfAnswer): void {
  const fresh = engine.solve(program, PATIENT);
  expect(answer.status).toBe(fresh.status);
  if (answer.status === 'infeasible') tried.infeasible += 1;
  if (answer.status !== 'optimal' || fresh.status !== 'optimal') return;
  tried.optimal += 1;
  expectSameCost(costOf(program, answer.columnValue), costOf(program, fresh.columnValue), 'the plan', 1e-9);
}

function randomChange(program: LinearProgram, random: SeededRandom): ProgramChange {
  const some = (count: number, most: number) =>
    random.shuffled(Array.from({ length: count }, (_, i) => i)).slice(0, random.whole(1, most));
  const most = random.chance(0.5) ? 1 : 4;
  const change: ProgramChange = {
    ...(!random.chance(0.25) && {
      rightHandSides: some(program.rows.length, most).map((row) => ({
        row,
        value: moved(program, row, random),
      })),
    }),
    ...(random.chance(0.5) && {
      costs: some(program.columns.length, most).map((column) => ({
        column,
        value: program.cost[column] * random.between(0, 2),
      })),
    }),
  };
  if (change.rightHandSides) tried['other limits'] += 1;
  if (change.costs) tried['other costs'] += 1;
  if ((change.rightHandSides ?? []).length + (change.costs ?? []).length > 1) tried['several at once'] += 1;
  return change;
}

/** A little, by much, or to nothing. */
function moved(program: LinearProgram, row: number, random: SeededRandom): number {
  const limit = rightHandSide(program, row);
  if (random.chance(0.1)) return 0;
  const size = Math.max(1, Math.abs(limit));
  return limit + size * random.between(-1, 1) * (random.chance(0.5) ? 0.1 : 1);
}
