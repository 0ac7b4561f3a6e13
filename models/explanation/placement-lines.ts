import type { ClosedChoices } from '../choices.ts';
import { choicesBehind } from '../choices.ts';
import { type ColumnKey, type PlacementChoiceKey, textOfKey } from '../linear-program.ts';
import { NOISE_HOURS } from '../plan-numbers.ts';
import type { LimitName, PlacementPriceLine } from '../explanation.ts';
import type { PlacementReport } from '../plan.ts';
import { canNobodyHave } from '../people/cross-training.ts';
import type { PlanningData } from '../planning-data.ts';
import type { PricedProgram } from '../sensitivity/priced-program.ts';
import type { FoundBreakEven } from './break-even.ts';
import { type Cause, causeOf } from './cause.ts';
import { type ChargedCost, chargesOfPlacements } from './placement-charges.ts';

/** One workflow at one team in one period, with its cause; positions in the planning data. */
export interface PlacementLine {
  readonly workflow: number;
  readonly team: number;
  readonly period: number;
  readonly cause: Cause;
  /** The limits or choices that make it so. */
  readonly because: readonly LimitName[];
  /** Absent where the team has no capacity in the period. */
  readonly price?: PlacementPriceLine;
}

/** A line of a placement that is a column of the program. */
export type PricedLine = PlacementLine & { readonly price: PlacementPriceLine };

/** Which workflows at which teams are asked about. */
export type Selection = (workflow: number, team: number) => boolean;

/** The columns that are asked about. */
export function selectedColumns({ placements, workflows }: PlanningData, isAbout: Selection): number[] {
  const { count, workflow, team, period } = placements;
  const columns: number[] = [];
  for (let j = 0; j < count; j += 1)
    if (workflows[workflow[j]].mostHours[period[j]] > 0 && isAbout(workflow[j], team[j])) columns.push(j);
  return columns;
}

/** Makes lines of placements; `rowPrice` are the plan's prices, or others that are just as optimal. */
export function lineMaker(
  solved: PricedProgram,
  reports: readonly PlacementReport[],
  closed: ClosedChoices,
): (column: number, rowPrice?: Float64Array) => PricedLine {
  const { data, program, columnValue, isClosed } = solved;
  const costs = chargesOfPlacements(program);
  const nameOf = (row: number): LimitName => ({
    family: program.rows[row].family,
    subject: program.rows[row].subject,
  });
  return (column, rowPrice = solved.rowPrice) => {
    const key = program.columns[column] as Extract<ColumnKey, { readonly kind: 'placement' }>;
    const charged = costs.chargedCost(column, rowPrice);
    const isShut = isClosed?.[column] === 1;
    const { cause, because } = causeOf(charged, {
      isUsed: columnValue[column] > NOISE_HOURS,
      emptyRooms: costs.rowsOf(column).filter((row) => isEmptyRoom(row)),
      isClosed: isShut,
      familyOf: (row) => program.rows[row].family,
    });
    const choices = isShut && cause === 'held-by-rule' && because.length === 0;
    return {
      workflow: key.workflow,
      team: key.team,
      period: key.period,
      cause,
      because: choices
        ? choicesBehind(data, key)
            .filter((choice) => closed.has(textOfKey(choice)))
            .map((choice) => nameOfChoice(data, choice))
        : because.map(nameOf),
      price: priceLine(charged, reports[column], nameOf),
    };
  };

  function isEmptyRoom(row: number): boolean {
    const { family, subject, isGivenByPlan } = program.rows[row];
    if (family === 'second-skill') return canNobodyHave(data, subject);
    const isRoom = (family === 'team-capacity' || family === 'site-seats') && !isGivenByPlan;
    return isRoom && program.rowUpper[row] === 0;
  }
}

function priceLine(
  { costPerDemandHour: cost, charges, demandPrice, reducedCost }: ChargedCost,
  report: PlacementReport,
  nameOf: (row: number) => LimitName,
): PlacementPriceLine {
  const { allowableDecrease: down, allowableIncrease: up } = report;
  return {
    period: report.period,
    hours: report.hours > NOISE_HOURS ? report.hours : 0,
    costPerDemandHour: cost,
    charges: charges.map(({ row, perHour }) => ({ ...nameOf(row), perHour })),
    demandPrice,
    reducedCost,
    planHoldsFrom: down === null ? null : cost - down,
    planHoldsTo: up === null ? null : cost + up,
    ...(report.closed && { closed: true as const }),
  };
}

/** The line with a break-even that has been confirmed; a plan holds as far as to there. `rateUnits` as in `rateUnitsOf`. */
export function withBreakEven(
  { data }: Pick<PricedProgram, 'data'>,
  line: PricedLine,
  found: FoundBreakEven,
  rateUnits: number,
): PricedLine {
  const { price } = line;
  if (found === null) return { ...line, price: { ...price, breakEven: null } };
  const { basis } = data.teams[line.team].rate;
  if (found.cost < 0) return { ...line, price: { ...price, planHoldsFrom: found.cost, breakEven: null } };
  const end = line.cause === 'used' ? { planHoldsTo: found.cost } : { planHoldsFrom: found.cost };
  const breakEven = {
    costPerDemandHour: found.cost,
    ...(rateUnits > 0 && { rate: { basis, amount: found.cost / rateUnits } }),
    hours: found.hours,
    ...(found.hoursAtCost !== undefined && { hoursAtCost: found.hoursAtCost }),
  };
  return { ...line, price: { ...price, ...end, breakEven } };
}

/** The rule that a choice belongs to, with what it is about. */
function nameOfChoice({ workflows, sites, periods }: PlanningData, choice: PlacementChoiceKey): LimitName {
  const site = sites[choice.site].id;
  switch (choice.kind) {
    case 'site-open':
      return { family: 'site-opening', subject: { site } };
    case 'workflow-at-site':
      return { family: 'max-sites', subject: { workflow: workflows[choice.workflow].id, site } };
    case 'workflow-at-site-in-period': {
      const [workflow, period] = [workflows[choice.workflow].id, periods[choice.period].id];
      return { family: 'minimum-team-hours', subject: { workflow, site, period } };
    }
  }
}
