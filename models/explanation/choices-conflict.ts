import { familyNamed } from '../constraints/index.ts';
import { namesOf } from '../constraint-family.ts';
import { isChoice, type LinearProgram, rightHandSide } from '../linear-program.ts';
import { formatMoney, formatQuantity } from '../number-text.ts';
import type { Diagnosis } from '../diagnosis.ts';
import type { PlanningData } from '../planning-data.ts';
import { factsOf } from './conflict.ts';
import type { ElasticProgram, Relief } from '../repairs/elastic-program.ts';

/** Limits that no choices satisfy together, in the user's words; `limits` are reliefs of the elastic program. */
export function describeChoicesConflict(
  data: PlanningData,
  { program }: ElasticProgram,
  limits: readonly Relief[],
): Pick<Diagnosis, 'conflict' | 'facts' | 'sentence'> {
  const names = namesOf(data);
  const conflict = limits.map(({ family, limit, column }) => {
    const row = rowOf(program, column);
    const { offset } = program.rows[row];
    const { wording } = familyNamed(family);
    const written = formatQuantity(limitOf(program, row) + offset);
    return {
      family,
      subject: limit,
      label: wording.label(limit, names),
      requirement: wording.requirement(limit, names, written, offset),
    };
  });
  const list = conflict.map(({ requirement }) => requirement).join('; ');
  const sentence = `There is no plan: whatever the yes/no choices (sites to be opened, numbers of sites, minimum hours, classes), these cannot all hold: ${list}.`;
  const facts = [...factsOf(data, conflict), ...openingFacts(data, conflict)];
  return { conflict, facts, sentence };
}

const MOST_NAMED = 6;

/** What sites cost to open, where the budget that pays for it is in the conflict. */
function openingFacts({ sites, currency }: PlanningData, conflict: Diagnosis['conflict']): string[] {
  const pays = conflict.some(({ family, subject }) => family === 'budget' && subject.period === undefined);
  const dear = pays ? sites.filter(({ openingCost }) => openingCost > 0) : [];
  return dear
    .slice(0, MOST_NAMED)
    .map(({ name, openingCost }) => `${name} costs ${formatMoney(openingCost)} ${currency} to open.`);
}

/** The first row that gives way by a relief. */
function rowOf({ rows, rowStart, columnIndex }: LinearProgram, column: number): number {
  return rows.findIndex((_, row) => columnIndex.subarray(rowStart[row], rowStart[row + 1]).includes(column));
}

/** What the user wrote; a minimum stands at its choice, and not on the right-hand side. */
function limitOf(program: LinearProgram, row: number): number {
  const { columns, rows, rowStart, columnIndex, coefficient } = program;
  if (rows[row].onlyIf === undefined) return rightHandSide(program, row);
  for (let i = rowStart[row]; i < rowStart[row + 1]; i += 1)
    if (isChoice(columns[columnIndex[i]])) return -coefficient[i];
  return 0;
}
