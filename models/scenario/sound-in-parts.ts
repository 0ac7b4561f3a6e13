import { groupBy } from '../group-by.ts';
import { checkScenario } from './check-scenario.ts';
import { hasTooManyPairs, normaliseScenario } from './normalise-scenario.ts';
import { SizesOfParts } from './number-range.ts';
import { MAX_COLUMNS } from './placement-collector.ts';
import type { Scenario } from './schema.ts';

/** The lists whose items have a table: capacity or demand. */
export type ListWithTable = 'teams' | 'workflows';

type Item<List extends ListWithTable> = Scenario[List][number];

/** How to come by the items with their tables, which are large. */
export interface ItemsWithTable<List extends ListWithTable> {
  readonly list: List;
  /** How many entries the table of an item has. */
  readonly countOf: (item: Item<List>) => number;
  /** The item with its table. */
  readonly whole: (item: Item<List>) => Item<List>;
}

/** A part has so many entries at least, and as many as there is in what all parts have: checking that again never takes longer than the entries. */
const LEAST_ENTRIES = 20_000;

/**
 * Whether `checkScenario` and `normaliseScenario` find no fault in a scenario, without all of one table being there at once. `rest` is the
 * scenario with empty tables in that list.
 *
 * It is taken apart by the items of the list: a part has some of them with their tables, the placements that are about these, no rules, and everything
 * else of the scenario. Each check is of one of four kinds, so that the parts have a fault where the whole has one, and the other way round:
 *
 * - It reads of the list's items nothing but their ids (repeated ids, references, rules, placements, the number of pairs): done with `rest`, its items
 *   laid bare, for what else they have is of the next kind.
 * - It reads one item with its table, the other list, sites, periods and the placements about the item (forms and ranges, people and their periods, an
 *   entry's hours and payroll, repeated periods, what a rate or a seat needs, coefficients): done in the part with the item, where all of it is the same.
 * - It counts columns, each of which belongs to one item: done with the sum. At the limit itself the sum says no more than "perhaps not", and so
 *   does this.
 * - It compares the smallest and the largest number of a unit: each number is one of some part, and a part has none that the whole has
 *   not, so the extremes of the parts' extremes are those of the whole.
 */
export function isSoundInParts<List extends ListWithTable>(
  rest: Scenario,
  items: ItemsWithTable<List>,
  entriesOfAPart = Math.max(LEAST_ENTRIES, sizeOf(rest, items.list)),
): boolean {
  if (checkScenario(laidBare(rest, items.list)).faults || hasTooManyPairs(rest)) return false;
  const sizes = new SizesOfParts();
  let columns = 0;
  for (const part of partsOf(rest, items, entriesOfAPart)) {
    if (checkScenario(part).faults) return false;
    const { data } = normaliseScenario(part);
    if (data === undefined) return false;
    sizes.add(data);
    columns += data.placements.count;
    if (columns >= MAX_COLUMNS) return false;
  }
  return !sizes.areTooFarApart;
}

/** The scenario with items that are sound by themselves, each with the id that it has and, of a team, the site. */
function laidBare(rest: Scenario, list: ListWithTable): Scenario {
  if (list === 'workflows')
    return { ...rest, workflows: rest.workflows.map(({ id }) => ({ id, demand: [] })) };
  const rate = { basis: 'productive-hour', amount: 0 } as const;
  return { ...rest, teams: rest.teams.map(({ id, site }) => ({ id, site, rate, capacity: [] })) };
}

function* partsOf<List extends ListWithTable>(
  { rules: _, ...rest }: Scenario,
  { list, countOf, whole }: ItemsWithTable<List>,
  entriesOfAPart: number,
): Generator<Scenario> {
  const placementsOf = placementsBy(rest, list);
  let part: Item<List>[] = [];
  let entries = 0;
  const made = (): Scenario => {
    const placements = part.flatMap(placementsOf);
    return { ...rest, [list]: part, ...(rest.placements && { placements }) };
  };
  for (const item of rest[list]) {
    part.push(whole(item));
    entries += countOf(item);
    if (entries < entriesOfAPart) continue;
    yield made();
    [part, entries] = [[], 0];
  }
  // Without any item there is a part, too: the rest has numbers of its own.
  yield made();
}

/** About how much there is to check in what every part has. */
function sizeOf({ teams, workflows, sites, placements = [] }: Scenario, list: ListWithTable): number {
  const entries =
    list === 'teams'
      ? workflows.reduce((sum, { demand }) => sum + demand.length + 1, 0)
      : teams.reduce((sum, { capacity }) => sum + capacity.length + 1, 0);
  return entries + sites.length + placements.length;
}

/** The placements about an item of the list. */
function placementsBy<List extends ListWithTable>(
  { placements = [] }: Scenario,
  list: List,
): (item: Item<List>) => NonNullable<Scenario['placements']> {
  const field = list === 'teams' ? 'team' : 'workflow';
  const byId = groupBy(placements, (placement) => placement[field].normalize());
  return ({ id }) => byId.get(id.normalize()) ?? [];
}
