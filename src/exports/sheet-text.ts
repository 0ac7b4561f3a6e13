import type { BreakEvenSheet, SheetLine } from '../../models/explanation.ts';
import { UNIT_WORDS } from '../../models/explanation/rate-words.ts';
import { formatMoney, formatQuantity, formatRate } from '../../models/number-text.ts';
import { textTable } from './text-table.ts';

/** A vendor's break-even sheet as a table of its teams; `isAsked` adds what each team bills from rate to rate. */
export function sheetText(
  { vendor, teams }: BreakEvenSheet,
  nameOf: (team: string) => string,
  currency: string,
  isAsked: boolean,
): string {
  const columns = [
    { title: 'Team' },
    { title: `Rate ${currency}`, isNumber: true },
    { title: 'Bills', isNumber: true },
    { title: 'Spend', isNumber: true },
    { title: 'Wins below', isNumber: true },
    { title: 'so many', isNumber: true },
    { title: 'Loses above', isNumber: true },
    { title: 'so many', isNumber: true },
  ];
  const rows = teams.map((line) => [
    nameOf(line.team),
    `${formatRate(line.rate.amount)} ${UNIT_WORDS[line.rate.basis][0]}`,
    line.payroll === undefined ? formatQuantity(line.units) : 'capacity',
    formatMoney(line.spend + (line.payroll ?? 0)),
    ...changeText(line, line.winsBelow),
    ...changeText(line, line.losesAbove),
  ]);
  const details = isAsked ? teams.flatMap((line) => detailText(line, currency)) : [];
  return [`Break-even sheet of ${vendor}\n${textTable(columns, rows)}`, ...details].join('\n\n');
}

function changeText({ steps }: SheetLine, change: SheetLine['winsBelow']): [rate: string, units: string] {
  if (change) return [formatRate(change.rate), formatQuantity(change.units)];
  return [steps === undefined ? '?' : '–', ''];
}

/** The sentence of a team, and its steps or points. */
function detailText({ sentence, steps, points }: SheetLine, currency: string): string[] {
  const columns = [
    { title: 'Rate', isNumber: true },
    { title: 'Bills', isNumber: true },
    { title: 'Hours', isNumber: true },
    { title: `Spend ${currency}`, isNumber: true },
    { title: `Total cost ${currency}`, isNumber: true },
  ];
  const rows =
    steps?.map((step) => [
      rangeText(step.rateFrom, step.rateTo, formatRate),
      formatQuantity(step.units),
      formatQuantity(step.hours),
      rangeText(step.spendFrom, step.spendTo),
      rangeText(step.totalCostFrom, step.totalCostTo),
    ]) ??
    points?.map(({ rate, units, hours = 0, spend = 0, totalCost = 0 }) =>
      units === undefined
        ? [formatRate(rate), 'no plan', '', '', '']
        : [
            formatRate(rate),
            formatQuantity(units),
            formatQuantity(hours),
            formatMoney(spend),
            formatMoney(totalCost),
          ],
    );
  return [rows === undefined ? sentence : `${sentence}\n${textTable(columns, rows)}`];
}

function rangeText(from: number, to: number, format = formatMoney): string {
  const [least, most] = [format(from), format(to)];
  return least === most ? least : `${least} to ${most}`;
}
