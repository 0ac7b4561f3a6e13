import { buildAllocationModel } from '../../models/allocation-model.ts';
import { type ColumnKey, type LinearProgram, textOfLimit } from '../../models/linear-program.ts';
import { columnsIn, partOfProgram, rowsAlone } from '../../models/part-of-program.ts';
import type { Diagnosis } from '../../models/diagnosis.ts';
import type { IneligiblePlacement, PlanningData } from '../../models/planning-data.ts';
import { normaliseScenario } from '../../models/scenario/normalise-scenario.ts';
import { withoutNeeds } from '../../models/scenario/without-needs.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import type { Engine } from '../engines/engine.ts';

/** So long at most, of the time that is left. */
const [MOST_SECONDS, TIME_SHARE] = [5, 0.2];

/** So many pairs of workflow and team are looked at. */
const MOST_PAIRS = 500;

/**
 * The facts of eligibility that a conflict rests on: teams that may not take the work concerned, each of which alone would end the conflict
 * if it might. Found by satisfying the limits of the conflict with the placements of that team added; undefined where that cannot be
 * found out, because a rate has no cost there, some of the work is done with a second skill (which is slower than what is tried), or the time is
 * over.
 */
export function eligibilityInConflict(
  scenario: Scenario,
  data: PlanningData,
  conflict: Diagnosis['conflict'],
  engine: Engine,
  secondsLeft: number,
): IneligiblePlacement[] | undefined {
  const workflows = new Set(
    conflict.flatMap(({ family, subject }) =>
      family === 'demand' && subject.workflow !== undefined ? [subject.workflow.normalize()] : [],
    ),
  );
  if (usesSecondSkills(data, workflows)) return undefined;
  const open = normaliseScenario(withoutNeeds(scenario, workflows)).data;
  if (!open) return undefined;
  const refused = data.workflows
    .flatMap(({ id }, w) => (workflows.has(id.normalize()) ? data.ineligible(w) : []))
    .slice(0, MOST_PAIRS);
  const limits = limitsAlone(buildAllocationModel(open), conflict);
  const eligible = placementsOf(data);
  const found: IneligiblePlacement[] = [];
  const end = performance.now() + 1000 * Math.min(MOST_SECONDS, TIME_SHARE * secondsLeft);
  for (const entry of refused) {
    const timeLimitSeconds = (end - performance.now()) / 1000;
    if (timeLimitSeconds <= 0) return undefined;
    const part = withPair(limits, open, eligible, refused, entry);
    if (part === undefined) continue;
    const answer = engine.solve(part, { timeLimitSeconds, ranges: false, afresh: true });
    if (answer.status === 'time-limit') return undefined;
    if (answer.status === 'optimal') found.push(entry);
  }
  return found;
}

/** The rows of a conflict and those that define a sum in them, with the columns that stand there; nothing costs anything. */
function limitsAlone(program: LinearProgram, conflict: Diagnosis['conflict']): LinearProgram {
  const members = new Set(conflict.map(textOfLimit));
  const limits = program.rows.flatMap((key, row) => (members.has(textOfLimit(key)) ? [row] : []));
  const inLimits = new Set(columnsIn(program, limits));
  // The sum comes last in the row that defines it.
  const definitions = program.rows.flatMap(({ isDefinition }, row) =>
    isDefinition && inLimits.has(program.columnIndex[program.rowStart[row + 1] - 1]) ? [row] : [],
  );
  return rowsAlone(program, [...limits, ...definitions]);
}

function usesSecondSkills({ placements, workflows }: PlanningData, asked: ReadonlySet<string>): boolean {
  for (const j of placements.secondSkill.keys())
    if (asked.has(workflows[placements.workflow[j]].id.normalize())) return true;
  return false;
}

function placementsOf({ placements }: PlanningData): ReadonlySet<string> {
  const { count, workflow, team, period } = placements;
  return new Set(Array.from({ length: count }, (_, j) => `${workflow[j]} ${team[j]} ${period[j]}`));
}

/** The limits with the placements that are eligible, and those of one pair that is not; undefined where it has none. */
function withPair(
  limits: LinearProgram,
  { periods, positions }: PlanningData,
  eligible: ReadonlySet<string>,
  refused: readonly IneligiblePlacement[],
  entry: IneligiblePlacement,
): LinearProgram | undefined {
  const [w, k] = [positions.workflow(entry.workflow), positions.team(entry.team)];
  // A team that lacks a skill can be forbidden in one period besides.
  const others = refused.filter(
    (each) => each !== entry && each.workflow === entry.workflow && each.team === entry.team,
  );
  const isIn = ({ period }: IneligiblePlacement, t: number) =>
    period === undefined || periods[t].id === period;
  const isOfPair = (key: ColumnKey) =>
    key.kind === 'placement' &&
    key.workflow === w &&
    key.team === k &&
    isIn(entry, key.period) &&
    !others.some((other) => isIn(other, key.period));
  const isEligible = (key: ColumnKey) =>
    key.kind !== 'placement' || eligible.has(`${key.workflow} ${key.team} ${key.period}`);
  if (!limits.columns.some((key) => isOfPair(key) && !isEligible(key))) return undefined;
  const columns = limits.columns.flatMap((key, column) => (isEligible(key) || isOfPair(key) ? [column] : []));
  return partOfProgram(limits, [...limits.rows.keys()], columns);
}
