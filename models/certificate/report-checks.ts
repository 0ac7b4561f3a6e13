import type { ConstraintReport, PlacementReport, Plan, PlanPrice, PricedReport } from '../plan.ts';
import { dualBound, type DualBound } from './dual-bound.ts';
import type { HeldChoices } from './held-choices.ts';
import { limitKey, type LimitUse } from './limit-use.ts';
import type { RecomputedScenario } from './recomputed-scenario.ts';
import { checkSides } from './side-checks.ts';
import { type Finding, note, refuse, TOLERANCE } from './finding.ts';

/**
 * Holds the sensitivity report against the prices that travel with the plan and against the plan's own use of its
 * limits. Every limit and every permitted placement must be there, once.
 */
export function reportFaults(
  model: RecomputedScenario,
  answer: Plan,
  duals: readonly PlanPrice[],
  { uses, choices }: { readonly uses: readonly LimitUse[]; readonly choices: HeldChoices | undefined },
): string[] {
  const report = answer.sensitivity;
  if (report === undefined || 'unavailable' in report) return [];
  const finding: Finding = { worst: 0, faults: [] };
  const prices = new Map(duals.map(({ family, subject, price }) => [limitKey(family, subject), price]));
  checkLimits(report, answer.totalCost ?? 0, uses, prices, finding);
  if (report.basis !== (choices === undefined ? 'lp' : 'choices-fixed'))
    refuse(finding, 'the report does not say what its prices hold for');
  const { reducedCostOf } = dualBound(model, duals, true, choices);
  checkPlacements(model, answer, report.placements, reducedCostOf, prices, finding);
  checkExchangeRates(model, answer, report, prices, finding);
  return finding.faults;
}

/** Every period of a contract in another currency is there, and worth what is billed in it, budgets counted. */
function checkExchangeRates(
  { scenario, contracts, find }: RecomputedScenario,
  { contracts: bills = [] }: Plan,
  { exchangeRates = [] }: PricedReport,
  prices: Prices,
  finding: Finding,
): void {
  const stated = new Map(
    exchangeRates.map((line) => [`${line.vendor.normalize()} ${find.period(line.period)}`, line]),
  );
  let owed = 0;
  for (const { vendor, period, total } of bills) {
    const t = find.period(period)!;
    const contract = contracts.find((each) => each.vendor === vendor.normalize());
    if (contract === undefined || contract.currency === scenario.currency) continue;
    owed += 1;
    const line = stated.get(`${contract.vendor} ${t}`);
    if (line === undefined) {
      refuse(finding, `the report leaves out the exchange rate of ${vendor} in ${period}`);
      continue;
    }
    const budgets = [{ period: scenario.periods[t].id }, {}].map(
      (subject) => prices.get(limitKey('budget', subject)) ?? 0,
    );
    const change = 0.01 * contract.exchangeRate(t) * total * (1 - budgets[0] - budgets[1]);
    const name = () => `the exchange rate of ${vendor} in ${period}`;
    note(finding, name, Math.abs(line.costOfOnePercentMore - change), change);
    note(finding, name, Math.abs(line.spend - total), total);
    const rate = contract.exchangeRate(t);
    note(finding, name, Math.abs(line.exchangeRate - rate), rate);
    if (line.currency !== contract.currency) refuse(finding, `${name()} is not that of its currency`);
  }
  if (exchangeRates.length !== owed) refuse(finding, 'the report has exchange rates of no contract');
}

type Prices = ReadonlyMap<string, number>;

function checkLimits(
  { constraints, constraintsNotDone = 0 }: PricedReport,
  totalCost: number,
  uses: readonly LimitUse[],
  prices: Prices,
  finding: Finding,
): void {
  const useOf = new Map(uses.map((use) => [limitKey(use.family, use.subject), use]));
  const missing = new Map(useOf);
  for (const row of constraints) {
    const key = limitKey(row.family, row.subject);
    const use = missing.get(key);
    if (use === undefined) {
      refuse(finding, `the report on "${row.label}" is about no limit of the scenario, or about one twice`);
      continue;
    }
    missing.delete(key);
    const price = prices.get(key) ?? 0;
    note(finding, () => `the price of "${row.label}"`, Math.abs(row.shadowPrice - price), price);
    note(finding, () => `the use of "${row.label}"`, Math.abs(row.used - use.used), use.limit);
    note(finding, () => `the limit of "${row.label}"`, Math.abs(row.limit - use.limit), use.limit);
    note(finding, () => `the slack of "${row.label}"`, Math.abs(row.slack - roomTo(use)), use.limit);
    const isAtLimit = use.sense === '=' || row.slack <= TOLERANCE * Math.max(1, Math.abs(use.limit));
    const hasRoom = use.sense !== '=' && row.slack > 0;
    if (row.binding ? !isAtLimit : !hasRoom)
      refuse(finding, `"${row.label}" is said to be ${row.binding ? '' : 'not '}binding`);
    checkSides(row, totalCost, finding);
    checkNamedLimits(row, useOf, finding);
  }
  // A report on both sides says how many limits it leaves out.
  if (missing.size === constraintsNotDone) return;
  for (const { what } of missing.values()) refuse(finding, `the report leaves out ${what()}`);
}

