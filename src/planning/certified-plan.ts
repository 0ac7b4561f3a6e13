import { heldBracket, type HeldChoices, openOf } from '../../models/choices.ts';
import { certify } from '../../models/certificate.ts';
import { constantCostOf } from '../../models/constraints/budget.ts';
import type { BasisRanges, LinearProgram } from '../../models/linear-program.ts';
import type { Plan, PlanNumbers, PlanPrice, PricedReport } from '../../models/plan.ts';
import { planNumbersOf } from '../../models/plan-numbers.ts';
import type { PlanningData } from '../../models/planning-data.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { classicReport } from '../../models/sensitivity/classic-report.ts';
import type { PricedProgram } from '../../models/sensitivity/priced-program.ts';
import { exchangeRateReports } from '../../models/sensitivity/exchange-rates.ts';
import { fullReport } from '../../models/sensitivity/full-report.ts';
import { type Engine, fullNameOf } from '../engines/engine.ts';
import type { SearchProgress } from '../processes/messages.ts';
import { confirmPrices } from './confirmed-prices.ts';
import type { SolveOptions } from './solve-options.ts';
import type { ProgramAtOptimum } from './what-if.ts';

/** The stations a solve passes, in order; each is announced before it begins. */
export type Stage = 'formulate' | 'solve' | 'certify' | 'price' | 'cross-check' | 'explain';

/** Tells which station a solve is at, and during a search how far that is. */
export type Announce<Station extends string = Stage> = (stage: Station, search?: SearchProgress) => void;

/** What the stations after the engine work with. */
export interface Solving {
  readonly scenario: Scenario;
  readonly data: PlanningData;
  readonly program: LinearProgram;
  readonly options: SolveOptions;
  readonly engine: Engine;
  readonly secondsLeft: () => number;
  readonly announce: Announce;
  /** Takes a proven, priced program over, for what is asked of a plan beyond its report. */
  readonly takeOver?: (proven: ProvenProgram) => void;
}

/** A cost and a bound that are the same number, added up in different orders, differ by less than this fraction. */
const ROUNDING = 1e-9;

/** A linear program solved: the scenario's own, or what is left of it with its choices held. */
export interface SolvedProgram {
  readonly program: LinearProgram;
  readonly columnValue: Float64Array;
  readonly rowPrice?: Float64Array;
  readonly ranges?: BasisRanges;
  /** Present where choices are held; below `bound` lies the cost of no choices, payroll left out. */
  readonly held?: { readonly choices: HeldChoices; readonly bound: number };
}

/** The program of a proven plan with its prices, and as an engine can solve it again. */
export interface ProvenProgram {
  readonly priced: PricedProgram;
  readonly again: SolvableAgain;
}

/** A program with its solution and the optimal basis to start from; what choices close is not there to be used. */
export interface SolvableAgain extends ProgramAtOptimum {
  readonly columnValue: Float64Array;
  readonly rowPrice: Float64Array;
  /** The columns, as positions in the priced program; absent where they are the same. */
  readonly openColumns?: Int32Array;
}

/**
 * The plan of a solved program, proven, and priced where that was asked for; `failed` where the proof fails.
 */
export function certifiedPlan(solving: Solving, solved: SolvedProgram): Plan {
  const { scenario, data, options, engine, announce } = solving;
  announce('certify');
  const numbers = planNumbersOf(
    data,
    solved.program,
    solved.columnValue,
    (vendor, period) => solved.held && heldBracket(data, solved.held.choices.closed, vendor, period),
  );
  const gap = solved.held && gapOf(data, numbers, solved.held.bound);
  // A linear program's prices are owed; a plan that the search found is not lost for want of them.
  const isTakenAtItsWord = !engine.capabilities.prices || (solved.held && !solved.rowPrice);
  const duals = isTakenAtItsWord ? 'engine' : pricesOf(solved.program, solved.rowPrice);
  const certificate = certify(scenario, numbers, duals, fullNameOf(engine), gap);
  if (!certificate.verified) {
    const { duals: _unproven, ...rest } = certificate;
    return { status: 'failed', reason: 'certificate', certificate: rest };
  }
  const isOptimal = gap === undefined || gap <= Math.max(options.mipGap, ROUNDING);
  const plan: Plan = {
    status: isOptimal ? 'optimal' : 'feasible',
    ...numbers,
    ...(gap !== undefined && { gap }),
    certificate,
    ineligible: ineligibleOf(data),
  };
  if (options.sensitivity === 'none' || !isOptimal) return plan;
  if (isTakenAtItsWord) {
    const unavailable = engine.capabilities.prices
      ? 'The time ended before the plan could be priced. Allow more with timeLimitSeconds.'
      : `The engine ${engine.name} gives no prices; highs does.`;
    return { ...plan, sensitivity: { unavailable } };
  }
  announce('price');
  const sensitivity = reportOf(solving, solved, numbers.totalCost);
  return { ...plan, sensitivity: withExchangeRates(sensitivity, data, solved, numbers) };
}

