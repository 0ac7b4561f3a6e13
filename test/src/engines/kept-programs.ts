import { beforeAll, describe, expect, it } from 'vitest';
import { type ProgramChange, withChange } from '../../../models/changed-program.ts';
import { costOf, type LinearProgram, ProgramBuilder, rightHandSide } from '../../../models/linear-program.ts';
import { provesNoPlan, provesOptimum } from '../../../models/program-proof.ts';
import {
  type Engine,
  type EngineAnswer,
  EngineError,
  type KeptProgram,
} from '../../../src/engines/engine.ts';
import { lp } from '../../models/small-program.ts';
import { SeededRandom } from '../../scenarios/seeded-random.ts';

const PATIENT = { timeLimitSeconds: 60, ranges: false };

/** minimise 2x + 3y; x + y = 10; x ≤ 6: x = 6 and y = 4 cost 24; one hour more costs 3, one more of x saves 1. */
const twoSources = lp(
  [2, 3],
  [
    [[1, 1], '=', 10],
    [[1, 0], '<=', 6],
  ],
);

/** What every engine that keeps programs must keep to. */
export function describeKeptPrograms(load: () => Promise<Engine>): void {
  describe('a program that it keeps', () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await load();
    });

    function kept<Result>(program: LinearProgram, use: (kept: KeptProgram) => Result): Result {
      const answer = engine.solve(program, { ...PATIENT, ranges: true });
      if (answer.status !== 'optimal' || !answer.ranges) throw new Error(`The program is ${answer.status}.`);
      const keptProgram = engine.keep!(program, answer.ranges);
      try {
        return use(keptProgram);
      } finally {
        keptProgram.end();
      }
    }

    it.each([
      ['another limit', { rightHandSides: [{ row: 0, value: 12 }] }, [6, 6], [3, -1]],
      ['another cost', { costs: [{ column: 0, value: 4 }] }, [0, 10], [3, 0]],
      [
        'several limits and costs at once',
        {
          rightHandSides: [20, 5].map((value, row) => ({ row, value })),
          costs: [1, 7].map((value, column) => ({ column, value })),
        },
        [5, 15],
        [7, -6],
      ],
    ])('is solved with %s', (_, change, columnValue, rowPrice) => {
      kept(twoSources, (program) => {
        const answer = program.solveWith(change, PATIENT);
        if (answer.status !== 'optimal') throw new Error(answer.status);
        expect([...answer.columnValue]).toEqual(columnValue.map(near));
        expect([...answer.rowPrice!]).toEqual(rowPrice.map(near));
      });
    });

    it('has ranges where they are asked for', () => {
      kept(twoSources, (program) => {
        const change = { rightHandSides: [{ row: 0, value: 12 }] };
        const answer = program.solveWith(change, { ...PATIENT, ranges: true });
        // The demand may fall to 6, the limit of x rise to 12.
        if (answer.status !== 'optimal' || !answer.ranges) throw new Error('There are no ranges.');
        expect([...answer.ranges.rowDown]).toEqual([near(6), near(0)]);
        expect([...answer.ranges.rowUp]).toEqual([Infinity, near(12)]);
        expect(program.solveWith(change, PATIENT)).not.toHaveProperty('ranges');
      });
    });

    it('is infeasible, with a ray, or unbounded where it is so with the change', () => {
      const limited = lp(
        [2, 3],
        [
          [[1, 1], '=', 10],
          [[1, 0], '<=', 6],
          [[0, 1], '<=', 5],
        ],
      );
      kept(limited, (program) => {
        const change = { rightHandSides: [{ row: 0, value: 12 }] };
        const answer = program.solveWith(change, PATIENT);
        if (answer.status !== 'infeasible' || !answer.ray) throw new Error('There is no ray.');
        expect(provesNoPlan(withChange(limited, change), answer.ray)).toBe(true);
        expect(program.solveWith({}, PATIENT)).toMatchObject({ columnValue: Float64Array.of(6, 4) });
      });
      const atLeast = lp([1], [[[1], '>=', 2]]);
      kept(atLeast, (program) => {
        const change = { costs: [{ column: 0, value: -1 }] };
        expect(program.solveWith(change, PATIENT)).toEqual({ status: 'unbounded' });
        expect(program.solveWith({}, PATIENT)).toMatchObject({ columnValue: Float64Array.of(2) });
      });
    });

    it('is the same program for the next question, whatever was asked before', () => {
      for (let seed = 1; seed <= 30; seed += 1) {
        const random = new SeededRandom(seed);
        const program = randomTransport(random);
        const seen = new Set<string>();
        kept(program, (keptProgram) => {
          const first = keptProgram.solveWith({}, PATIENT);
          for (let question = 0; question < 12; question += 1) {
            const change = randomChange(program, random);
            const changed = withChange(program, change);
            const ranges = random.chance(0.2);
            const answer = keptProgram.solveWith(change, { ...PATIENT, ranges });
            seen.add(answer.status);
            expectSame(changed, answer, engine.solve(changed, PATIENT));
            expect('ranges' in answer).toBe(ranges && answer.status === 'optimal');
          }
          const last = keptProgram.solveWith({}, PATIENT);
          expectSame(program, last, first);
          if (last.status === 'optimal' && first.status === 'optimal')
            last.columnValue.forEach((value, j) => {
              expect(value).toBeCloseTo(first.columnValue[j], 9);
            });
        });
        if (seed === 30) expect(seen).toContain('optimal');
      }
    });

    it('answers in units far from one', () => {
      const far = lp(
        [2e9, 3e9],
        [
          [[1, 1], '=', 1e10],
          [[1, 0], '<=', 6e9],
        ],
      );
      kept(far, (program) => {
        const change = { rightHandSides: [{ row: 0, value: 1.2e10 }], costs: [{ column: 0, value: 2.5e9 }] };
        const answer = program.solveWith(change, PATIENT);
        if (answer.status !== 'optimal') throw new Error(answer.status);
        expect([...answer.columnValue].map((value) => value / 1e9)).toEqual([near(6), near(6)]);
        expect([...answer.rowPrice!].map((value) => value / 1e9)).toEqual([near(3), near(-0.5)]);
      });
    });

    it('says time limit, without numbers, when it is not given enough time, and answers the next question', () => {
      const program = randomTransport(new SeededRandom(1), 40, 200);
      kept(program, (keptProgram) => {
        const change = {
          costs: Array.from(program.cost, (cost, column) => ({ column, value: 5 - cost })),
        };
        const hurried = keptProgram.solveWith(change, { timeLimitSeconds: 1e-6, ranges: false });
        expect(hurried).toEqual({ status: 'time-limit' });
        expectSame(program, keptProgram.solveWith({}, PATIENT), engine.solve(program, PATIENT));
      });
    });

    it('is answered without rows or columns', () => {
      kept(lp([1, 2], []), (program) => {
        const change = { costs: [{ column: 0, value: 3 }] };
        expect(program.solveWith(change, PATIENT)).toMatchObject({ columnValue: Float64Array.of(0, 0) });
      });
      kept(lp([], [[[], '<=', 5]]), (program) => {
        const change = { rightHandSides: [{ row: 0, value: -1 }] };
        expect(program.solveWith(change, PATIENT).status).toBe('infeasible');
      });
    });

    it('has no yes/no choices', async () => {
      const other = await load();
      const program = { ...twoSources, isBinary: Uint8Array.of(1, 0) };
      const basis = { isBasicRow: Uint8Array.of(0, 0), isBasicColumn: Uint8Array.of(1, 1) };
      expect(() => other.keep!(program, basis)).toThrow(EngineError);
    });

    it.each([
      ['a limit that is no number', { rightHandSides: [{ row: 0, value: NaN }] }],
      ['an infinite cost', { costs: [{ column: 0, value: Infinity }] }],
    ])('refuses %s with an EngineError', (_, change) => {
      kept(twoSources, (program) => {
        expect(() => program.solveWith(change, PATIENT)).toThrow(EngineError);
      });
    });
  });
}

