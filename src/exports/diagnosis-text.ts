import { formatQuantity } from '../../models/number-text.ts';
import type { Diagnosis, Repair } from '../../models/diagnosis.ts';
import { textTable } from './text-table.ts';

/** A conflict can be about a whole week: the answer has all of it, a terminal the first of it. */
const [MOST_FACTS, MOST_ROWS] = [8, 20];

/** Why there is no plan, in words and as a table, and the ways out as a numbered list. */
export function diagnosisText({
  sentence,
  facts,
  conflict,
  repairs = [],
  repairsNotDone = 0,
}: Diagnosis): string {
  const shown = facts.slice(0, MOST_FACTS);
  const left = facts.length - shown.length;
  const rest = left > 0 ? [`And ${left} more facts about who may take the work in conflict.`] : [];
  return [
    sentence,
    ...shown,
    ...rest,
    conflictText(conflict),
    repairsText(repairs),
    notDoneText(repairsNotDone),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function conflictText(conflict: Diagnosis['conflict']): string {
  if (conflict.length === 0) return '';
  const rows = conflict
    .slice(0, MOST_ROWS)
    .map(({ label, requirement, weight }) => [
      label,
      requirement,
      weight === undefined ? '–' : formatQuantity(weight),
    ]);
  const columns = [{ title: 'Rule' }, { title: 'Demands' }, { title: 'Weight', isNumber: true }];
  const left = conflict.length - rows.length;
  return `The conflict\n${textTable(columns, rows)}${left > 0 ? `\n… and ${left} more` : ''}`;
}

/** Numbered as the answer lists them, so that a number names a repair. */
function repairsText(repairs: readonly Repair[]): string {
  if (repairs.length === 0) return '';
  const lines = repairs.map(({ sentence }, i) => `${String(i + 1).padStart(3)}. ${sentence}`);
  return `Ways out, each change the least of its kind\n${lines.join('\n')}`;
}

function notDoneText(count: number): string {
  if (count === 0) return '';
  return `${count === 1 ? 'One more way out was' : `${count} more ways out were`} not worked out in the time. Allow more with --time-limit.`;
}
