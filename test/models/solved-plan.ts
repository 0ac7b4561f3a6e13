import { buildAllocationModel } from '../../models/allocation-model.ts';
import { constantCostOf } from '../../models/constraints/budget.ts';
import type { Fault } from '../../models/fault.ts';
import { type Subject, textOfLimit } from '../../models/linear-program.ts';
import type { Diagnosis } from '../../models/diagnosis.ts';
import type { ConstraintReport, PlacementReport, Plan } from '../../models/plan.ts';
import { checkScenario } from '../../models/scenario/check-scenario.ts';
import { normaliseScenario } from '../../models/scenario/normalise-scenario.ts';
import type { PlanningData } from '../../models/planning-data.ts';
import { loadHighsEngine } from '../../src/engines/highs.ts';
import { withDefaults } from '../../src/planning/solve-options.ts';
import { solveScenario } from '../../src/planning/solve-scenario.ts';
import { optimumOf, withMovedRow } from './moved-row.ts';

const engine = await loadHighsEngine();

/** Checks and solves a scenario with its sensitivity; throws where the scenario has faults. */
export function solve(scenario: unknown, sensitivity: 'classic' | 'full' = 'classic'): Plan {
  const { plan, faults } = solveScenario(
    valid(scenario),
    withDefaults({ timeLimitSeconds: 20, sensitivity }),
    engine,
    () => undefined,
  );
  if (faults) throw new Error(JSON.stringify(faults));
  return plan;
}

/** An optimal plan whose report can be asked for single limits and placements. */
export interface SolvedPlan {
  readonly plan: Plan;
  readonly totalCost: number;
  readonly limit: (family: string, subject: Subject) => ConstraintReport;
  /** What the best plan costs with one limit moved, solved again; undefined where there is none. Not for plans with choices. */
  readonly costWith: (family: string, subject: Subject, step: number) => number | undefined;
  readonly placement: (workflow: string, team: string, period: string) => PlacementReport;
  readonly hours: (workflow: string, team: string, period: string) => number;
}

export function solveOptimal(
  scenario: unknown,
  sensitivityAsked: 'classic' | 'full' = 'classic',
): SolvedPlan {
  const plan = solve(scenario, sensitivityAsked);
  const { sensitivity, totalCost, allocation } = plan;
  if (plan.status !== 'optimal' || totalCost === undefined || !sensitivity || 'unavailable' in sensitivity)
    throw new Error(`The plan is not optimal with a report but ${JSON.stringify(plan)}.`);
  const isAbout = (family: string, subject: Subject) => (row: { family: string; subject: Subject }) =>
    textOfLimit(row) === textOfLimit({ family, subject });
  return {
    plan,
    totalCost,
    limit: (family, subject) => only(sensitivity.constraints.filter(isAbout(family, subject))),
    costWith: (family, subject, step) => {
      const data = planningData(scenario);
      const program = buildAllocationModel(data);
      const optimum = optimumOf(
        engine,
        withMovedRow(program, program.rows.findIndex(isAbout(family, subject)), step),
      );
      return optimum === undefined ? undefined : optimum + constantCostOf(data, 0, data.periods.length - 1);
    },
    placement: (workflow, team, period) =>
      only(
        sensitivity.placements.filter(
          (line) => line.workflow === workflow && line.team === team && line.period === period,
        ),
      ),
    hours: (workflow, team, period) =>
      allocation?.find((line) => line.workflow === workflow && line.team === team && line.period === period)
        ?.hours ?? 0,
  };
}

export function solveInfeasible(scenario: unknown): Diagnosis {
  const plan = solve(scenario);
  if (plan.status !== 'infeasible' || !plan.diagnosis)
    throw new Error(`The plan is not infeasible but ${JSON.stringify(plan)}.`);
  return plan.diagnosis;
}

/** The scenario once it has passed all checks; throws with its faults otherwise. */
export function valid(scenario: unknown) {
  const checked = checkScenario(scenario);
  if (checked.faults) throw new Error(JSON.stringify(checked.faults));
  return checked.scenario;
}

export function planningData(scenario: unknown): PlanningData {
  const { data, faults } = normaliseScenario(valid(scenario));
  if (faults) throw new Error(JSON.stringify(faults));
  return data;
}

/** All faults of a scenario, whichever check finds them; none where it becomes planning data. */
export function faultsOf(scenario: unknown): readonly Fault[] {
  const checked = checkScenario(scenario);
  return checked.faults ?? normaliseScenario(checked.scenario).faults ?? [];
}

function only<Item>(items: readonly Item[]): Item {
  if (items.length !== 1) throw new Error(`Expected exactly one, found ${items.length}.`);
  return items[0];
}
