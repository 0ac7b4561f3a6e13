import { expect, it } from 'vitest';
import { type LinearProgram, rightHandSide, senseOfRow } from '../../models/linear-program.ts';
import { sameLimits } from '../../models/sensitivity/same-limits.ts';
import { randomScenario } from '../scenarios/random-scenario.ts';
import { tiedScenario } from '../scenarios/tied-scenario.ts';
import { atSeed, draws, programOf } from './solve-draws.ts';

it('finds the limits that are the same, as comparing each with each does', () => {
  const found = { same: 0, others: 0 };
  for (const seed of draws())
    for (const scenario of [tiedScenario(seed), randomScenario(seed)])
      atSeed(seed, () => {
        const { program } = programOf(scenario);
        const expected = comparedEachWithEach(program);
        expect([...sameLimits(program)].sort(([a], [b]) => a - b)).toEqual(expected);
        found.same += expected.length;
        found.others += program.rows.length - expected.length;
      });
  expect(Math.min(...Object.values(found))).toBeGreaterThan(draws().length);
});

/** Rows as dense lists of all coefficients and the limit, at most that; without sums, equalities, what counts nothing and what nothing can break. */
function comparedEachWithEach(program: LinearProgram): [row: number, others: number[]][] {
  const lists = program.rows.flatMap(({ isDefinition }, row) => {
    const list = isDefinition || senseOfRow(program, row) === '=' ? [] : denseRow(program, row);
    const entries = list.slice(0, -1).filter((entry) => entry !== 0);
    const canBeBroken = entries.some((entry) => entry > 0) || list.at(-1)! < 0;
    return entries.length > 0 && canBeBroken ? [{ row, list }] : [];
  });
  return lists.flatMap(({ row, list }) => {
    const others = lists.filter((other) => other.row !== row && isProportional(list, other.list));
    return others.length === 0 ? [] : [[row, others.map((other) => other.row)]];
  });
}

function denseRow(program: LinearProgram, row: number): number[] {
  const sign = senseOfRow(program, row) === '>=' ? -1 : 1;
  const list = new Array<number>(program.columns.length + 1).fill(0);
  for (let i = program.rowStart[row]; i < program.rowStart[row + 1]; i += 1) {
    const key = program.columns[program.columnIndex[i]];
    if (key.kind !== 'hours-placed') list[program.columnIndex[i]] += sign * program.coefficient[i];
    else
      program.columns.forEach((other, j) => {
        if (other.kind === 'placement' && other.period === key.period)
          list[j] += sign * program.coefficient[i];
      });
  }
  list[program.columns.length] = sign * rightHandSide(program, row);
  return list;
}

function isProportional(list: readonly number[], other: readonly number[]): boolean {
  const at = list.findIndex((entry) => entry !== 0);
  const factor = other[at] / list[at];
  if (!(factor > 0)) return false;
  return list.every((entry, i) => Math.abs(factor * entry - other[i]) <= 1e-9 * Math.abs(other[i]));
}
