import { limitsOfRay } from '../../models/explanation/conflict.ts';
import type { LinearProgram } from '../../models/linear-program.ts';
import { rowsAlone } from '../../models/part-of-program.ts';
import type { Engine } from '../engines/engine.ts';

/** A Farkas ray of a program, and whether no row of it can be left out. */
export interface Conflict {
  readonly ray: Float64Array;
  /** Without any one of its rows the others can be satisfied; false where the time did not suffice to find out. */
  readonly isIrreducible: boolean;
}

/**
 * Leaves out one row of a conflict after the other and keeps those without which the rest can be satisfied (deletion filter,
 * Chinneck and Dravnieks 1991). Each time the rest cannot, its own ray says which rows of it are needed at all.
 *
 * Members are limits: rows that only define a sum, and that columns are not below 0, hold throughout.
 */
export function irreducibleConflict(
  engine: Engine,
  program: LinearProgram,
  found: Float64Array,
  secondsLeft: () => number,
): Conflict {
  let ray = found;
  let members = limitsOfRay(program, ray);
  const needed = new Set<number>();
  for (let next = firstOpen(members, needed); next !== undefined; next = firstOpen(members, needed)) {
    const rest = rayOf(
      engine,
      program,
      members.filter((row) => row !== next),
      secondsLeft(),
    );
    if (rest === undefined) return { ray, isIrreducible: false };
    if (rest === 'none') {
      needed.add(next);
      continue;
    }
    ray = rest;
    members = limitsOfRay(program, ray);
  }
  return { ray, isIrreducible: true };
}

function firstOpen(members: readonly number[], needed: ReadonlySet<number>): number | undefined {
  return members.find((row) => !needed.has(row));
}

/** The ray of these limits alone; `none` where they can be satisfied, undefined where the engine does not say. */
function rayOf(
  engine: Engine,
  program: LinearProgram,
  members: readonly number[],
  timeLimitSeconds: number,
): Float64Array | 'none' | undefined {
  const isMember = new Set(members);
  const rows = program.rows.flatMap(({ isDefinition }, row) =>
    isDefinition || isMember.has(row) ? [row] : [],
  );
  const answer = engine.solve(rowsAlone(program, rows), { timeLimitSeconds, ranges: false, afresh: true });
  if (answer.status === 'optimal') return 'none';
  if (answer.status !== 'infeasible' || answer.ray === undefined) return undefined;
  const ray = new Float64Array(program.rows.length);
  const { ray: ofPart } = answer;
  rows.forEach((row, position) => {
    ray[row] = ofPart[position];
  });
  return ray;
}
