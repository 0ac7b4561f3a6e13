import { groupBy } from '../../models/group-by.ts';
import type { ConstraintReport, Plan } from '../../models/plan.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { formatMoney, formatQuantity } from '../../models/number-text.ts';
import { textTable } from './text-table.ts';

const TIGHTEST_LIMITS = 10;

/** The limits that are worth most, with their prices. */
export function limitsText(scenario: Scenario, sensitivity: Plan['sensitivity']): string {
  if (sensitivity === undefined) return '';
  if ('unavailable' in sensitivity) return `Prices: ${sensitivity.unavailable}`;
  const tightest = tightestLimits(sensitivity.constraints);
  if (tightest.length === 0) return 'No limit but demand has a price: one more of any would change nothing.';
  const rows = tightest.map(({ row, others }) => [
    others > 0 ? `${row.label} (and in ${others} more periods)` : row.label,
    `${formatQuantity(row.limit)} ${row.unit}`,
    priceText(row.costOfOneMore === undefined ? row.shadowPrice : row.costOfOneMore),
    row.costOfOneMore === null ? '–' : endText(row.allowableIncrease),
    [sidesText(row), othersText(row), isPaidForCapacity(scenario, row) ? 'before payroll' : '']
      .filter((remark) => remark !== '')
      .join(', '),
  ]);
  const columns = [
    { title: 'Limit' },
    { title: 'At', isNumber: true },
    { title: `Price ${scenario.currency} a unit`, isNumber: true },
    { title: 'Holds for so many more', isNumber: true },
    { title: '' },
  ];
  const held = sensitivity.basis === 'choices-fixed' ? ", with today's choices" : '';
  const convention = `price = change of total cost for one unit more${held}`;
  const remarks = [
    ...(tightest.some(({ row }) => sidesText(row) === ONE_SIDED)
      ? ['one-sided: the plan is degenerate there, the price may hold in one direction only']
      : []),
    ...(tightest.some(({ row }) => isPaidForCapacity(scenario, row))
      ? ['before payroll: the whole capacity is paid for, so the pay of one more hour is not counted']
      : []),
  ];
  return [`The tightest limits (${convention})`, textTable(columns, rows), ...remarks].join('\n');
}

const ONE_SIDED = 'one-sided';

/** What of a price holds in one direction only; with both sides known, the other one, in words: a sign would be that of a price. */
function sidesText({ degenerate, savingOfOneLess }: ConstraintReport): string {
  if (!degenerate) return '';
  if (savingOfOneLess === undefined) return ONE_SIDED;
  if (savingOfOneLess === null) return 'one less is impossible';
  if (savingOfOneLess === 0) return 'one less changes nothing';
  return `one less ${savingOfOneLess > 0 ? 'saves' : 'costs'} ${formatMoney(Math.abs(savingOfOneLess))}`;
}

/** The limits without which a price cannot be read. */
function othersText({ sameAs = [], heldBy = [] }: ConstraintReport): string {
  const labels = (limits: ConstraintReport['sameAs'] = []) => limits.map(({ label }) => label).join(' and ');
  if (heldBy.length > 0) return `held by ${labels(heldBy)}`;
  return sameAs.length > 0 ? `same as ${labels(sameAs)}` : '';
}

function priceText(price: number | null): string {
  return price === null ? 'impossible' : formatMoney(price);
}

function endText(range: number | null): string {
  return range === null ? 'no end' : formatQuantity(range);
}

function isPaidForCapacity(scenario: Scenario, { family, subject }: ConstraintReport): boolean {
  if (family !== 'team-capacity') return false;
  return scenario.teams.some(
    ({ id, paid, headcount }) => id === subject.team && paid === 'capacity' && !headcount,
  );
}

/** A limit in the period in which it is worth most, and the number of other periods in which it has a price. */
interface TightLimit {
  readonly row: ConstraintReport;
  readonly others: number;
}

/** What is to be served, and what comes of what is served, holds nobody back. */
const NO_LIMITS = ['demand', 'contract-volume', 'contract-quality'];

/** The limits worth most, each in its dearest period only: a quarter would fill the list with one team's weeks. */
function tightestLimits(constraints: readonly ConstraintReport[]): TightLimit[] {
  const priced = constraints.filter((row) => row.binding && !NO_LIMITS.includes(row.family) && isTight(row));
  const byLimit = groupBy(priced, ({ family, subject }) =>
    JSON.stringify({ family, ...subject, period: null }),
  );
  return [...byLimit.values()]
    .map((rows) => {
      const [row] = rows.sort((a, b) => worthOf(b) - worthOf(a));
      return { row, others: rows.length - 1 };
    })
    .sort((a, b) => worthOf(b.row) - worthOf(a.row))
    .slice(0, TIGHTEST_LIMITS);
}

function isTight(row: ConstraintReport): boolean {
  return priceUp(row) !== 0 || row.costOfOneMore === null || row.heldBy !== undefined;
}

/** What a limit is worth over the whole range of its price; the order in which a planner would look at them. */
function worthOf(row: ConstraintReport): number {
  return Math.abs(priceUp(row)) * (row.allowableIncrease ?? row.limit);
}

/** The true price upwards where it is known. */
function priceUp({ costOfOneMore, shadowPrice }: ConstraintReport): number {
  return costOfOneMore ?? shadowPrice;
}
