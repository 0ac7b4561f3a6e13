import type { ConstraintFamily, Names } from '../constraint-family.ts';
import type { ConstraintReport } from '../plan.ts';

/**
 * One limit's price as a sentence a planner can repeat in a meeting: "One more hour at Manila EN in 2027-01 would save
 * 4.10 USD, up to 340 hours."
 *
 * Never claims more than the basis proves: where the price holds for no step upwards, the sentence says that instead.
 */
export function priceSentence(
  report: ConstraintReport,
  { wording, unit }: ConstraintFamily,
  names: Names,
): string {
  const { shadowPrice, allowableIncrease, subject } = report;
  if (allowableIncrease === 0) return noStepUpwards(report, names);
  const effect = effectOf(shadowPrice, names);
  const reach =
    allowableIncrease === null ? 'without an upper end' : `up to ${quantity(allowableIncrease, unit, names)}`;
  const perUnit = allowableIncrease !== null && allowableIncrease < 1 && shadowPrice !== 0 ? ' per unit' : '';
  const sentence = `${wording.oneMore(subject, names)} ${effect}${perUnit}, ${reach}.`;
  const caveat = shadowPrice === 0 ? '' : (wording.caveat?.(subject, names, shadowPrice) ?? '');
  return caveat === '' ? sentence : `${sentence} ${caveat}`;
}

function effectOf(price: number, { currency }: Names): string {
  if (price === 0) return 'would change nothing';
  return `would ${price < 0 ? 'save' : 'cost'} ${formatMoney(Math.abs(price))} ${currency}`;
}

function noStepUpwards({ label, shadowPrice, family }: ConstraintReport, { currency }: Names): string {
  const state = family === 'demand' ? 'is served' : 'is reached';
  return `${label} ${state}; its price of ${formatMoney(shadowPrice)} ${currency} does not hold upwards, the next unit may have another.`;
}

function quantity(amount: number, unit: ConstraintFamily['unit'], { currency }: Names): string {
  if (unit === 'money') return `${formatMoney(amount)} ${currency}`;
  return `${formatQuantity(amount)} ${unit === 'fte' ? 'FTE' : 'hours'}`;
}

const cents = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const significant = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 2 });
const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** Money in cents, half-up; an amount below a cent keeps two significant digits instead of turning into 0.00. */
export function formatMoney(amount: number): string {
  return amount !== 0 && Math.abs(amount) < 0.01 ? significant.format(amount) : cents.format(amount);
}

/** Hours or people with at most one decimal; a tiny amount keeps two significant digits. */
export function formatQuantity(amount: number): string {
  return amount !== 0 && Math.abs(amount) < 0.1 ? significant.format(amount) : plain.format(amount);
}
