import { beforeAll, describe, expect, it } from 'vitest';
import { type ColumnKey, type LinearProgram, ProgramBuilder } from '../../../models/linear-program.ts';
import {
  type Engine,
  type EngineAnswer,
  EngineError,
  type EngineOptions,
} from '../../../src/engines/engine.ts';
import { lp, type Row } from '../../models/small-program.ts';
import { describeKeptPrograms } from './kept-programs.ts';

/** What an engine can do beyond the optimum; the suite asks for no more. */
export interface Abilities {
  readonly name: string;
  readonly load: () => Promise<Engine>;
  readonly hasPrices: boolean;
  readonly hasRanges: boolean;
  readonly hasRays: boolean;
  /** Whether it keeps a program, to solve it with other limits or costs. */
  readonly keeps: boolean;
  /** Whether it ends at a time limit by itself; otherwise its process has to be killed. */
  readonly keepsTimeLimit: boolean;
  /** A transport problem large for this engine. */
  readonly large: { readonly teams: number; readonly workflows: number };
}

type Optimum = Extract<EngineAnswer, { status: 'optimal' }>;

const PATIENT: EngineOptions = { timeLimitSeconds: 60, ranges: true };

/**
 * What every engine must keep: minimisation over columns ≥ 0, the signs of prices and rays, absolute ends of ranges, no
 * numbers where a status has none, and no program data in an error.
 *
 * All programs here are small enough to be solved by hand; the numbers are.
 */
