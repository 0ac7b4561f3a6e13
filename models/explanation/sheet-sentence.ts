import type { Names } from '../constraint-family.ts';
import type { SheetLine } from '../explanation.ts';
import { formatMoney, formatQuantity, formatRate } from '../number-text.ts';
import { UNIT_WORDS } from './rate-words.ts';

/** A team's line of a break-even sheet in words that can be said in a negotiation. */
export function sheetSentence(line: Omit<SheetLine, 'sentence'>, names: Names): string {
  const { rate, units, spend, payroll, winsBelow, losesAbove, steps, points, unavailable } = line;
  const [one, several] = UNIT_WORDS[rate.basis];
  const money = (amount: number) => `${formatMoney(amount)} ${names.currency}`;
  const asked = (amount: number) => `${formatRate(amount)} ${names.currency}`;
  const people = names.team(line.team);
  const billed =
    payroll === undefined
      ? ` and bills ${formatQuantity(units)} ${several}, ${money(spend)} in all`
      : `, used or not: ${money(payroll)}${spend > 0 ? `, and ${money(spend)} for work that has a cost of its own` : ''}`;
  const today = `${people} asks ${asked(rate.amount)} ${one}${billed}.`;
  if (unavailable !== undefined) return `${today} ${unavailable}`;
  if (points !== undefined) return `${today} ${pointsText(line, several, asked)}`;
  if (steps === undefined) return `${today} The time did not suffice to solve again at other rates.`;
  const wins = winsBelow
    ? `Below ${asked(winsBelow.rate)} it would win ${formatQuantity(winsBelow.units)} more`
    : 'Half its rate would not win it any more';
  const loses = losesAbove
    ? `above ${asked(losesAbove.rate)} it would lose ${formatQuantity(losesAbove.units)}`
    : 'one and a half times its rate would not cost it any';
  return units === 0 ? `${today} ${wins}.` : `${today} ${wins}; ${loses}.`;
}

/** The share of the rate at which plans are told of, where the steps are not known. */
const ASIDE = 0.1;

function pointsText(
  { rate, points = [] }: Pick<SheetLine, 'rate' | 'points'>,
  several: string,
  asked: (rate: number) => string,
): string {
  const told = [1 - ASIDE, 1 + ASIDE].map((share) => {
    const other = share * rate.amount;
    const point = points.find((each) => Math.abs(each.rate - other) <= 1e-6 * other);
    const found =
      point?.units === undefined ? 'there is no plan' : `${formatQuantity(point.units)} ${several}`;
    return `${found} at ${asked(other)}`;
  });
  return `A full budget leaves no clear steps: ${told.join(', ')}.`;
}
