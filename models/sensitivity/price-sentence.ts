import type { ConstraintFamily, Names } from '../constraint-family.ts';
import { formatMoney, formatQuantity } from '../number-text.ts';
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
  const { shadowPrice, allowableIncrease, allowableDecrease, subject } = report;
  if (allowableIncrease === 0) return noStepUpwards(report, names);
  const parts = [
    `${wording.oneMore(subject, names)} ${effectOf(shadowPrice, names)}${reachOf(report, unit, names)}.`,
  ];
  const caveat = shadowPrice === 0 ? '' : (wording.caveat?.(subject, names, shadowPrice) ?? '');
  if (caveat !== '') parts.push(caveat);
  if (report.degenerate && allowableDecrease === 0) {
    parts.push('One less may be worth another amount: the plan is degenerate here.');
  }
  return parts.join(' ');
}

function effectOf(price: number, names: Names): string {
  if (price === 0) return 'would change nothing';
  const size = Math.abs(price);
  // A price below a cent is too small to act on; its digits stand in the report.
  const money = size < 0.01 ? 'less than 0.01' : formatMoney(size);
  return `would ${price < 0 ? 'save' : 'cost'} ${money} ${names.currency}`;
}

function reachOf({ shadowPrice, allowableIncrease }: ConstraintReport, unit: Unit, names: Names): string {
  if (allowableIncrease === null) return ', without an upper end';
  const amount = quantity(allowableIncrease, unit, names);
  // A whole unit is more than there is room for, so the price is a rate that ends early.
  const endsEarly = allowableIncrease < 1 && shadowPrice !== 0;
  return endsEarly ? `, but that holds for the next ${amount} only` : `, up to ${amount}`;
}

function noStepUpwards({ label, shadowPrice, family }: ConstraintReport, { currency }: Names): string {
  const state = family === 'demand' ? 'is served' : 'is reached';
  return `${label} ${state}; its price of ${formatMoney(shadowPrice)} ${currency} does not hold upwards, the next unit may have another.`;
}

type Unit = ConstraintFamily['unit'];

function quantity(amount: number, unit: Unit, { currency }: Names): string {
  if (unit === 'money') return `${formatMoney(amount)} ${currency}`;
  const text = formatQuantity(amount);
  if (unit === 'fte') return `${text} FTE`;
  return text === '1' ? '1 hour' : `${text} hours`;
}
