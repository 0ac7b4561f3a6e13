import { beforeAll, describe, expect, it } from 'vitest';
import { type LinearProgram, ProgramBuilder } from '../../../models/linear-program.ts';
import type { Engine } from '../../../src/engines/engine.ts';
import { loadHighsEngine } from '../../../src/engines/highs.ts';
import { irreducibleConflict } from '../../../src/planning/irreducible-conflict.ts';

let highs: Engine;
beforeAll(async () => {
  highs = await loadHighsEngine();
});

/** Two demands of 10 hours, each at a team of its own with 8, and a limit of 15 on both together. */
function threeConflicts(): LinearProgram {
  const program = new ProgramBuilder();
  const columns = [0, 1].map((team) =>
    program.addColumn({ kind: 'placement', workflow: team, team, period: 0 }, 1),
  );
  const row = (family: string, id: string, sense: '<=' | '=', limit: number, of: readonly number[]) => {
    program.beginRow({ family, subject: { team: id } }, sense, limit);
    for (const column of of) program.addEntry(column, 1);
  };
  row('demand', 'a', '=', 10, [columns[0]]);
  row('demand', 'b', '=', 10, [columns[1]]);
  row('team-capacity', 'a', '<=', 8, [columns[0]]);
  row('team-capacity', 'b', '<=', 8, [columns[1]]);
  row('vendor-share', 'both', '<=', 15, columns);
  return program.build();
}

describe('a conflict with more than it needs', () => {
  // Both demands against both capacities and against the limit on both: 20 + 20 hours, and 16 + 15 of room.
  const ray = Float64Array.of(2, 2, -1, -1, -1);

  it('is left with limits of which none can go, and a proof of its own', () => {
    const program = threeConflicts();
    const reduced = irreducibleConflict(highs, program, ray, () => 60);
    expect(reduced.isIrreducible).toBe(true);
    const members = [...reduced.ray.keys()].filter((row) => reduced.ray[row] !== 0);
    // One demand against its capacity, or both against the limit on both.
    expect([
      [0, 2],
      [1, 3],
      [0, 1, 4],
    ]).toContainEqual(members);
    const excess = reduced.ray.reduce(
      (sum, weight, row) => sum + weight * (weight > 0 ? program.rowLower[row] : program.rowUpper[row]),
      0,
    );
    expect(excess).toBeGreaterThan(0);
  });

  it('is as it was where the time does not suffice, and says so', () => {
    const late: Engine = { ...highs, solve: () => ({ status: 'time-limit' }) };
    expect(irreducibleConflict(late, threeConflicts(), ray, () => 0)).toEqual({ ray, isIrreducible: false });
  });
});
