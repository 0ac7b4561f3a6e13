import { type Names, namesOf } from '../../models/constraint-family.ts';
import type { EvidenceWorth } from '../../models/explanation.ts';
import {
  type EvidenceCase,
  evidenceCases,
  type Pair,
  withEvidence,
  withOnlyPairs,
} from '../../models/explanation/evidence.ts';
import { type EvidencePrice, evidencePricer } from '../../models/explanation/evidence-price.ts';
import { evidenceLabel, worthSentence } from '../../models/explanation/evidence-sentence.ts';
import type { Selection } from '../../models/explanation/placement-lines.ts';
import type { Plan } from '../../models/plan.ts';
import type { PlanningData } from '../../models/planning-data.ts';
import { normaliseScenario } from '../../models/scenario/normalise-scenario.ts';
import type { PricedProgram } from '../../models/sensitivity/priced-program.ts';
import type { Allowance } from './allowance.ts';
import type { Solving } from './certified-plan.ts';
import { solveScenario } from './solve-scenario.ts';

/** What changes of evidence are worth, as far as the time went. */
export interface EvidenceReport {
  readonly worth: readonly EvidenceWorth[];
  readonly notDone: number;
}

/** A change of evidence with what the prices say of it; no price where the scenario with it granted has faults, or more changes than columns added. */
interface PricedCase extends EvidenceCase {
  readonly price?: EvidencePrice;
}

/**
 * Every single change of evidence that would open something, priced by the plan's duals; those that may be worth something are granted
 * one by one, solved and certified, the most promising first, until the time is up. `plan` is the scenario's own optimal plan;
 * `time` is for these plans, and with less than `secondsToPrice`, about what formulating all evidence takes, nothing is priced.
 */
export function worthOfEvidence(
  solving: Solving,
  plan: Plan,
  priced: PricedProgram,
  isAbout: Selection,
  time: Allowance,
  secondsToPrice: number,
): EvidenceReport {
  const { scenario, data } = solving;
  const names = namesOf(data);
  const hasChoices = priced.isClosed !== undefined;
  const found = evidenceCases(data, isAbout);
  const pairs = found.flatMap(({ opens }) => opens);
  const isTime = time.secondsLeft() > secondsToPrice;
  const all = isTime ? pricerOf(priced, withOnlyPairs(scenario, data, pairs)) : undefined;
  const cases = found.map((each): PricedCase => {
    if (!areNewColumns(data, each)) return each;
    // What cannot be formulated for all at once, for want of a rate or an AHT somewhere, may be for one alone.
    const price =
      all?.(each.opens) ?? (isTime && time.isEnough() ? priceAlone(priced, scenario, each) : undefined);
    return price === undefined ? each : { ...each, price };
  });
  cases.sort((a, b) => promiseOf(b) - promiseOf(a));
  const lines = cases.map((each) => {
    const isNothing = !hasChoices && each.price?.worthAtMost === 0;
    const worth = isNothing ? NOTHING : worthByPlan(solving, plan, each, time);
    return worthLine(solving, each, hasChoices, worth, names);
  });
  const done = lines.filter(({ worth }) => worth !== undefined);
  done.sort((a, b) => b.worth! - a.worth!);
  const open = lines.filter(({ worth }) => worth === undefined);
  return { worth: [...done, ...open], notDone: open.length };
}

/**
 * Whether what is granted adds columns to the program and changes none: a skill makes work faster that is done with it as a second skill already, and
 * lets a second skill stand in for another.
 */
function areNewColumns(
  { teams, positions }: PlanningData,
  { evidence: { kind, team } }: EvidenceCase,
): boolean {
  if (kind !== 'skill' || team === undefined) return true;
  return (teams[positions.team(team)].headcount?.crossTraining ?? []).length === 0;
}

function priceAlone(
  priced: PricedProgram,
  scenario: Solving['scenario'],
  { evidence, opens }: EvidenceCase,
): EvidencePrice | undefined {
  return pricerOf(priced, withEvidence(scenario, evidence))?.(opens);
}

function pricerOf(
  priced: PricedProgram,
  granted: Solving['scenario'],
): ReturnType<typeof evidencePricer> | undefined {
  const { data } = normaliseScenario(granted);
  return data && evidencePricer(priced, data);
}

/** What cannot be priced comes first: it may be worth anything. */
function promiseOf({ price }: PricedCase): number {
  return price?.worthAtMost ?? Number.MAX_VALUE;
}

type FoundWorth = Pick<
  EvidenceWorth,
  'worth' | 'worthAtLeast' | 'worthAtMost' | 'placed' | 'provenBy' | 'unavailable'
>;

const NOTHING: FoundWorth = { worth: 0, placed: [], provenBy: 'prices' };

/** Two costs that are the same number, added up in different plans, differ by less than this fraction. */
const ROUNDING = 1e-9;

/** Solves the scenario with the evidence granted; nothing is found where that gives no optimal plan in time. */
function worthByPlan(
  { scenario, data, options, engine }: Solving,
  plan: Plan,
  { evidence, opens }: EvidenceCase,
  time: Allowance,
): FoundWorth {
  if (!time.isEnough()) return {};
  const asked = { ...options, timeLimitSeconds: time.secondsLeft(), sensitivity: 'none' as const };
  const { plan: granted, faults } = time.spend(() =>
    solveScenario(withEvidence(scenario, evidence), asked, engine, () => undefined),
  );
  if (faults) return { unavailable: faults[0].message };
  if (granted.status !== 'optimal') return {};
  const [cost, grantedCost] = [plan.totalCost!, granted.totalCost!];
  const saving = cost - grantedCost;
  return {
    worth: saving > ROUNDING * Math.max(1, Math.abs(cost)) ? saving : 0,
    // The best plan costs no less than the plan less its gap.
    ...(plan.gap !== undefined && {
      worthAtLeast: Math.max(0, saving - gapInMoney(plan)),
      worthAtMost: Math.max(0, saving + gapInMoney(granted)),
    }),
    placed: placedOn(data, opens, granted),
    provenBy: 'plan',
  };
}

function gapInMoney({ gap = 0, totalCost = 0 }: Plan): number {
  return gap * Math.max(1, Math.abs(totalCost));
}

/** What a plan places on each of some pairs. */
function placedOn(
  { workflows, teams }: PlanningData,
  pairs: readonly Pair[],
  { allocation = [] }: Plan,
): NonNullable<EvidenceWorth['placed']> {
  const hoursOf = new Map<string, number>();
  for (const line of allocation) {
    const key = JSON.stringify([line.workflow, line.team]);
    hoursOf.set(key, (hoursOf.get(key) ?? 0) + line.hours);
  }
  return pairs.flatMap((pair) => {
    const [workflow, team] = [workflows[pair.workflow].id, teams[pair.team].id];
    const hours = hoursOf.get(JSON.stringify([workflow, team]));
    return hours === undefined ? [] : [{ workflow, team, hours }];
  });
}

function worthLine(
  { data }: Solving,
  { evidence, opens, price }: PricedCase,
  hasChoices: boolean,
  found: FoundWorth,
  names: Names,
): EvidenceWorth {
  const line = {
    evidence,
    label: evidenceLabel(evidence, names),
    opens: opens.map(({ workflow, team }) => ({
      workflow: data.workflows[workflow].id,
      team: data.teams[team].id,
    })),
    ...(price && { firstHourSaving: price.firstHourSaving }),
    // Prices with the choices held bound nothing: another choice may do better.
    ...(price && !hasChoices && { worthAtMost: price.worthAtMost }),
    ...found,
  };
  return { ...line, sentence: worthSentence(line, names) };
}
