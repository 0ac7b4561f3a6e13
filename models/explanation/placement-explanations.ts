import { type Names, namesOf } from '../constraint-family.ts';
import type { Explanation, LimitName, PlacementExplanation } from '../explanation.ts';
import { textOfLimit } from '../linear-program.ts';
import type { IneligibilityReason, PlanningData } from '../planning-data.ts';
import type { PlacementLine, PricedLine, Selection } from './placement-lines.ts';
import { placementSentence } from './placement-sentence.ts';
import { requirementOf } from './requirements.ts';

/**
 * Every workflow and team that is asked about, in the order of the planning data, once for all periods in which the
 * cause and what makes it so are the same. Periods in which the workflow has no work are left out.
 */
export function placementExplanations(
  data: PlanningData,
  lines: readonly PricedLine[],
  isAbout: Selection,
): NonNullable<Explanation['placements']> {
  const names = namesOf(data);
  const lineAt = new Map(lines.map((line) => [placeOf(data, line), line]));
  return data.workflows.flatMap((_, w) => {
    const apart = keptApart(data, w);
    return data.teams.flatMap((_, k) =>
      isAbout(w, k) ? explanationsOfPair(data, { w, k, lineAt, reasonsIn: apart(k) }, names) : [],
    );
  });
}

/** What keeps a workflow from a team in a period; undefined where nothing does. Of all periods, or of single ones, it is the same. */
type ReasonsIn = (t: number) => Reasons | undefined;

interface Reasons {
  readonly isForGood: boolean;
  readonly reasons: readonly IneligibilityReason[];
}

interface Pair {
  readonly w: number;
  readonly k: number;
  readonly lineAt: ReadonlyMap<number, PricedLine>;
  readonly reasonsIn: ReasonsIn;
}

interface Refused {
  readonly reasons: readonly IneligibilityReason[];
  readonly periods: string[];
}

function explanationsOfPair(
  data: PlanningData,
  { w, k, lineAt, reasonsIn }: Pair,
  names: Names,
): PlacementExplanation[] {
  const refused = new Map<boolean, Refused>();
  const groups = new Map<string, PlacementLine[]>();
  const order: (() => PlacementExplanation)[] = [];
  data.workflows[w].mostHours.forEach((most, t) => {
    if (most === 0) return;
    const found = reasonsIn(t);
    if (found !== undefined) {
      const known = refused.get(found.isForGood);
      if (known) known.periods.push(data.periods[t].id);
      else {
        const group = { reasons: found.reasons, periods: [data.periods[t].id] };
        refused.set(found.isForGood, group);
        order.push(() => ineligibleExplanation(data, { w, k }, group, names));
      }
      return;
    }
    const place = { workflow: w, team: k, period: t };
    const line = lineAt.get(placeOf(data, place)) ?? withoutCapacity(place);
    const key = groupKey(line);
    const known = groups.get(key);
    if (known) known.push(line);
    else {
      const group = [line];
      groups.set(key, group);
      order.push(() => eligibleExplanation(data, group, names));
    }
  });
  return order.map((explain) => explain());
}

/**
 * Lines with the same key are of one cause. What weighs more in one period may weigh less in another: the order of the limits makes
 * no difference. A budget of a period and that of the whole horizon are two limits, which differ in nothing but the period.
 */
function groupKey({ cause, because, price }: PlacementLine): string {
  const limits = because.map(({ family, subject: { period, ...rest } }) =>
    JSON.stringify([family, rest, period !== undefined]),
  );
  return JSON.stringify([cause, limits.sort(), price === undefined]);
}

function withoutCapacity(place: Pick<PlacementLine, 'workflow' | 'team' | 'period'>): PlacementLine {
  return { ...place, cause: 'no-room', because: [] };
}

function eligibleExplanation(
  data: PlanningData,
  group: readonly PlacementLine[],
  names: Names,
): PlacementExplanation {
  const [{ workflow, team, cause, because }] = group;
  return {
    ...pairOf(data, workflow, team),
    periods: group.map(({ period }) => data.periods[period].id),
    cause,
    ...(because.length > 0 && { because: withoutPeriods(because) }),
    prices: group.flatMap(({ price }) => price ?? []),
    sentence: placementSentence(data, group, names),
  };
}

function ineligibleExplanation(
  data: PlanningData,
  { w, k }: { readonly w: number; readonly k: number },
  { reasons, periods }: Refused,
  names: Names,
): PlacementExplanation {
  const pair = pairOf(data, w, k);
  const requirements = reasons.map((reason) => requirementOf(reason, pair, names));
  const always = data.workflows[w].mostHours.filter((most) => most > 0).length === periods.length;
  const when = always ? '' : ` in ${periods.join(', ')}`;
  const why = requirements.map(({ sentence }) => sentence).join('; ');
  const sentence = `${names.workflow(pair.workflow)} may not go to ${names.team(pair.team)}${when}: ${why}.`;
  return { ...pair, periods, cause: 'ineligible', requirements, sentence };
}

function pairOf(
  { workflows, teams, sites }: PlanningData,
  w: number,
  k: number,
): { workflow: string; team: string; site: string } {
  return { workflow: workflows[w].id, team: teams[k].id, site: sites[teams[k].site].id };
}

/** What keeps one workflow from each team: for good, or in single periods, in which it is forbidden. */
function keptApart(data: PlanningData, w: number): (k: number) => ReasonsIn {
  const forGood = new Map<number, Reasons>();
  const inPeriod = new Map<number, Reasons>();
  for (const { team, period, reasons } of data.ineligible(w)) {
    const k = data.positions.team(team);
    if (period === undefined) forGood.set(k, { isForGood: true, reasons });
    else inPeriod.set(k * data.periods.length + data.positions.period(period), { isForGood: false, reasons });
  }
  return (k) => (t) => forGood.get(k) ?? inPeriod.get(k * data.periods.length + t);
}

function placeOf(
  { teams, periods }: PlanningData,
  { workflow, team, period }: Pick<PlacementLine, 'workflow' | 'team' | 'period'>,
): number {
  return (workflow * teams.length + team) * periods.length + period;
}

/** Each once: without their periods the budgets of one and of the whole horizon are the same. */
function withoutPeriods(limits: readonly LimitName[]): LimitName[] {
  const named = new Map<string, LimitName>();
  for (const { family, subject } of limits) {
    const { period: _, ...rest } = subject;
    const text = textOfLimit({ family, subject: rest });
    if (!named.has(text)) named.set(text, { family, subject: rest });
  }
  return [...named.values()];
}
