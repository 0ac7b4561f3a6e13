import { familyNamed } from '../constraints/index.ts';
import type { ConstraintFamily, Names } from '../constraint-family.ts';
import { isAllowance, rightHandSide, type RowSense, senseOfRow, type Subject } from '../linear-program.ts';
import type { ConstraintReport, PricedReport } from '../plan.ts';
import { placementsByPeriod, placementsByWorkflowAndPeriod } from '../placement-groups.ts';
import type { PlanningData } from '../planning-data.ts';
import { BINDING_TOLERANCE, distance, type LimitUsage, type PricedProgram } from './priced-program.ts';
import { namedLimits } from './named-limits.ts';
import { placementReports } from './placement-report.ts';
import type { SameLimits } from './same-limits.ts';

/**
 * What one optimal basis says, in numbers: every limit with its price and range, every placement with its reduced cost and range.
 *
 * Prices are the change of total cost per unit increase of the limit (Excel's sign). Ranges say how far a limit or a
 * cost may move alone while the price, or the plan, stays; for a limit that does not bind it is the room to it.
 */
export function basisReport(solved: PricedProgram, same: SameLimits, names: Names): PricedReport {
  const usage = limitUsage(solved);
  const constraints = solved.program.rows.flatMap(({ isDefinition }, row) =>
    isDefinition ? [] : [constraintReport(solved, row, usage[row], same, names)],
  );
  return {
    convention: 'change of total cost per unit increase of the limit',
    basis: solved.isClosed ? 'choices-fixed' : 'lp',
    constraints,
    placements: placementReports(solved, usage),
  };
}

function limitUsage({ data, program, columnValue }: PricedProgram): LimitUsage[] {
  const placed = hoursPlaced(data, columnValue);
  return program.rows.map((key, row) => {
    let [activity, supply] = [0, 0];
    for (let i = program.rowStart[row]; i < program.rowStart[row + 1]; i += 1) {
      const taken = program.coefficient[i] * columnValue[program.columnIndex[i]];
      activity += taken;
      if (key.isGivenByPlan && program.coefficient[i] < 0) supply -= taken;
    }
    const inPlan = key.shareOf
      ? key.shareOf.share * placed(key.shareOf.period, key.shareOf.workflow)
      : supply;
    const used = activity + key.offset + inPlan;
    const limit = rightHandSide(program, row) + key.offset + inPlan;
    return usageOf(senseOfRow(program, row), used, limit);
  });
}

function usageOf(sense: RowSense, used: number, limit: number): LimitUsage {
  const room = sense === '>=' ? used - limit : limit - used;
  const isBinding = sense === '=' || room <= BINDING_TOLERANCE * Math.max(1, Math.abs(limit));
  // A plan that stands at its limit uses just the limit; the rest is the engine's noise.
  return isBinding ? { used: limit, limit, slack: 0, isBinding } : { used, limit, slack: room, isBinding };
}

/** Looks up the hours placed in a period, for one workflow or for all. */
function hoursPlaced(data: PlanningData, columnValue: Float64Array): (t: number, w?: number) => number {
  const total = ({ start, member }: ReturnType<typeof placementsByPeriod>) =>
    Float64Array.from({ length: start.length - 1 }, (_, group) => {
      let hours = 0;
      for (let i = start[group]; i < start[group + 1]; i += 1) hours += columnValue[member[i]];
      return hours;
    });
  const byPeriod = total(placementsByPeriod(data));
  const byWorkflow = total(placementsByWorkflowAndPeriod(data));
  return (t, w) => (w === undefined ? byPeriod[t] : byWorkflow[w * data.periods.length + t]);
}

function constraintReport(
  solved: PricedProgram,
  row: number,
  usage: LimitUsage,
  same: SameLimits,
  names: Names,
): ConstraintReport {
  const { program, rowPrice, ranges } = solved;
  const { family: familyName, subject } = program.rows[row];
  const family = familyNamed(familyName);
  const isBasic = ranges.isBasicRow[row] === 1;
  const range = isBasic
    ? rangeOfIdleRow(senseOfRow(program, row), usage)
    : rangeOfPricedRow(rightHandSide(program, row), ranges.rowDown[row], ranges.rowUp[row]);
  return {
    family: familyName,
    subject,
    label: family.wording.label(subject, names),
    unit: unitText(family, subject, names),
    used: usage.used,
    limit: usage.limit,
    slack: usage.slack,
    binding: usage.isBinding,
    // With no room on one side, the price on that side is another basis' business; below a limit of 0 there is no side.
    degenerate: usage.isBinding && (range.increase === 0 || (range.decrease === 0 && usage.limit > 0)),
    shadowPrice: isBasic ? 0 : rowPrice[row] + 0,
    allowableIncrease: range.increase,
    // A limit cannot fall below zero, however long the price would hold; an allowance can.
    allowableDecrease: isAllowance(program.rows[row]) ? range.decrease : atMost(range.decrease, usage.limit),
    ...(same.has(row) && { sameAs: namedLimits(program, same.get(row)!, names) }),
  };
}

function unitText(family: ConstraintFamily, subject: Subject, names: Names): string {
  const unit = family.unitOf?.(subject, names) ?? family.unit;
  return unit === 'money' ? names.currency : unit;
}

interface Range {
  readonly increase: number | null;
  readonly decrease: number | null;
}

/** A row whose slack is basic does not hold the plan: it may move away without end and towards the plan by its slack. */
function rangeOfIdleRow(sense: RowSense, { slack }: LimitUsage): Range {
  if (sense === '<=') return { increase: null, decrease: slack };
  if (sense === '>=') return { increase: slack, decrease: null };
  return { increase: 0, decrease: 0 };
}

function rangeOfPricedRow(rightHandSide: number, down: number, up: number): Range {
  return { increase: distance(rightHandSide, up), decrease: distance(down, rightHandSide) };
}

function atMost(decrease: number | null, limit: number): number {
  return decrease === null ? limit : Math.min(decrease, limit);
}
