import { familyNamed } from '../constraints/index.ts';
import type { Names } from '../constraint-family.ts';
import type { BreakEven, LimitName, PlacementPriceLine } from '../explanation.ts';
import { formatMoney, formatQuantity, formatRate } from '../number-text.ts';
import { canNobodyHave } from '../people/cross-training.ts';
import type { PlanningData, Team } from '../planning-data.ts';
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
    areSeveral: because.length > 1,
    prices,
    paidBesides: paidBesides(data.teams[team]),
    held: isInBracket(data, group) ? ' while the brackets of the contract are held' : '',
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
      return noRoomText(found, said, group.every(isEmpty(data)));
    case 'held-by-rule':
      return `${said.limits} ${said.areSeveral ? 'keep' : 'keeps'} ${said.work} from ${said.people} ${said.when}: ${costText(said)}.${comingText(found, said)}`;
  }
}

interface Said {
  readonly work: string;
  readonly people: string;
  readonly when: string;
  readonly limits: string;
  readonly areSeveral: boolean;
  readonly prices: readonly PlacementPriceLine[];
  /** What is paid for the team in another way than by the hour, where anything is. */
  readonly paidBesides: string | undefined;
  /** What a break-even says nothing of. */
  readonly held: string;
  readonly currency: string;
}

function whyHere(said: Said): string {
  const { work, people, when, prices, currency } = said;
  const hours = quantityOf(prices, (price) => price.hours);
  return `${people} has ${hoursText(hours)} of ${work} ${when}, at ${costOf(prices)} ${currency} an hour${payText(said)}${chargedText(prices)}; ${demandText(said)} ${currency}.`;
}

/** "an hour costs 38.00 there, and by the plan's prices one more hour of Appeals costs 16.40". */
function costText(said: Said): string {
  const { prices } = said;
  return `an hour costs ${costOf(prices)} there${payText(said)}${chargedText(prices)}, and ${demandText(said)}`;
}

/** The price of a demand is that of one basis: at a degenerate plan one more hour may cost more than that. */
function demandText({ work, prices }: Said): string {
  return `by the plan's prices one more hour of ${work} costs ${moneyOf(prices, (price) => price.demandPrice)}`;
}

/** So that nobody takes a cost of 0 for work that is free. */
function payText({ paidBesides: besides }: Said): string {
  return besides ? ` (besides ${besides})` : '';
}

/** Whether the vendor's contract could bill the hours of a line in more than one bracket. */
function isInBracket({ contracts, teams, sites }: PlanningData, group: readonly PlacementLine[]): boolean {
  const { vendor } = sites[teams[group[0].team].site];
  const contract = contracts.find((each) => each.vendor === vendor);
  return group.some(({ period }) => (contract?.brackets[period].length ?? 1) > 1);
}

function paidBesides({ headcount, paidForCapacity, billedByContract }: Team): string | undefined {
  if (headcount) return 'the pay of its people';
  if (billedByContract) return "what its vendor's contract bills";
  return paidForCapacity ? 'the pay of its whole capacity' : undefined;
}

function noRoomText(found: NearestBreakEven | undefined, said: Said, isAllEmpty: boolean): string {
  const { work, people, when, limits, areSeveral, prices } = said;
  if (prices.length === 0) return `${people} has no capacity ${when}.`;
  const why = `${limits} ${isAllEmpty ? `${areSeveral ? 'are' : 'is'} 0` : 'would have to make room'}`;
  return `${people} has no room for ${work} ${when}, ${why}: ${costText(said)}.${comingText(found, said)}`;
}

/** Whether the team has no hours at all, or its site no seat, or nobody there can have the second skill that the work needs. */
function isEmpty(data: PlanningData): (line: PlacementLine) => boolean {
  const { teams, sites } = data;
  return ({ team, period, because }) =>
    teams[team].capacity[period]?.hours === 0 ||
    sites[teams[team].site].seatedFte === 0 ||
    because.some(({ family, subject }) => family === 'second-skill' && canNobodyHave(data, subject));
}

