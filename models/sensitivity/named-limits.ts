import { familyNamed } from '../constraints/index.ts';
import type { Names } from '../constraint-family.ts';
import type { LinearProgram } from '../linear-program.ts';
import type { NamedLimit } from '../plan-fields.ts';

/** The limits of some rows as the user knows them. */
export function namedLimits(
  { rows: keys }: LinearProgram,
  rows: readonly number[],
  names: Names,
): NamedLimit[] {
  return rows.map((row) => {
    const { family, subject } = keys[row];
    return { family, subject, label: familyNamed(family).wording.label(subject, names) };
  });
}
