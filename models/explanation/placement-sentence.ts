import { familyNamed } from '../constraints/index.ts';
import type { Names } from '../constraint-family.ts';
import type { BreakEven, LimitName, PlacementPriceLine } from '../explanation.ts';
import { formatMoney, formatQuantity } from '../number-text.ts';
import type { PlanningData } from '../planning-data.ts';
import type { PlacementLine } from './placement-lines.ts';
import { UNIT_WORDS } from './rate-words.ts';

/**
 * Why a workflow is at a team or not, in a sentence that can be repeated in a meeting. The lines are of one workflow, team and
 * cause, a period each; numbers that differ between them are given from the least to the most.
 */
export function placementSentence(data: PlanningData, group: readonly PlacementLine[], names: Names): string {
  const [{ workflow, team, cause, because }] = group;
  const prices = group.flatMap(({ price }) => price ?? []);
  const said = {
    work: names.workflow(data.workflows[workflow].id),
    people: names.team(data.teams[team].id),
    when: periodsText(group.map(({ period }) => data.periods[period].id)),
    limits: limitsText(because, names, group.length),
    prices,
    currency: names.currency,
  };
  const found = nearestBreakEven(prices);
  switch (cause) {
    case 'used':
      return `${whyHere(said)}${leavingText(found, said)}`;
    case 'same-cost':
      return sameCostText(found, said);
    case 'too-dear':
      return `${said.work} is not at ${said.people} ${said.when}: ${costText(said)}, so it is too dear by ${moneyOf(prices, ({ reducedCost }) => reducedCost)} ${said.currency}.${comingText(found, said)}`;
    case 'no-room':
      return noRoomText(found, said);
    case 'held-by-rule':
      return `${said.limits} ${because.length === 1 ? 'keeps' : 'keep'} ${said.work} from ${said.people} ${said.when}: ${costText(said)}.${comingText(found, said)}`;
  }
}

interface Said {
  readonly work: string;
  readonly people: string;
  readonly when: string;
  readonly limits: string;
  readonly prices: readonly PlacementPriceLine[];
  readonly currency: string;
}

function whyHere({ work, people, when, prices, currency }: Said): string {
  const hours = quantityOf(prices, (price) => price.hours);
  const demand = moneyOf(prices, (price) => price.demandPrice);
  return `${people} has ${hours} hours of ${work} ${when}, at ${costOf(prices)} ${currency} an hour${chargedText(prices)}; one more hour of ${work} costs ${demand} ${currency}.`;
}

/** "an hour costs 38.00 there, and one more hour of Appeals costs 16.40". */
function costText({ work, prices }: Said): string {
  const demand = moneyOf(prices, (price) => price.demandPrice);
  return `an hour costs ${costOf(prices)} there${chargedText(prices)}, and one more hour of ${work} costs ${demand}`;
}

function noRoomText(found: NearestBreakEven | undefined, said: Said): string {
  const { work, people, when, limits, prices } = said;
  if (prices.length === 0) return `${people} has no capacity ${when}.`;
  const isFull = prices.some(({ charges }) => charges.length > 0 && charges[0].perHour > 0);
  const why = isFull ? `${limits} would have to make room` : `${limits} is 0`;
  return `${people} has no room for ${work} ${when}, ${why}: ${costText(said)}.${comingText(found, said)}`;
}

function sameCostText(found: NearestBreakEven | undefined, { work, people, when }: Said): string {
  if (found === undefined)
    return `${work} at ${people} ${when} would cost no more than elsewhere, by the plan's prices.`;
  return `Another plan of the same cost has ${hoursText(found.breakEven.hours)} of ${work} at ${people} in ${found.period}.`;
}

function comingText(found: NearestBreakEven | undefined, { prices, currency }: Said): string {
  if (found === undefined)
    return prices.length > 0 && prices.every(({ breakEven }) => breakEven === null)
      ? ' Not even for nothing would it get any.'
      : '';
  const { period, breakEven } = found;
  const where = prices.length > 1 ? ` in ${period}` : '';
  return ` Below ${formatMoney(breakEven.costPerDemandHour)} ${currency} an hour${rateText(breakEven, currency)} it would get ${hoursText(breakEven.hours)}${where}.`;
}

