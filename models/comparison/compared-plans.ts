import type { Comparison, PlanDifferences, PlanFigures } from '../comparison.ts';
import { formatMoney, formatQuantity } from '../number-text.ts';
import { type ComparedPlan, isSameHours } from './compared-plan.ts';
import { planFigures } from './plan-figures.ts';
import { planMoves } from './plan-moves.ts';
import { priceChanges } from './price-changes.ts';

/** Plans of one currency beside each other; the first is what the others are compared with. */
export function comparedPlans(plans: readonly ComparedPlan[]): Comparison {
  const figures = plans.map(planFigures);
  return {
    currency: plans[0].plan.currency,
    plans: figures,
    differences: plans.slice(1).map((plan, i) => ({
      ...figureDifferences(figures[0], figures[i + 1], plan.plan.currency),
      prices: priceChanges(plans[0], plan),
      moves: planMoves(plans[0], plan),
    })),
  };
}

function figureDifferences(
  first: PlanFigures,
  other: PlanFigures,
  currency: string,
): Omit<PlanDifferences, 'prices' | 'moves'> {
  const costs = costDifferences(first, other);
  return {
    plan: other.plan,
    totalCost: other.totalCost - first.totalCost,
    costs,
    placedHours: other.placedHours - first.placedHours,
    shortfallHours: other.shortfallHours - first.shortfallHours,
    backlogHours: other.backlogHours - first.backlogHours,
    sentence: costSentence(first, other, costs, currency),
    operators: operatorDifferences(first, other),
    sites: siteDifferences(first, other),
  };
}

type Costs = PlanFigures['costs'];

function costDifferences({ costs: before }: PlanFigures, { costs: after }: PlanFigures): Costs {
  const terms = new Set([...Object.keys(before), ...Object.keys(after)] as (keyof Costs)[]);
  return Object.fromEntries(
    [...terms].map((term) => [term, amountOf(after, term) - amountOf(before, term)]),
  ) as Costs;
}

/** A plan that was kept before a term was there has nothing of it. */
function amountOf(costs: Partial<Costs>, term: keyof Costs): number {
  return costs[term] ?? 0;
}

/** A difference of money below this fraction of the costs is that of rounding. */
const SMALLEST = 1e-9;

function costSentence(first: PlanFigures, other: PlanFigures, costs: Costs, currency: string): string {
  const smallest = SMALLEST * Math.max(first.totalCost, other.totalCost);
  const isChange = (amount: number) => Math.abs(amount) > smallest;
  const apart = (amount: number) => `${formatMoney(Math.abs(amount))} ${amount > 0 ? 'more' : 'less'}`;
  const difference = other.totalCost - first.totalCost;
  const terms = Object.entries(costs).flatMap(([term, amount]) =>
    isChange(amount) ? [`${term} ${apart(amount)}`] : [],
  );
  const than = isChange(difference)
    ? `${apart(difference)} than the first plan`
    : 'as much as the first plan';
  const list = terms.length > 0 ? `: ${terms.join(', ')}` : '';
  return `It costs ${formatMoney(other.totalCost)} ${currency}, ${than}${list}.`;
}

/** What both, or either, of two lists have under a key; those of the first list come first. */
function besides<Item>(
  first: readonly Item[],
  other: readonly Item[],
  keyOf: (item: Item) => string,
): { readonly from: Item | undefined; readonly to: Item | undefined }[] {
  const [before, after] = [first, other].map((items) => new Map(items.map((item) => [keyOf(item), item])));
  return [...new Set([...before.keys(), ...after.keys()])].map((key) => ({
    from: before.get(key),
    to: after.get(key),
  }));
}

function operatorDifferences(first: PlanFigures, other: PlanFigures): PlanDifferences['operators'] {
  const pairs = besides(first.operators, other.operators, ({ vendor }) => vendor?.normalize() ?? '');
  return pairs.flatMap(({ from, to }) => {
    const { vendor } = (to ?? from)!;
    const hours = { from: from?.hours ?? 0, to: to?.hours ?? 0 };
    if (isSameHours(hours.from, hours.to)) return [];
    const shares = { fromShare: shareOf(from, first), toShare: shareOf(to, other) };
    const sentence = `${vendor ?? 'In-house'}: ${hoursText(hours)}, ${percent(shares.fromShare)} → ${percent(shares.toShare)} of all hours placed.`;
    return [{ ...(vendor !== undefined && { vendor }), ...hours, ...shares, sentence }];
  });
}

/** A vendor that a scenario does not have has nothing of what is placed. */
function shareOf(
  operator: PlanFigures['operators'][number] | undefined,
  { placedHours }: PlanFigures,
): number | null {
  return operator?.share ?? (placedHours > 0 ? 0 : null);
}

function siteDifferences(first: PlanFigures, other: PlanFigures): PlanDifferences['sites'] {
  return besides(first.sites, other.sites, ({ site }) => site.normalize()).flatMap(({ from, to }) => {
    const { site, name } = (to ?? from)!;
    const hours = { from: from?.hours ?? 0, to: to?.hours ?? 0 };
    const [wasOpen, isOpen] = [from?.open ?? false, to?.open ?? false];
    if (wasOpen === isOpen && isSameHours(hours.from, hours.to)) return [];
    const change = wasOpen === isOpen ? '' : isOpen ? 'now in use, ' : 'no longer in use, ';
    return [{ site, ...hours, wasOpen, isOpen, sentence: `${name}: ${change}${hoursText(hours)}.` }];
  });
}

function hoursText({ from, to }: { readonly from: number; readonly to: number }): string {
  return `${formatQuantity(from)} → ${formatQuantity(to)} hours`;
}

function percent(share: number | null): string {
  return share === null ? 'nothing' : `${formatQuantity(share * 100)} %`;
}
