import type { PlanFigures } from '../comparison.ts';
import type { ComparedPlan } from './compared-plan.ts';

type Operator = PlanFigures['operators'][number];

/** What one plan comes to. */
export function planFigures({ id, scenarioId, revision, scenario, plan }: ComparedPlan): PlanFigures {
  const placedHours = sumOf(plan.allocation);
  return {
    plan: id,
    scenarioId,
    revision,
    scenarioName: scenario.name,
    status: plan.status,
    ...(plan.gap !== undefined && { gap: plan.gap }),
    engine: plan.certificate.engine,
    totalCost: plan.totalCost,
    costs: plan.costs,
    placedHours,
    shortfallHours: sumOf(plan.shortfall),
    backlogHours: sumOf(plan.backlog),
    operators: operatorsOf(scenario, plan.allocation, placedHours),
    sites: sitesOf(scenario, plan),
  };
}

function operatorsOf(
  { sites }: ComparedPlan['scenario'],
  allocation: ComparedPlan['plan']['allocation'],
  placedHours: number,
): Operator[] {
  const vendorOf = new Map(sites.map(({ id, vendor }) => [id.normalize(), vendor]));
  const spelling = new Map<string, string>();
  for (const { vendor } of sites) {
    if (vendor !== undefined && !spelling.has(vendor.normalize())) spelling.set(vendor.normalize(), vendor);
  }
  const hoursOf = hoursBy(allocation, ({ site }) => vendorOf.get(site.normalize())?.normalize());
  const keys = [undefined, ...[...spelling.keys()].sort()];
  return keys.map((key) => {
    const hours = hoursOf.get(key) ?? 0;
    const share = placedHours > 0 ? hours / placedHours : null;
    return { ...(key !== undefined && { vendor: spelling.get(key)! }), hours, share };
  });
}

function sitesOf({ sites }: ComparedPlan['scenario'], plan: ComparedPlan['plan']): PlanFigures['sites'] {
  const names = new Map(sites.map(({ id, name }) => [id.normalize(), name]));
  const hoursOf = hoursBy(plan.allocation, ({ site }) => site.normalize());
  return plan.sites.map(({ site, open }) => ({
    site,
    name: names.get(site.normalize()) || site,
    open,
    hours: hoursOf.get(site.normalize()) ?? 0,
  }));
}

interface WithHours {
  readonly hours: number;
}

function hoursBy<Line extends WithHours, Key>(
  lines: readonly Line[],
  keyOf: (line: Line) => Key,
): Map<Key, number> {
  const hours = new Map<Key, number>();
  for (const line of lines) hours.set(keyOf(line), (hours.get(keyOf(line)) ?? 0) + line.hours);
  return hours;
}

function sumOf(lines: readonly WithHours[]): number {
  return lines.reduce((sum, { hours }) => sum + hours, 0);
}