function leavingText(found: NearestBreakEven | undefined, { prices, currency }: Said): string {
  if (found === undefined)
    return prices.every(({ breakEven }) => breakEven === null) ? ' No cost would move it from there.' : '';
  const { period, breakEven } = found;
  const where = prices.length > 1 ? ` in ${period}` : '';
  return ` Above ${formatMoney(breakEven.costPerDemandHour)} ${currency} an hour${rateText(breakEven, currency)} it would lose ${hoursText(breakEven.hours)}${where}.`;
}

function rateText({ rate }: BreakEven, currency: string): string {
  return rate === undefined
    ? ''
    : ` (a rate of ${formatMoney(rate.amount)} ${currency} ${UNIT_WORDS[rate.basis][0]})`;
}

interface NearestBreakEven {
  readonly period: string;
  readonly breakEven: BreakEven;
}

/** The break-even that the least change of a cost comes to. */
export function nearestBreakEven(prices: readonly PlacementPriceLine[]): NearestBreakEven | undefined {
  let [nearest, least] = [undefined as NearestBreakEven | undefined, Infinity];
  for (const { period, breakEven, costPerDemandHour } of prices) {
    if (!breakEven) continue;
    const distance = Math.abs(breakEven.costPerDemandHour - costPerDemandHour);
    if (distance < least) [nearest, least] = [{ period, breakEven }, distance];
  }
  return nearest;
}

/** ", and 2.00 for limits (Capacity …)", what the limits come to in all. */
function chargedText(prices: readonly PlacementPriceLine[]): string {
  const chargeOf = ({ charges }: PlacementPriceLine) =>
    charges.reduce((sum, { perHour }) => sum + perHour, 0);
  const [least, most] = rangeOf(prices.map(chargeOf));
  if (least === 0 && most === 0) return '';
  if (most <= 0) return `, less ${rangeText(-most, -least, formatMoney)} for the limits it loosens`;
  if (least < 0) return `, with ${rangeText(least, most, formatMoney)} for limits that it uses or loosens`;
  return `, with ${rangeText(least, most, formatMoney)} more for the limits it uses`;
}

function limitsText(because: readonly LimitName[], names: Names, periodCount: number): string {
  const labels = because.map(({ family, subject }) => familyNamed(family).wording.label(subject, names));
  const others =
    periodCount > 1 && because.some(({ subject }) => subject.period !== undefined)
      ? ` (and ${periodCount - 1} more ${periodCount > 2 ? 'periods' : 'period'})`
      : '';
  return labels.join(' and ') + others;
}

function periodsText(periods: readonly string[]): string {
  if (periods.length <= 3) return `in ${periods.join(', ')}`;
  return `in ${periods.length} periods from ${periods[0]} to ${periods[periods.length - 1]}`;
}

function hoursText(hours: number): string {
  const text = formatQuantity(hours);
  return text === '1' ? '1 hour' : `${text} hours`;
}

function costOf(prices: readonly PlacementPriceLine[]): string {
  return moneyOf(prices, ({ costPerDemandHour }) => costPerDemandHour);
}

function moneyOf(
  prices: readonly PlacementPriceLine[],
  valueOf: (price: PlacementPriceLine) => number,
): string {
  const [least, most] = rangeOf(prices.map(valueOf));
  return rangeText(least, most, formatMoney);
}

function quantityOf(
  prices: readonly PlacementPriceLine[],
  valueOf: (price: PlacementPriceLine) => number,
): string {
  const [least, most] = rangeOf(prices.map(valueOf));
  return rangeText(least, most, formatQuantity);
}

function rangeOf(values: readonly number[]): readonly [least: number, most: number] {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) [least, most] = [Math.min(least, value), Math.max(most, value)];
  return [least, most];
}

function rangeText(least: number, most: number, format: (value: number) => string): string {
  const [from, to] = [format(least), format(most)];
  return from === to ? from : `${from} to ${to}`;
}