function sameCostText(found: NearestBreakEven | undefined, { work, people, when }: Said): string {
  if (found === undefined)
    return `${work} at ${people} ${when} would cost no more than elsewhere, by the plan's prices.`;
  return `Another plan of the same cost has ${movingText(found.breakEven)} of ${work} at ${people} in ${found.period}.`;
}

function comingText(found: NearestBreakEven | undefined, { prices, currency, held }: Said): string {
  if (found === undefined)
    return prices.length > 0 && prices.every(({ breakEven }) => breakEven === null)
      ? ` Not even for nothing would it get any${held}.`
      : '';
  const { period, breakEven } = found;
  const where = prices.length > 1 ? ` in ${period}` : '';
  return ` Below ${formatMoney(breakEven.costPerDemandHour)} ${currency} an hour${rateText(breakEven, currency)} it would get ${movingText(breakEven)}${where}.`;
}

function leavingText(found: NearestBreakEven | undefined, { prices, currency, held }: Said): string {
  if (found === undefined)
    return prices.every(({ breakEven }) => breakEven === null)
      ? ` No cost would move it from there${held}.`
      : '';
  const { period, breakEven } = found;
  const where = prices.length > 1 ? ` in ${period}` : '';
  return ` Above ${formatMoney(breakEven.costPerDemandHour)} ${currency} an hour${rateText(breakEven, currency)} it would lose ${movingText(breakEven)}${where}.`;
}

/** A rate is the team's for all its work, and the break-even that of this work: what the whole rate does stands in the sheet. */
function rateText({ rate }: BreakEven, currency: string): string {
  return rate === undefined
    ? ''
    : ` (a rate of ${formatRate(rate.amount)} ${currency} ${UNIT_WORDS[rate.basis][0]} for this work alone)`;
}

/** Where a full budget counts the cost, the hours are those at a cost nearby. */
function movingText({ hours, hoursAtCost }: BreakEven): string {
  return (hoursAtCost === undefined ? '' : 'about ') + hoursText(formatQuantity(hours));
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

/** ", with 2.00 more for the limits it uses, less 0.50 for those it loosens": what the charges come to, each way for itself. */
function chargedText(prices: readonly PlacementPriceLine[]): string {
  const used = moneyOf(prices, ({ charges }) => sumOf(charges, (perHour) => Math.max(0, perHour)));
  const loosened = moneyOf(prices, ({ charges }) => sumOf(charges, (perHour) => Math.max(0, -perHour)));
  const [uses, loosens] = [used !== NOTHING, loosened !== NOTHING];
  const text = uses ? `, with ${used} more for the limits it uses` : '';
  if (!loosens) return text;
  return `${text}, less ${loosened} for ${uses ? 'those' : 'the limits'} it loosens`;
}

const NOTHING = formatMoney(0);

function sumOf(charges: PlacementPriceLine['charges'], valueOf: (perHour: number) => number): number {
  return charges.reduce((sum, { perHour }) => sum + valueOf(perHour), 0);
}

function limitsText(because: readonly LimitName[], names: Names, periodCount: number): string {
  const labels = because.map(({ family, subject }) => familyNamed(family).wording.label(subject, names));
  const others =
    periodCount > 1 && because.some(({ subject }) => subject.period !== undefined)
      ? ` (and ${periodCount - 1} more ${periodCount > 2 ? 'periods' : 'period'})`
      : '';
  return listed(labels) + others;
}

/** "one, two and three". */
function listed(items: readonly string[]): string {
  return items.length < 2
    ? items.join('')
    : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}

function periodsText(periods: readonly string[]): string {
  if (periods.length <= 3) return `in ${periods.join(', ')}`;
  return `in ${periods.length} periods from ${periods[0]} to ${periods[periods.length - 1]}`;
}

function hoursText(hours: string): string {
  return hours === '1' ? '1 hour' : `${hours} hours`;
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