export function describeEngine(abilities: Abilities): void {
  const { name, load, hasPrices, hasRanges, hasRays, keeps, keepsTimeLimit, large } = abilities;
  describe(`the engine ${name}`, () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await load();
    });

    function optimum(program: LinearProgram): Optimum {
      const answer = engine.solve(program, PATIENT);
      if (answer.status !== 'optimal') throw new Error(`The engine says ${answer.status}.`);
      return answer;
    }

    function pricesOf(program: LinearProgram): Float64Array {
      return optimum(program).rowPrice!;
    }

    it('says its name and its own version', () => {
      expect(engine.name).toBe(name);
      expect(engine.version).toMatch(/^\d+\.\d+/);
    });

    it('says what it can do, and does no more', () => {
      expect(engine.capabilities).toMatchObject({ prices: hasPrices, ranges: hasRanges });
      const { rowPrice, ranges } = optimum(threeSenses);
      expect([rowPrice !== undefined, ranges !== undefined]).toEqual([hasPrices, hasRanges]);
    });

    it('finds the optimum of a program with all three senses', () => {
      expect([...optimum(threeSenses).columnValue]).toEqual([close(3), close(1), close(6)]);
    });

    it.runIf(hasPrices)('prices a limit by the change of cost per unit increase, whatever its sense', () => {
      expect([...pricesOf(threeSenses)]).toEqual([close(5), close(-4), close(1)]);
    });

    it.runIf(hasPrices)('gives an equality either sign', () => {
      // minimise x + 10y; x + y = 4, 2y − x ≥ −1: x = 3, y = 1, and one more unit is 2/3 x and 1/3 y.
      const program = lp(
        [1, 10],
        [
          [[1, 1], '=', 4],
          [[-1, 2], '>=', -1],
        ],
      );
      expect([...pricesOf(program)]).toEqual([close(4), close(3)]);
      // minimise x; x − y = 1, x + y ≥ 5: x = 3, y = 2, and both units cost half. Turned round, −x + y = −1 saves half.
      const turned = lp(
        [1, 0],
        [
          [[-1, 1], '=', -1],
          [[1, 1], '>=', 5],
        ],
      );
      expect([...pricesOf(turned)]).toEqual([close(-0.5), close(0.5)]);
    });

    it.runIf(hasPrices)('gives a limit that does not bind the price 0', () => {
      const program = lp(
        [1],
        [
          [[1], '>=', 2],
          [[1], '<=', 9],
        ],
      );
      expect([...pricesOf(program)]).toEqual([close(1), close(0)]);
    });

    it.runIf(hasRanges)('says how far right-hand sides move, as absolute values', () => {
      // minimise 2x + 3y; x + y = 10; x ≤ 6: x = 6, y = 4. The demand may fall to 6 and rise without end; the limit
      // of x may fall to 0 and rise to 10.
      const { ranges } = optimum(twoSources);
      expect(ranges).toBeDefined();
      expect([...ranges!.isBasicRow]).toEqual([0, 0]);
      expect([...ranges!.rowDown]).toEqual([close(6), close(0)]);
      expect([...ranges!.rowUp]).toEqual([Infinity, close(10)]);
    });

    it.runIf(hasRanges)('says how far costs move, as absolute values', () => {
      // The cost of x may fall without end and rise to that of y; the cost of y may fall to that of x.
      const { ranges } = optimum(twoSources);
      expect([...ranges!.isBasicColumn]).toEqual([1, 1]);
      expect([...ranges!.costDown]).toEqual([-Infinity, close(2)]);
      expect([...ranges!.costUp]).toEqual([close(3), Infinity]);
    });

    it.runIf(hasRanges)('says which rows and columns are basic', () => {
      const program = lp(
        [1, 5],
        [
          [[1, 1], '=', 4],
          [[1, 0], '<=', 9],
        ],
      );
      const { isBasicRow, isBasicColumn, costDown } = optimum(program).ranges!;
      expect([...isBasicRow]).toEqual([0, 1]);
      expect([...isBasicColumn]).toEqual([1, 0]);
      expect(costDown[1]).toEqual(close(1));
    });

    it('leaves ranges out when nobody asked for them', () => {
      const answer = engine.solve(twoSources, { ...PATIENT, ranges: false });
      expect(answer.status).toBe('optimal');
      expect(answer).not.toHaveProperty('ranges');
    });

    it('finds a degenerate optimum with ties', () => {
      const answer = optimum(tiedTransport);
      expect(costOf(tiedTransport, answer)).toEqual(close(40));
      if (hasPrices) expectStrongDuality(tiedTransport, answer);
    });

    it.each(Object.entries(infeasible))('says infeasible, without numbers of a plan: %s', (_, program) => {
      const answer = engine.solve(program, PATIENT);
      expect(answer.status).toBe('infeasible');
      expect(answer).not.toHaveProperty('columnValue');
      expect(answer).not.toHaveProperty('rowPrice');
      expect(answer).not.toHaveProperty('ranges');
    });

    it.runIf(hasRays).each(Object.entries(infeasible))('proves infeasibility by a ray: %s', (_, program) => {
      const answer = engine.solve(program, PATIENT);
      if (answer.status !== 'infeasible' || !answer.ray) throw new Error('There is no ray.');
      expectRay(program, answer.ray);
    });

    it('says unbounded, without numbers', () => {
      // minimise −x with x ≥ 1, and one in which a ray costs less the longer it gets
      const programs = [
        lp([-1], [[[1], '>=', 1]]),
        lp(
          [1, -2],
          [
            [[1, -1], '=', 0],
            [[1, 1], '>=', 2],
          ],
        ),
      ];
      for (const program of programs) expect(engine.solve(program, PATIENT)).toEqual({ status: 'unbounded' });
    });

    it.runIf(keepsTimeLimit)('says time limit, without numbers, when it is not given enough time', () => {
      const answer = engine.solve(largeTransport(60, 400), { timeLimitSeconds: 1e-6, ranges: true });
      expect(answer).toEqual({ status: 'time-limit' });
    });

    it('answers a large program, also one without a plan', () => {
      const { teams, workflows } = large;
      const program = largeTransport(teams, workflows);
      const answer = optimum(program);
      expect(costOf(program, answer)).toBeGreaterThan(0);
      if (hasPrices) expectStrongDuality(program, answer);
      if (hasRanges) expect(answer.ranges?.rowUp).toHaveLength(program.rows.length);
      const broken = {
        ...program,
        rowUpper: program.rowUpper.map((upper, row) => (row < workflows ? upper : upper / 2)),
      };
      const refused = engine.solve(broken, PATIENT);
      expect(refused.status).toBe('infeasible');
      if (hasRays && refused.status === 'infeasible') expectRay(broken, refused.ray!);
    });

    it.runIf(hasRays)('never says infeasible without a ray because its time ended before the proof', () => {
      // A look at the rows is enough to see the contradiction; the ray takes the engine longer.
      const program = largeTransport(40, 200, [
        [[3], '>=', 5],
        [[3], '<=', 3],
      ]);
      for (const timeLimitSeconds of [1e-3, 1e-2, 2e-2, 3e-2, 4e-2, 6e-2, 0.1]) {
        const answer = engine.solve(program, { timeLimitSeconds, ranges: false });
        if (answer.status === 'infeasible') expectRay(program, answer.ray!);
        else expect(answer).toEqual({ status: 'time-limit' });
      }
    });

    it('answers a program without columns', () => {
      const free = optimum(
        lp(
          [],
          [
            [[], '<=', 5],
            [[], '=', 0],
            [[], '>=', -1],
          ],
        ),
      );
      expect(free.columnValue).toHaveLength(0);
      if (hasPrices) expect([...free.rowPrice!]).toEqual([0, 0, 0]);
      for (const row of [
        [[], '=', 2],
        [[], '=', -2],
        [[], '>=', 1],
        [[], '<=', -1],
      ] as const) {
        const program = lp([], [[[], '<=', 5], row]);
        const answer = engine.solve(program, PATIENT);
        expect(answer.status).toBe('infeasible');
        if (hasRays && answer.status === 'infeasible') expectRay(program, answer.ray!);
      }
    });

    it('answers a program without rows', () => {
      const answer = optimum(lp([1, 0], []));
      expect([...answer.columnValue]).toEqual([0, 0]);
      if (hasPrices) expect(answer.rowPrice).toHaveLength(0);
      expect(engine.solve(lp([1, -1], []), PATIENT)).toEqual({ status: 'unbounded' });
    });

    it('answers a program with a row of zeros', () => {
      const program = lp(
        [1, 2],
        [
          [[1, 1], '=', 4],
          [[0, 0], '<=', 3],
          [[0, 0], '=', 0],
        ],
      );
      const answer = optimum(program);
      expect(costOf(program, answer)).toEqual(close(4));
      if (hasPrices) expect([...answer.rowPrice!]).toEqual([close(1), close(0), close(0)]);
      const broken = lp(
        [1],
        [
          [[1], '<=', 4],
          [[0], '>=', 3],
        ],
      );
      expect(engine.solve(broken, PATIENT).status).toBe('infeasible');
    });

    it('gives the same answer every time, also after others', () => {
      const first = JSON.stringify(engine.solve(tiedTransport, PATIENT));
      for (const program of [threeSenses, ...Object.values(infeasible), twoSources])
        engine.solve(program, PATIENT);
      expect(JSON.stringify(engine.solve(tiedTransport, PATIENT))).toBe(first);
    });

    it('keeps programs, or says that it does not', () => {
      expect(engine.keep !== undefined).toBe(keeps);
    });

    if (keeps) describeKeptPrograms(load);

    // Last, and with engines of their own: after a throw an engine must not be used again.
    it.each([
      ['a cost that is no number', { cost: Float64Array.of(NaN, 7.123456) }],
      ['an infinite cost', { cost: Float64Array.of(Infinity, 7.123456) }],
      ['a coefficient that is no number', { coefficient: Float64Array.of(NaN, 7.123456, 1) }],
      ['an infinite coefficient', { coefficient: Float64Array.of(Infinity, 7.123456, 1) }],
      ['a limit that is no number', { rowUpper: Float64Array.of(10, NaN) }],
      ['a lower limit that is no number', { rowLower: Float64Array.of(NaN, 0) }],
    ])('refuses %s with an EngineError that tells nothing of the program', async (_, spoilt) => {
      const other = await load();
      const program = { ...twoSources, ...spoilt };
      let thrown: unknown;
      try {
        other.solve(program, PATIENT);
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBeInstanceOf(EngineError);
      const text = `${(thrown as EngineError).message} ${JSON.stringify(thrown)}`;
      expect(text).not.toContain('7.123456');
      expect(text).not.toContain('secret team');
      expect(text.length).toBeLessThan(200);
    });
  });
}

