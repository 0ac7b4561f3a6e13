import type { PlanDifferences, PriceChange } from '../comparison.ts';
import { textOfLimit } from '../linear-program.ts';
import { formatMoney } from '../number-text.ts';
import type { ConstraintReport, PricedReport } from '../plan.ts';
import type { ComparedPlan } from './compared-plan.ts';

/** So many changes are listed. */
const MOST_LISTED = 20;

/** A difference of prices below this fraction of the largest price is that of rounding. */
const SMALLEST = 1e-9;

/**
 * The prices that changed most, of limits that both plans have.
 *
 * Where both reports are `full`, the true prices of both sides count and not `shadowPrice`, which at a degenerate plan is that of one
 * basis among several.
 */
export function priceChanges(first: ComparedPlan, other: ComparedPlan): PlanDifferences['prices'] {
  const [before, after] = [first, other].map(({ plan }) => plan.sensitivity);
  if (!isReport(before) || !isReport(after)) {
    const which = isReport(after) ? 'The first plan' : isReport(before) ? 'This plan' : 'Either plan';
    return { unavailable: `${which} has no prices.` };
  }
  const known = new Map(before.constraints.map((row) => [keyOf(row), row]));
  const both = after.constraints.flatMap((row) => {
    const from = known.get(keyOf(row));
    return from ? [{ from, to: row }] : [];
  });
  const smallest = SMALLEST * largestPrice([before, after]);
  const changed = both
    .map((pair) => ({ ...pair, size: sizeOf(pair.from, pair.to) }))
    .filter(({ from, to, size }) => size > smallest || hasOtherSides(from, to))
    .sort((one, another) => another.size - one.size);
  const items = changed.slice(0, MOST_LISTED).map((pair) => priceChange(pair, other.plan.currency));
  return { compared: both.length, changed: changed.length, items };
}

function isReport(sensitivity: ComparedPlan['plan']['sensitivity']): sensitivity is PricedReport {
  return sensitivity !== undefined && 'constraints' in sensitivity;
}

function keyOf(row: ConstraintReport): string {
  return textOfLimit(row).normalize();
}

function largestPrice(reports: readonly PricedReport[]): number {
  let largest = 0;
  for (const { constraints } of reports)
    for (const row of constraints) largest = Math.max(largest, ...pricesOf(row).map(Math.abs));
  return largest;
}

function pricesOf({ shadowPrice, costOfOneMore, savingOfOneLess }: ConstraintReport): number[] {
  return [shadowPrice, costOfOneMore ?? 0, savingOfOneLess ?? 0];
}

function isFull({ costOfOneMore, savingOfOneLess }: ConstraintReport): boolean {
  return costOfOneMore !== undefined && savingOfOneLess !== undefined;
}

function sizeOf(from: ConstraintReport, to: ConstraintReport): number {
  if (!isFull(from) || !isFull(to)) return Math.abs(to.shadowPrice - from.shadowPrice);
  return Math.max(
    sideSize(from.costOfOneMore!, to.costOfOneMore!),
    sideSize(from.savingOfOneLess!, to.savingOfOneLess!),
  );
}

/** Of a side that is possible in one plan only, the price there. */
function sideSize(from: number | null, to: number | null): number {
  return Math.abs((to ?? 0) - (from ?? 0));
}

/** Whether one more or one less is possible in one of the plans only, though it may cost nothing there. */
function hasOtherSides(from: ConstraintReport, to: ConstraintReport): boolean {
  if (!isFull(from) || !isFull(to)) return false;
  return (
    (from.costOfOneMore === null) !== (to.costOfOneMore === null) ||
    (from.savingOfOneLess === null) !== (to.savingOfOneLess === null)
  );
}

interface ChangedPair {
  readonly from: ConstraintReport;
  readonly to: ConstraintReport;
  readonly size: number;
}

function priceChange({ from, to, size }: ChangedPair, currency: string): PriceChange {
  const { family, subject, label, unit } = to;
  return {
    family,
    subject,
    label,
    unit,
    from: sidesOf(from),
    to: sidesOf(to),
    size,
    sentence: `${label}: ${priceText(from, to, currency)}.`,
  };
}

function sidesOf({
  limit,
  shadowPrice,
  costOfOneMore,
  savingOfOneLess,
}: ConstraintReport): PriceChange['from'] {
  return {
    limit,
    shadowPrice,
    ...(costOfOneMore !== undefined && { costOfOneMore }),
    ...(savingOfOneLess !== undefined && { savingOfOneLess }),
  };
}

/** "one hour more changes the cost by -4.10 → -2.00 USD, one hour less by 4.10 → 3.00 USD". */
function priceText(from: ConstraintReport, to: ConstraintReport, currency: string): string {
  const one = UNIT_WORDS[to.unit] ?? currency;
  const arrow = (before: number | null, after: number | null) =>
    `${sideText(before)} → ${sideText(after)}${after === null ? '' : ` ${currency}`}`;
  const lead = `one ${one} more changes the cost by`;
  if (!isFull(from) || !isFull(to)) return `${lead} ${arrow(from.shadowPrice, to.shadowPrice)}`;
  const more = arrow(from.costOfOneMore!, to.costOfOneMore!);
  const less = arrow(negative(from.savingOfOneLess!), negative(to.savingOfOneLess!));
  return `${lead} ${more}, one ${one} less by ${less}`;
}

const UNIT_WORDS: Readonly<Partial<Record<string, string>>> = {
  hours: 'hour',
  fte: 'FTE',
  contacts: 'contact',
};

function sideText(price: number | null): string {
  return price === null ? '(impossible)' : formatMoney(price);
}

function negative(saving: number | null): number | null {
  // Not -0, which would be written as such.
  return saving === null ? null : 0 - saving;
}
