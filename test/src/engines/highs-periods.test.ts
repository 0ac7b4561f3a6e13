import highsModule, { type Highs } from 'highs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type LinearProgram, ProgramBuilder } from '../../../models/linear-program.ts';
import { basisFromPeriods } from '../../../src/engines/highs-periods.ts';
import { periodParts } from '../../../src/engines/period-parts.ts';

const isBasic = (status: number) => status === 1;

/**
 * One workflow, one team of 5 hours at 2 money an hour, shortfall at 9, two periods; 4 hours wait at most, at 1 money.
 * Columns: placed in 1, placed in 2, short in 1, short in 2, waiting after 1.
 */
function twoPeriods(demand: readonly [number, number], mayFallShort = true): LinearProgram {
  const program = new ProgramBuilder();
  const placed = [0, 1].map((period) =>
    program.addColumn({ kind: 'placement', workflow: 0, team: 0, period }, 2),
  );
  const short = [0, 1].map((period) => program.addColumn({ kind: 'shortfall', workflow: 0, period }, 9));
  const waiting = program.addColumn({ kind: 'backlog', workflow: 0, period: 0 }, 1);
  for (const period of [0, 1]) {
    const id = `p${period}`;
    program.beginRow({ family: 'demand', subject: { workflow: 'w', period: id } }, '=', demand[period]);
    program.addEntry(placed[period], 1);
    if (mayFallShort) program.addEntry(short[period], 1);
    program.addEntry(waiting, period === 0 ? 1 : -1);
    program.beginRow({ family: 'team-capacity', subject: { team: 'k', period: id } }, '<=', 5);
    program.addEntry(placed[period], 1);
  }
  program.beginRow({ family: 'backlog-limit', subject: { workflow: 'w', period: 'p0' } }, '<=', 4);
  program.addEntry(waiting, 1);
  program.beginRow({ family: 'budget', subject: {} }, '<=', 100);
  for (const column of [...placed, ...short]) program.addEntry(column, 1);
  return program.build();
}

describe('the parts of a program by period', () => {
  it('are its columns and rows of one period, without what ties periods together', () => {
    const parts = periodParts(twoPeriods([3, 3])).map(({ columns, rows }) => [[...columns], [...rows]]);
    expect(parts).toEqual([
      [
        [0, 2],
        [0, 1],
      ],
      [
        [1, 3],
        [2, 3],
      ],
    ]);
  });
});

describe('a basis from the periods', () => {
  let highs: Highs;
  beforeAll(async () => {
    highs = await (highsModule as unknown as typeof highsModule.default)();
  });
  const basisOf = (program: LinearProgram, secondsLeft = () => 3600) =>
    basisFromPeriods(highs, program, secondsLeft);

  it('has what each period alone has: the team where it suffices, shortfall where it is full', () => {
    // 3 of 5 hours in the first period: placed is basic, capacity is loose. 8 in the second: 5 placed, 3 short, capacity binds.
    const { colStatus, rowStatus } = basisOf(twoPeriods([3, 8]))!;
    expect(Array.from(colStatus, isBasic)).toEqual([true, true, false, true, false]);
    expect(Array.from(rowStatus, isBasic)).toEqual([false, true, false, false, true, true]);
  });

  it('does not exist where a period has no plan without work that waits', () => {
    expect(basisOf(twoPeriods([8, 1], false))).toBeUndefined();
  });

  it('does not exist where there is one period only, or no time', () => {
    const program = twoPeriods([3, 8]);
    const onePeriod = {
      ...program,
      columns: program.columns.map((key) => ('period' in key ? { ...key, period: 0 } : key)),
    };
    expect(basisOf(onePeriod)).toBeUndefined();
    expect(basisOf(program, () => 0)).toBeUndefined();
  });
});
