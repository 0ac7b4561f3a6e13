import type { ConstraintFamily, Names } from '../constraint-family.ts';
import { formatMoney, formatQuantity } from '../number-text.ts';
import type { NamedLimit } from '../plan-fields.ts';
import type { ConstraintReport, LimitEnd } from '../plan.ts';

/**
 * One limit's price as a sentence a planner can repeat in a meeting: "One more hour at Manila EN in 2027-01 would save
 * 4.10 USD, up to 340 hours."
 *
 * Never claims more than the basis proves: where the price holds for no step upwards, the sentence says that instead.
 */
export function priceSentence(report: ConstraintReport, family: ConstraintFamily, names: Names): string {
  const { sameAs = [] } = report;
  const ofPrice = priceOfOneMore(report, family, names);
  if (sameAs.length === 0) return ofPrice;
  return `${ofPrice} It is the same limit as ${listed(sameAs)}: one price is split between them in an arbitrary way.`;
}

function priceOfOneMore(report: ConstraintReport, { wording }: ConstraintFamily, names: Names): string {
  const { shadowPrice, allowableIncrease, allowableDecrease, subject, unit } = report;
  if (allowableIncrease === 0) return noStepUpwards(report, names);
  const parts = [
    `${wording.oneMore(subject, names)} ${effectOf(shadowPrice, names)}${reachOf(shadowPrice, allowableIncrease, unit, names)}.`,
  ];
  const caveat = shadowPrice === 0 ? '' : (wording.caveat?.(subject, names, shadowPrice, 'more') ?? '');
  if (caveat !== '') parts.push(caveat);
  if (report.degenerate && allowableDecrease === 0) {
    parts.push('One less may be worth another amount: the plan is degenerate here.');
  }
  return parts.join(' ');
}

/**
 * Both sides of a limit in words, with what ends either: "One more hour of Appeals in 2027-01 would cost 21.60 USD, up to 340 hours;
 * from there on it would cost 38.00 USD, because Capacity of Manila EN in 2027-01 is reached."
 */
export function twoSidedSentence(
  report: ConstraintReport,
  { wording }: ConstraintFamily,
  names: Names,
  areChoicesHeld = false,
): string {
  // With other choices, in another bracket of a contract say, there may well be one.
  const held = areChoicesHeld ? " with today's choices" : '';
  const { subject, unit, costOfOneMore = null, savingOfOneLess = null } = report;
  const { allowableIncrease, allowableDecrease, increaseEnd, decreaseEnd } = report;
  const oneMore = wording.oneMore(subject, names);
  const holders = holdersIn(report);
  const effectOfSide = (price: number, sign: 1 | -1, reach: number | null, end: LimitEnd | undefined) => {
    if (price === 0 && holders !== '') return `would by itself change nothing: ${holders}`;
    const amount = reachOf(price, reach, unit, names, sign > 0 ? 'an upper' : 'a lower');
    return `${effectOf(sign * price, names)}${amount}${endOf(end, sign, names, held)}`;
  };
  const more =
    costOfOneMore === null
      ? `${oneMore} is impossible${held}: there is no plan with it`
      : `${oneMore} ${effectOfSide(costOfOneMore, 1, allowableIncrease, increaseEnd)}`;
  const less =
    savingOfOneLess === null
      ? `One less is impossible${held}`
      : `One less ${effectOfSide(savingOfOneLess, -1, allowableDecrease, decreaseEnd)}`;
  const caveatOf = (price: number | null, way: 'more' | 'less') =>
    price === null || price === 0 ? '' : (wording.caveat?.(subject, names, price, way) ?? '');
  const ofMore = caveatOf(costOfOneMore, 'more');
  // What is said of one more is not said again of one less.
  const ofLess = ofMore === '' ? caveatOf(savingOfOneLess, 'less') : '';
  return [`${more}.`, ofMore, `${less}.`, ofLess].filter((part) => part !== '').join(' ');
}

/** Why loosening the limit alone is worth nothing; empty where nothing else holds. */
function holdersIn({ sameAs = [], heldBy = [] }: ConstraintReport): string {
  const same = new Set(sameAs.map(({ label }) => label));
  const others = heldBy.filter(({ label }) => !same.has(label));
  if (heldBy.length === 0) return '';
  const reached = `${listed(others)} ${others.length === 1 ? 'is' : 'are'} reached too`;
  if (sameAs.length === 0) return reached;
  return `it is the same limit as ${listed(sameAs)}${others.length > 0 ? `, and ${reached}` : ''}`;
}

const MOST_NAMED = 3;

function listed(limits: readonly NamedLimit[]): string {
  const named = limits.slice(0, MOST_NAMED).map(({ label }) => label);
  const more = limits.length - named.length;
  const last = more > 0 ? `${more} more` : named.pop();
  return [...(named.length > 0 ? [named.join(', ')] : []), last].join(' and ');
}

function endOf(end: LimitEnd | undefined, sign: 1 | -1, names: Names, held: string): string {
  if (end === undefined) return '';
  const { nextPrice, endedBy } = end;
  const cause =
    endedBy === undefined
      ? ''
      : `, because ${endedBy.label} ${endedBy.kind === 'limit' ? 'is reached' : 'is used up'}`;
  if (nextPrice === null) return `; beyond that there is no plan${held}${cause}`;
  return `; from there on it ${effectOf(sign * nextPrice, names)}${cause}`;
}

function effectOf(price: number, names: Names): string {
  if (price === 0) return 'would change nothing';
  const size = Math.abs(price);
  // A price below a cent is too small to act on; its digits stand in the report.
  const money = size < 0.01 ? 'less than 0.01' : formatMoney(size);
  return `would ${price < 0 ? 'save' : 'cost'} ${money} ${names.currency}`;
}

function reachOf(price: number, reach: number | null, unit: string, names: Names, end = 'an upper'): string {
  if (reach === null) return `, without ${end} end`;
  const amount = quantity(reach, unit, names);
  // A whole unit is more than there is room for, so the price is a rate that ends early.
  const endsEarly = reach < 1 && price !== 0;
  return endsEarly ? `, but that holds for the next ${amount} only` : `, up to ${amount}`;
}

function noStepUpwards({ label, shadowPrice, family }: ConstraintReport, { currency }: Names): string {
  const state = family === 'demand' ? 'is served' : 'is reached';
  return `${label} ${state}; its price of ${formatMoney(shadowPrice)} ${currency} does not hold upwards, the next unit may have another.`;
}

/** An amount with its unit, as a report has it: money is in the scenario's currency. */
function quantity(amount: number, unit: string, { currency }: Names): string {
  if (unit === currency) return `${formatMoney(amount)} ${currency}`;
  const text = formatQuantity(amount);
  if (unit === 'fte') return `${text} FTE`;
  const one = unit === 'contacts' ? 'contact' : 'hour';
  return text === '1' ? `1 ${one}` : `${text} ${one}s`;
}
