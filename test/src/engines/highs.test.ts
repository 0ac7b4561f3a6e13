import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ProgramBuilder, type RowSense } from '../../../models/linear-program.ts';
import { loadHighsEngine } from '../../../src/engines/highs.ts';
import { describeEngine } from './conformance.ts';

const abilities = {
  name: 'highs',
  hasPrices: true,
  hasRanges: true,
  hasRays: true,
  keeps: true,
  keepsTimeLimit: true,
  large: { teams: 60, workflows: 420 },
};

describe('by simplex from the bases of the periods', () => {
  describeEngine({ ...abilities, load: () => loadHighsEngine() });
});

describe('by simplex from nothing, where those lead nowhere', () => {
  const patience = () => ({ fromPeriods: 0, fromNothing: 1e6 });
  describeEngine({ ...abilities, load: () => loadHighsEngine(patience) });
});

describe('by interior point, where simplex is given up on at once', () => {
  describeEngine({ ...abilities, load: () => loadHighsEngine(() => ({ fromPeriods: 0, fromNothing: 0 })) });
});

it('starts from the periods of a program whose number of rows is odd', async () => {
  const program = new ProgramBuilder();
  // One hour each for 5,001 workflows, in one of two periods.
  for (let row = 0; row < 5_001; row += 1) {
    const key = { kind: 'placement', workflow: 0, team: row, period: row % 2 } as const;
    const column = program.addColumn(key, 1);
    program.beginRow({ family: 'demand', subject: { workflow: String(row) } }, '=', 1);
    program.addEntry(column, 1);
  }
  const engine = await loadHighsEngine();
  const answer = engine.solve(program.build(), { timeLimitSeconds: 60, ranges: false });
  if (answer.status !== 'optimal') throw new Error(answer.status);
  expect(answer.columnValue.every((value) => value === 1)).toBe(true);
});

it('finds out what simplex does not know after presolve', async () => {
  // The limits of a conflict of 70, made as small as HiGHS 1.15 still ends in `unknown` on them.
  const file = new URL('../../fixtures/programs/unknown-after-presolve.json', import.meta.url);
  const rows = JSON.parse(readFileSync(file, 'utf8')) as [RowSense, number, [number, number][]][];
  const program = new ProgramBuilder();
  for (let team = 0; team < 69; team += 1)
    program.addColumn({ kind: 'placement', workflow: 0, team, period: 0 }, 0);
  program.addColumn({ kind: 'hours-placed', period: 0 }, 0);
  for (const [sense, limit, entries] of rows) {
    program.beginRow({ family: 'test', subject: {} }, sense, limit);
    for (const [column, coefficient] of entries) program.addEntry(column, coefficient);
  }
  const engine = await loadHighsEngine();
  const answer = engine.solve(program.build(), { timeLimitSeconds: 60, ranges: false });
  expect(answer.status).toBe('infeasible');
});

it('gives the memory of a kept program back', async () => {
  const program = new ProgramBuilder();
  program.beginRow({ family: 'test', subject: {} }, '<=', 1);
  for (let k = 0; k < 100_000; k += 1)
    program.addEntry(program.addColumn({ kind: 'placement', workflow: 0, team: k, period: 0 }, 1), 1);
  const large = program.build();
  const basis = { isBasicRow: Uint8Array.of(1), isBasicColumn: new Uint8Array(100_000) };
  const engine = await loadHighsEngine();
  const keepAndEnd = (times: number) => {
    for (let time = 0; time < times; time += 1) engine.keep!(large, basis).end();
  };
  keepAndEnd(5);
  const before = process.memoryUsage().rss;
  keepAndEnd(40);
  // Kept, each would take 5 MB and more.
  expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
});