/** minimise x + 5y + z; x + y = 4, x ≤ 3, z ≥ 6: x = 3, y = 1, z = 6. */
const threeSenses = lp(
  [1, 5, 1],
  [
    [[1, 1, 0], '=', 4],
    [[1, 0, 0], '<=', 3],
    [[0, 0, 1], '>=', 6],
  ],
);

const twoSources = lp(
  [2, 3],
  [
    [[1, 1], '=', 10],
    [[1, 0], '<=', 6],
  ],
);

/** Supply equals demand and all routes cost the same. */
const tiedTransport = lp(
  [2, 2, 2, 2],
  [
    [[1, 0, 1, 0], '=', 10],
    [[0, 1, 0, 1], '=', 10],
    [[1, 1, 0, 0], '<=', 10],
    [[0, 0, 1, 1], '<=', 10],
  ],
);

const infeasible: Record<string, LinearProgram> = {
  'one row against the bounds of the columns': lp([1], [[[1], '<=', -1]]),
  'two rows against each other': lp(
    [1, 1],
    [
      [[1, 1], '>=', 4],
      [[1, 1], '<=', 3],
    ],
  ),
  'an equality that nothing can meet': lp(
    [1, 1],
    [
      [[1, 0], '<=', 2],
      [[0, 1], '<=', 2],
      [[1, 1], '=', 5],
    ],
  ),
  'a row of zeros': lp(
    [1],
    [
      [[0], '>=', 1],
      [[1], '<=', 1],
    ],
  ),
  'a share against an equality': lp(
    [1, 1, 1],
    [
      [[1, 1, 0], '=', 10],
      [[0, 1, 1], '=', 10],
      [[0.5, -0.5, 0], '>=', 0],
      [[-0.5, 0.5, -0.5], '>=', 0],
      [[1, 0, 0], '<=', 4],
    ],
  ),
  'many rows that only simplex can see through': infeasibleTransport(),
  'an hour more than there is, and a share, over which interior point ends in an error': lp(
    [5, 1, 6, 2, 6, 3, 4, 1, 3, 1, 3, 2, 4, 1, 4],
    [
      ...[7, 7, 8].map((hours, w): Row => [perColumn((_, of) => Number(of === w)), '=', hours]),
      ...[1, 5, 5, 5, 5].map((hours, k): Row => [perColumn((of) => Number(of === k)), '<=', hours]),
      [perColumn((k) => (k === 0 ? 0.9 : -0.1)), '>=', 0],
    ],
  ),
};