/** Both are optimal at the same cost, each proven, or there is no plan, and the ray proves that. */
function expectSame(program: LinearProgram, answer: EngineAnswer, other: EngineAnswer): void {
  expect(answer.status).toBe(other.status);
  if (answer.status === 'infeasible') expect(provesNoPlan(program, answer.ray!)).toBe(true);
  if (answer.status !== 'optimal' || other.status !== 'optimal') return;
  expect(provesOptimum(program, answer.columnValue, answer.rowPrice!)).toBe(true);
  const cost = costOf(program, other.columnValue);
  expect(Math.abs(costOf(program, answer.columnValue) - cost)).toBeLessThanOrEqual(
    1e-9 * Math.max(1, Math.abs(cost)),
  );
}

/** Teams that serve workflows: whole costs and hours, so that ties abound, and just enough capacity. */
function randomTransport(
  random: SeededRandom,
  teams = random.whole(2, 6),
  workflows = random.whole(2, 8),
): LinearProgram {
  const program = new ProgramBuilder();
  const hours = Array.from({ length: workflows }, () => random.whole(1, 9));
  for (let w = 0; w < workflows; w += 1)
    for (let k = 0; k < teams; k += 1)
      program.addColumn({ kind: 'placement', workflow: w, team: k, period: 0 }, random.whole(1, 5));
  hours.forEach((demand, w) => {
    program.beginRow({ family: 'demand', subject: {} }, '=', demand);
    for (let k = 0; k < teams; k += 1) program.addEntry(w * teams + k, 1);
  });
  const capacity = Math.ceil(hours.reduce((sum, each) => sum + each, 0) / teams) + 1;
  for (let k = 0; k < teams; k += 1) {
    program.beginRow({ family: 'team-capacity', subject: {} }, '<=', capacity);
    for (let w = 0; w < workflows; w += 1) program.addEntry(w * teams + k, 1);
  }
  const share = 0.5 / teams;
  program.beginRow({ family: 'in-house-share', subject: {} }, '>=', 0);
  for (let w = 0; w < workflows; w += 1)
    for (let k = 0; k < teams; k += 1) program.addEntry(w * teams + k, k === 0 ? 1 - share : -share);
  return program.build();
}

/** Some limits and some costs, by so much that now and then there is no plan left. */
function randomChange(program: LinearProgram, random: SeededRandom): ProgramChange {
  const some = (count: number) =>
    random.shuffled(Array.from({ length: count }, (_, i) => i)).slice(0, random.whole(0, 3));
  return {
    rightHandSides: some(program.rows.length).map((row) => ({
      row,
      value: Math.max(0, rightHandSide(program, row) + random.whole(-4, 4)),
    })),
    costs: some(program.columns.length).map((column) => ({ column, value: random.whole(0, 6) })),
  };
}

function near(value: number): unknown {
  return expect.closeTo(value, 7);
}
