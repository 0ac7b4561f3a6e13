import { groupBy } from '../../models/group-by.ts';
import { elasticProgram, type Relief } from '../../models/repairs/elastic-program.ts';
import { withEmptyCapacities } from '../../models/repairs/roomy-scenario.ts';
import type { Diagnosis, Repair } from '../../models/diagnosis.ts';
import { REPAIR_KINDS, type RepairKind } from '../../models/relaxation.ts';
import { normaliseScenario } from '../../models/scenario/normalise-scenario.ts';
import { attempt, type Attempt, type RepairRequest, type RepairWork } from './repair-attempt.ts';

export type RepairMenu = Required<Pick<Diagnosis, 'repairs'>> & Pick<Diagnosis, 'repairsNotDone'>;

/**
 * Every way out of a scenario without a plan: for each kind of limit the least that has to change, and of that the cheapest.
 *
 * 1. Each kind alone, spread over as many limits as it takes; and each team, workflow, site or vendor in the conflict alone.
 * 2. Kinds that do not suffice however far they go are marked so, with what is in the way even then, and are combined: two,
 *    then three, without what a smaller combination has shown to suffice.
 *
 * The least amount is that of the elastic program (`elastic-program.ts`); with no more than that the cost is minimised, each
 * change is rounded outward, and the changed scenario is solved and proven like any other: that is its cost.
 */
export function repairMenu(request: RepairRequest): RepairMenu {
  const work = workOf(request);
  if (!work) return { repairs: [], repairsNotDone: REPAIR_KINDS.length };
  const alone = aloneByKind(work);
  const owners = ownersInConflict(work, alone);
  const combined = combinations(work, alone);
  const attempts = [...alone.map(({ attempt }) => attempt), ...owners, ...combined];
  const repairs = withoutRepeats(
    attempts.flatMap((attempt) => (attempt.outcome === 'repair' ? [attempt.repair] : [])),
  );
  const notDone = attempts.filter(({ outcome }) => outcome === 'not-done').length;
  return { repairs: ranked(repairs), ...(notDone > 0 && { repairsNotDone: notDone }) };
}

function workOf(request: RepairRequest): RepairWork | undefined {
  const { scenario, may } = request;
  // The scenario as it is, where a rate cannot be turned into a cost at a team that had no work before.
  for (const whole of [withEmptyCapacities(scenario), scenario]) {
    const { data } = normaliseScenario(whole);
    if (data) return { ...request, data, elastic: elasticProgram(whole, data, may) };
  }
  return undefined;
}

interface OfKind {
  readonly kind: RepairKind;
  readonly offered: readonly Relief[];
  readonly attempt: Attempt;
}

function aloneByKind(work: RepairWork): OfKind[] {
  return REPAIR_KINDS.flatMap((kind) => {
    const offered = work.elastic.reliefs.filter((relief) => relief.kind === kind);
    return offered.length > 0 ? [{ kind, offered, attempt: attempt(work, offered) }] : [];
  });
}

/** So many teams, workflows, sites or vendors of a kind are tried alone. */
const MOST_OWNERS = 5;

/** What one team, workflow, site or vendor can do alone; what does not suffice then is no news. */
function ownersInConflict(work: RepairWork, alone: readonly OfKind[]): Attempt[] {
  return alone.flatMap(({ offered, attempt: whole }) => {
    if (whole.outcome !== 'repair' || !whole.repair.suffices) return [];
    const owners = groupBy(offered, ({ owner }) => JSON.stringify(owner));
    if (owners.size === 1) return [];
    return [...owners.values()]
      .filter((reliefs) => isConcerned(work, reliefs))
      .slice(0, MOST_OWNERS)
      .map((reliefs) => attempt(work, reliefs))
      .filter((each) => each.outcome === 'not-done' || each.repair.suffices);
  });
}

/** Whether a limit stands in the conflict, or a team may take work that does. */
function isConcerned({ conflict, data }: RepairWork, reliefs: readonly Relief[]): boolean {
  const named = new Set(conflict.flatMap(({ subject }) => Object.entries(subject).map(String)));
  const [{ owner, kind }] = reliefs;
  if (Object.entries(owner).every((entry) => named.has(String(entry)))) return true;
  if (kind !== 'more-team-hours' && kind !== 'more-heads') return false;
  const { workflow, team, count } = data.placements;
  const k = data.positions.team(owner.team!);
  for (let j = 0; j < count; j += 1)
    if (team[j] === k && named.has(String(['workflow', data.workflows[workflow[j]].id]))) return true;
  return false;
}

/** Kinds that do not suffice alone, put together: the smaller combinations first, none with one that suffices in it. */
function combinations(work: RepairWork, alone: readonly OfKind[]): Attempt[] {
  const weak = alone.filter(({ attempt: each }) => each.outcome === 'repair' && !each.repair.suffices);
  if (weak.length < 2) return [];
  const all = attempt(
    work,
    weak.flatMap(({ offered }) => offered),
  );
  if (all.outcome === 'not-done' || !all.repair.suffices) return [all];
  const found: Attempt[] = [];
  const sufficing: RepairKind[][] = [];
  for (const kinds of subsets(weak)) {
    const names = kinds.map(({ kind }) => kind);
    if (sufficing.some((smaller) => smaller.every((kind) => names.includes(kind)))) continue;
    const tried =
      kinds.length === weak.length
        ? all
        : attempt(
            work,
            kinds.flatMap(({ offered }) => offered),
          );
    if (tried.outcome === 'repair' && !tried.repair.suffices) continue;
    found.push(tried);
    if (tried.outcome === 'repair') sufficing.push(names);
  }
  return found;
}

/** All sets of two and more, the smaller ones first. */
function subsets<Item>(items: readonly Item[]): Item[][] {
  const all = items.reduce<Item[][]>((sets, item) => [...sets, ...sets.map((set) => [...set, item])], [[]]);
  return all.filter(({ length }) => length >= 2).sort((a, b) => a.length - b.length);
}

/** A team alone can be what its whole kind comes to. */
function withoutRepeats(repairs: readonly Repair[]): Repair[] {
  const seen = new Set<string>();
  return repairs.filter(({ changes }) => {
    if (changes.length === 0) return true;
    const key = JSON.stringify(changes.map(({ patch }) => patch));
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** What serves all work by cost, then what leaves work undone, then what does not suffice. */
function ranked(repairs: readonly Repair[]): Repair[] {
  const rank = ({ suffices, kinds }: Repair) =>
    suffices ? (kinds.includes('accepted-shortfall') ? 1 : 0) : 2;
  return [...repairs].sort(
    (a, b) =>
      rank(a) - rank(b) || (a.totalCost ?? 0) - (b.totalCost ?? 0) || (a.amount ?? 0) - (b.amount ?? 0),
  );
}