/** An entry for each of five teams in each of three workflows. */
function perColumn(entry: (team: number, workflow: number) => number): number[] {
  return Array.from({ length: 15 }, (_, j) => entry(j % 5, Math.floor(j / 5)));
}

/** Three hours less supply than demand, hidden behind capacities that each look large enough. */
function infeasibleTransport(): LinearProgram {
  const [teams, workflows] = [6, 8];
  const pairs = Array.from(
    { length: teams * workflows },
    (_, j) => [j % teams, Math.floor(j / teams)] as const,
  );
  const rows: Row[] = [
    ...Array.from({ length: workflows }, (_, w): Row => [
      pairs.map(([, of]) => Number(of === w)),
      '=',
      12 + w,
    ]),
    ...Array.from({ length: teams }, (_, k): Row => [
      pairs.map(([of]) => Number(of === k) * (1 + k / 10)),
      '<=',
      25,
    ]),
  ];
  return lp(
    pairs.map(([k, w]) => 1 + ((k * 7 + w * 3) % 5)),
    rows,
  );
}

/** As many demand rows as workflows, then as many capacity rows as teams, then limits on single columns. */
function largeTransport(teams: number, workflows: number, limits: readonly Row[] = []): LinearProgram {
  const program = new ProgramBuilder();
  for (let w = 0; w < workflows; w += 1) {
    for (let k = 0; k < teams; k += 1) {
      const key: ColumnKey = { kind: 'placement', workflow: w, team: k, period: 0 };
      program.addColumn(key, 1 + ((w * 7919 + k * 104_729) % 997) / 100);
    }
  }
  for (let w = 0; w < workflows; w += 1) {
    program.beginRow({ family: 'demand', subject: {} }, '=', 50 + (w % 17));
    for (let k = 0; k < teams; k += 1) program.addEntry(w * teams + k, 1);
  }
  for (let k = 0; k < teams; k += 1) {
    program.beginRow({ family: 'team-capacity', subject: {} }, '<=', (60 * workflows) / teams);
    for (let w = 0; w < workflows; w += 1) program.addEntry(w * teams + k, 1);
  }
  for (const [[column], sense, limit] of limits) {
    program.beginRow({ family: 'test', subject: {} }, sense, limit);
    program.addEntry(column, 1);
  }
  return program.build();
}

function close(value: number): unknown {
  return expect.closeTo(value, 7);
}

function costOf(program: LinearProgram, { columnValue }: Optimum): number {
  return columnValue.reduce((sum, value, j) => sum + value * program.cost[j], 0);
}

/** Column sums `Σ_i y_i a_ij`. */
function combined(program: LinearProgram, multiplier: Float64Array): Float64Array {
  const sums = new Float64Array(program.columns.length);
  multiplier.forEach((y, row) => {
    for (let i = program.rowStart[row]; i < program.rowStart[row + 1]; i += 1) {
      sums[program.columnIndex[i]] += y * program.coefficient[i];
    }
  });
  return sums;
}

/** Σ y·b, after a look at the signs: `≤` rows at most 0, `≥` rows at least 0. */
function boundOf(program: LinearProgram, multiplier: Float64Array): number {
  return multiplier.reduce((bound, y, row) => {
    const limit = y > 0 ? program.rowLower[row] : program.rowUpper[row];
    if (Math.abs(y) < 1e-9) return bound;
    expect(Number.isFinite(limit)).toBe(true);
    return bound + y * limit;
  }, 0);
}

function expectStrongDuality(program: LinearProgram, answer: Optimum): void {
  const cost = costOf(program, answer);
  const prices = answer.rowPrice!;
  expect(Math.abs(boundOf(program, prices) - cost)).toBeLessThanOrEqual(1e-9 * Math.max(1, cost));
  combined(program, prices).forEach((sum, j) => {
    expect(sum).toBeLessThanOrEqual(program.cost[j] + 1e-7);
  });
}

/** A Farkas ray: no column may help (`y·a_j ≤ 0`), and yet `y·b > 0`. */
function expectRay(program: LinearProgram, ray: Float64Array): void {
  expect(ray).toHaveLength(program.rows.length);
  for (const sum of combined(program, ray)) expect(sum).toBeLessThanOrEqual(1e-7);
  expect(boundOf(program, ray)).toBeGreaterThan(1e-6);
}
