import { namesOf } from '../../models/constraint-family.ts';
import type { BreakEvenSheet, RatePoint, SheetLine } from '../../models/explanation.ts';
import { straightOnly } from '../../models/explanation/break-even.ts';
import { LostCurve } from '../../models/explanation/concave-curve.ts';
import { rateCurve, type SolvedRate } from '../../models/explanation/rate-steps.ts';
import { sheetSentence } from '../../models/explanation/sheet-sentence.ts';
import type { PlanningData, Team } from '../../models/planning-data.ts';
import type { PlanAgain, SolvedAgain } from './solve-again.ts';

/** What sheets are made from. Columns are those of the program that is solved again. */
export interface Negotiation {
  readonly data: PlanningData;
  readonly totalCost: number;
  /** The placements of each team that no choice keeps out, as columns of the planning data. */
  readonly openColumns: (team: number) => readonly number[];
  /** The position of a placement in the program that is solved again. */
  readonly positionOf: (column: number) => number;
  /** As in `rateUnitsOf`. */
  readonly rateUnits: Float64Array;
  readonly again: PlanAgain;
}

export interface Sheets {
  readonly sheets: readonly BreakEvenSheet[];
  /** Teams for which the time did not suffice. */
  readonly notDone: number;
}

/** A break-even sheet for every vendor of the teams that are asked about, of these teams; those without a rate by the hour are left out. */
export function breakEvenSheets(negotiation: Negotiation, isTeamAbout: (team: number) => boolean): Sheets {
  const { data } = negotiation;
  const names = namesOf(data);
  let notDone = 0;
  const sheets = data.vendors.flatMap((vendor, v) => {
    const teams = data.teams.flatMap(({ site, headcount, billedByContract }, k) => {
      // People and contracts have prices of their own: of a head who joins, of an hour that is billed.
      if (headcount || billedByContract) return [];
      if (data.sites[site].vendor !== v || !isTeamAbout(k)) return [];
      const line = lineOf(negotiation, k);
      notDone += Number(!line.steps && !line.points && line.unavailable === undefined);
      return [{ ...line, sentence: sheetSentence(line, names) }];
    });
    return teams.length > 0 ? [{ vendor, teams }] : [];
  });
  return { sheets, notDone };
}

/** Of today's rate, on either side: so far the curve is followed. */
const REACH = 0.5;

function lineOf(negotiation: Negotiation, k: number): Omit<SheetLine, 'sentence'> {
  const { data, totalCost, again, positionOf, rateUnits } = negotiation;
  const team = data.teams[k];
  const columns = negotiation.openColumns(k);
  const driven = columns.filter((column) => rateUnits[column] > 0);
  const costLine = {
    columns: driven.map(positionOf),
    perUnit: driven.map((column) => rateUnits[column]),
  };
  const { amount } = team.rate;
  const today = solvedRate(negotiation, columns, again.planAt(costLine, amount));
  const line = {
    team: team.id,
    site: data.sites[team.site].id,
    rate: team.rate,
    units: today.slope,
    hours: today.hours,
    spend: today.slope * amount + today.otherSpend,
    ...(team.paidForCapacity && { payroll: payrollOf(team) }),
  };
  const unavailable = whyNoRateMatters(data, team, driven.length);
  if (unavailable !== undefined) return { ...line, unavailable };
  const solve = (rate: number) => solvedRate(negotiation, columns, again.solveAt(costLine, rate));
  try {
    if (today.isBent) throw new LostCurve('budget');
    const ends = [(1 - REACH) * amount, (1 + REACH) * amount] as const;
    return { ...line, ...rateCurve(today, totalCost, ends, straightOnly(solve)) };
  } catch (error) {
    if (!(error instanceof LostCurve)) throw error;
    if (error.why === 'rounding') return { ...line, unavailable: 'Rounding leaves no steps to be trusted.' };
    return error.why === 'time' ? line : { ...line, ...pointsOf(negotiation, today, solve) };
  }
}

/** A rate moves work only where it makes the cost of some. */
function whyNoRateMatters(
  { rules }: PlanningData,
  { paidForCapacity, rate }: Team,
  drivenCount: number,
): string | undefined {
  // A budget pays for the capacity, too: a higher rate leaves less of it for work.
  if (paidForCapacity)
    return `Its whole capacity is paid for, so its rate moves ${'budget' in rules ? 'work only through the budgets that pay for it' : 'no work'}.`;
  if (drivenCount === 0)
    return 'No work that it may do in this plan is charged by its rate, so its rate moves none.';
  return rate.amount === 0 ? 'Its rate is 0, so there is no share of it to move it by.' : undefined;
}

/** Money over the horizon. */
function payrollOf({ capacity }: Team): number {
  return capacity.reduce((sum, entry) => sum + (entry?.payroll ?? 0), 0);
}

/** Shares of today's rate at which plans are solved where the curve cannot be followed. */
const POINTS = [0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1, 1.05, 1.1, 1.15, 1.2, 1.3, 1.4, 1.5];

/** The best plans at some rates; nothing where the time does not suffice for all. */
function pointsOf(
  { totalCost }: Negotiation,
  today: SolvedRate,
  solve: (rate: number) => SolvedRate,
): { points?: RatePoint[] } {
  try {
    const points = POINTS.map((share): RatePoint => {
      const rate = share * today.at;
      try {
        const { slope, hours, otherSpend, value } = share === 1 ? today : solve(rate);
        return { rate, units: slope, hours, spend: slope * rate + otherSpend, totalCost: totalCost + value };
      } catch (error) {
        if (error instanceof LostCurve && error.why === 'no-plan') return { rate };
        throw error;
      }
    });
    return { points };
  } catch (error) {
    if (error instanceof LostCurve) return {};
    throw error;
  }
}

/** What a plan has at a team; `columns` are all its placements. */
function solvedRate(
  { data, positionOf, rateUnits }: Negotiation,
  columns: readonly number[],
  plan: SolvedAgain,
): SolvedRate & Pick<SolvedAgain, 'isBent'> {
  let [hours, otherSpend] = [0, 0];
  for (const column of columns) {
    const placed = Math.max(0, plan.columnValue[positionOf(column)]);
    hours += placed;
    if (rateUnits[column] === 0) otherSpend += placed * data.placements.costPerDemandHour[column];
  }
  const { at, value, slope, reachesTo, isBent } = plan;
  return {
    at,
    value,
    slope,
    ...(reachesTo !== undefined && { reachesTo }),
    ...(isBent && { isBent }),
    hours,
    otherSpend,
  };
}