function roomTo({ sense, used, limit }: LimitUse): number {
  return sense === '>=' ? used - limit : limit - used;
}

/** The limits that a report on one of them names are there, and what is said to hold it is reached. */
function checkNamedLimits(
  { label, sameAs = [], heldBy = [] }: ConstraintReport,
  useOf: ReadonlyMap<string, LimitUse>,
  finding: Finding,
): void {
  for (const other of [...sameAs, ...heldBy]) {
    if (!useOf.has(limitKey(other.family, other.subject)))
      refuse(finding, `the report on "${label}" names "${other.label}", which is no limit of the scenario`);
  }
  for (const other of heldBy) {
    const use = useOf.get(limitKey(other.family, other.subject));
    if (use && roomTo(use) > TOLERANCE * Math.max(1, Math.abs(use.limit)))
      refuse(finding, `"${other.label}" is said to hold "${label}", and is not reached`);
  }
}

function checkPlacements(
  model: RecomputedScenario,
  answer: Plan,
  lines: readonly PlacementReport[],
  reducedCostOf: DualBound['reducedCostOf'],
  prices: Prices,
  finding: Finding,
): void {
  const [K, T] = [model.scenario.teams.length, model.T];
  const positionsOf = (line: {
    readonly workflow: string;
    readonly team: string;
    readonly period: string;
  }) => {
    const { workflow, team, period } = model.find;
    return [workflow(line.workflow), team(line.team), period(line.period)] as const;
  };
  // What the scenario does not have gets NaN, which is no key of a placement.
  const keyOf = (w = NaN, k = NaN, t = NaN) => (w * K + k) * T + t;
  const hours = new Map(answer.allocation?.map((line) => [keyOf(...positionsOf(line)), line.hours]));
  const horizonPrice = prices.get(limitKey('budget', {})) ?? 0;
  const missing = permittedPlacements(model, keyOf);
  for (const line of lines) {
    const name = `${line.workflow} / ${line.team} / ${line.period}`;
    const [w, k, t] = positionsOf(line);
    const key = keyOf(w, k, t);
    if (!missing.delete(key)) {
      refuse(finding, `${name} is not a placement the scenario permits, or stands in the report twice`);
      continue;
    }
    const facts = model.placement(w!, k!, t!)!;
    const { cost } = facts;
    const reducedCost = reducedCostOf(w!, k!, t!, facts);
    const placed = hours.get(key) ?? 0;
    const budgetPrice = horizonPrice + (prices.get(limitKey('budget', { period: line.period })) ?? 0);
    const breakEven = cost - reducedCost / (1 - budgetPrice);
    note(finding, () => `the hours of ${name}`, Math.abs(line.hours - placed), placed);
    note(finding, () => `the cost of ${name}`, Math.abs(line.costPerDemandHour - cost), cost);
    note(finding, () => `the reduced cost of ${name}`, Math.abs(line.reducedCost - reducedCost), cost);
    note(
      finding,
      () => `the break-even of ${name}`,
      Math.abs(line.breakEvenCostPerDemandHour - breakEven),
      cost,
    );
  }
  if (missing.size > 0) refuse(finding, `the report leaves out ${missing.size} placements`);
}

function permittedPlacements(
  model: RecomputedScenario,
  keyOf: (w: number, k: number, t: number) => number,
): Set<number> {
  const permitted = new Set<number>();
  model.scenario.workflows.forEach((_, w) => {
    model.scenario.teams.forEach((_team, k) => {
      for (let t = 0; t < model.T; t += 1)
        if (model.placement(w, k, t) !== undefined) permitted.add(keyOf(w, k, t));
    });
  });
  return permitted;
}