function withExchangeRates(
  report: NonNullable<Plan['sensitivity']>,
  data: PlanningData,
  { program, rowPrice }: SolvedProgram,
  { contracts = [] }: PlanNumbers,
): NonNullable<Plan['sensitivity']> {
  if ('unavailable' in report || !rowPrice) return report;
  const exchangeRates = exchangeRateReports(data, program, rowPrice, contracts);
  return exchangeRates.length === 0 ? report : { ...report, exchangeRates };
}

/** Pricing ends before the time does: what is priced by then is still to be written. */
const PRICING_SHARE = 0.8;

/** More than an engine is given at least: else time that is over would never be seen to be. */
const LEAST_KEPT_SECONDS = 0.02;

function reportOf(
  solving: Solving,
  solved: SolvedProgram,
  totalCost: number,
): NonNullable<Plan['sensitivity']> {
  const { data, options, secondsLeft } = solving;
  const { ranges, rowPrice, held } = solved;
  if (!ranges || !rowPrice)
    return { unavailable: 'The engine ended without a basis, so it has no prices with ranges.' };
  const priced = { ...solved, data, ranges, rowPrice, ...(held && { isClosed: held.choices.isClosed }) };
  const again = solvableAgain({ ...solved, ranges, rowPrice });
  solving.takeOver?.({ priced, again });
  if (options.sensitivity === 'classic') return classicReport(priced);
  const secondsKept = Math.max(LEAST_KEPT_SECONDS, (1 - PRICING_SHARE) * secondsLeft());
  const full = fullReport(priced, totalCost, () => secondsLeft() <= secondsKept);
  return 'unavailable' in full ? full : confirmed(solving, again, full);
}

function solvableAgain({
  program,
  columnValue,
  ranges,
  rowPrice,
  held,
}: SolvedProgram & Pick<PricedProgram, 'ranges' | 'rowPrice'>): SolvableAgain {
  if (held === undefined) return { program, columnValue, rowPrice, basis: ranges };
  const { solved, openColumns } = held.choices;
  return {
    program: solved,
    columnValue: openOf(held.choices, columnValue),
    rowPrice,
    basis: { ...ranges, isBasicColumn: Uint8Array.from(openOf(held.choices, ranges.isBasicColumn)) },
    openColumns,
  };
}

/** The report once some of its prices are confirmed by solving again; none at all where one is not. */
function confirmed(
  { engine, secondsLeft }: Solving,
  again: SolvableAgain,
  report: PricedReport,
): NonNullable<Plan['sensitivity']> {
  const { constraints } = report;
  const { count, refuted, warmAnswersRefused } = confirmPrices(engine, again, constraints, secondsLeft);
  if (refuted === undefined)
    return {
      ...report,
      constraintsConfirmed: count,
      ...(warmAnswersRefused > 0 && { warmAnswersRefused }),
    };
  return { unavailable: `Solving again gave another price for "${refuted}", so no price is to be trusted.` };
}

/** How far at most a plan is from the best one, relative to its cost; `bound` leaves the payroll out that no plan changes. */
function gapOf(data: PlanningData, { totalCost }: PlanNumbers, bound: number): number {
  const payroll = constantCostOf(data, 0, data.periods.length - 1);
  return Math.max(0, (totalCost - payroll - bound) / Math.max(1, Math.abs(totalCost)));
}

export function ineligibleOf(data: PlanningData): NonNullable<Plan['ineligible']> {
  // The same lines; only the answer's type is free to be changed.
  return data.workflows.flatMap((_, w) => data.ineligible(w)) as NonNullable<Plan['ineligible']>;
}

/** The prices that are not 0, by the limit they belong to. */
function pricesOf(
  program: LinearProgram,
  rowPrice: Float64Array = new Float64Array(program.rows.length),
): PlanPrice[] {
  return program.rows.flatMap(({ family, subject, isDefinition }, row) =>
    isDefinition || rowPrice[row] === 0 ? [] : [{ family, subject, price: rowPrice[row] }],
  );
}
