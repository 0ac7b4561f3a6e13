import { familyNamed } from '../constraints/index.ts';
import { type Names, namesOf } from '../constraint-family.ts';
import { type LinearProgram, rightHandSide, textOfLimit } from '../linear-program.ts';
import { formatQuantity } from '../number-text.ts';
import type { Diagnosis } from '../diagnosis.ts';
import type { PlanPrice } from '../plan.ts';
import type { IneligibilityReason, IneligiblePlacement, PlanningData } from '../planning-data.ts';

/** Multipliers below this fraction of the largest are the engine's noise. */
const NOISE = 1e-9;

/** The limits that a Farkas ray uses; rows that only define a sum are none. */
export function limitsOfRay({ rows }: LinearProgram, ray: Float64Array): number[] {
  const least = NOISE * largestWeight(ray);
  return rows.flatMap(({ isDefinition }, row) => (!isDefinition && Math.abs(ray[row]) > least ? [row] : []));
}

/** A Farkas ray as weights on the limits it uses, the largest 1; the rest is left out. */
export function weightsOfRay(program: LinearProgram, ray: Float64Array): PlanPrice[] {
  const largest = largestWeight(ray);
  return limitsOfRay(program, ray).map((row) => {
    const { family, subject } = program.rows[row];
    return { family, subject, price: ray[row] / largest };
  });
}

function largestWeight(ray: Float64Array): number {
  return ray.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
}

/** A Farkas ray on a single row that nothing can satisfy, for engines without rays; undefined where no row is like that. */
export function rayOfOneRow({
  rows,
  rowLower,
  rowUpper,
  rowStart,
  coefficient,
}: LinearProgram): Float64Array | undefined {
  const sideOf = (row: number): -1 | 0 | 1 => {
    const coefficients = coefficient.subarray(rowStart[row], rowStart[row + 1]);
    if (rowLower[row] > 0 && coefficients.every((each) => each <= 0)) return 1;
    return rowUpper[row] < 0 && coefficients.every((each) => each >= 0) ? -1 : 0;
  };
  const row = rows.findIndex((_, at) => sideOf(at) !== 0);
  return row < 0 ? undefined : new Float64Array(rows.length).with(row, sideOf(row));
}

/**
 * A proven conflict in the user's words: the rules that cannot all hold, and who may not take the work concerned.
 *
 * The weights must have been proven on the scenario (`isProvenInfeasible`).
 */
export function describeConflict(
  data: PlanningData,
  program: LinearProgram,
  weights: readonly PlanPrice[],
): Diagnosis {
  const names = namesOf(data);
  const rowOf = new Map(program.rows.map((key, row) => [textOfLimit(key), row]));
  const conflict = weights.map(({ family, subject, price: weight }) => {
    const row = rowOf.get(textOfLimit({ family, subject }))!;
    const { offset } = program.rows[row];
    const { wording } = familyNamed(family);
    const limit = formatQuantity(rightHandSide(program, row) + offset);
    const requirement = wording.requirement(subject, names, limit, offset);
    return { family, subject, label: wording.label(subject, names), requirement, weight };
  });
  return {
    conflict,
    facts: factsOf(data, weights),
    sentence: conflictSentence(conflict.map(({ requirement }) => requirement)),
  };
}

/** Who may take the work whose demand is in a conflict, and who may not and why. */
export function factsOf(
  data: PlanningData,
  limits: readonly Pick<PlanPrice, 'family' | 'subject'>[],
): string[] {
  const names = namesOf(data);
  return workflowsInConflict(limits).map(({ id, periods }) => eligibilityFact(data, id, periods, names));
}

/** The workflows whose demand is in the conflict, and the periods in which it is. */
function workflowsInConflict(
  limits: readonly Pick<PlanPrice, 'family' | 'subject'>[],
): { id: string; periods: Set<string> }[] {
  const periodsOf = new Map<string, Set<string>>();
  for (const { family, subject } of limits) {
    if (family !== 'demand' || subject.workflow === undefined || subject.period === undefined) continue;
    const periods = periodsOf.get(subject.workflow) ?? new Set();
    periodsOf.set(subject.workflow, periods.add(subject.period));
  }
  return [...periodsOf].map(([id, periods]) => ({ id, periods }));
}

const MOST_NAMED = 6;

function conflictSentence(requirements: readonly string[]): string {
  const named = requirements.slice(0, MOST_NAMED).join('; ');
  const more = requirements.length - MOST_NAMED;
  const rest = more > 0 ? `; and ${more} more` : '';
  return requirements.length === 1
    ? `There is no plan: ${named}, and nothing in the scenario can meet that.`
    : `There is no plan: these cannot all hold: ${named}${rest}.`;
}

/** Who may take a workflow in the periods concerned, and what keeps the others from it. */
function eligibilityFact(
  data: PlanningData,
  workflow: string,
  periods: ReadonlySet<string>,
  names: Names,
): string {
  const name = names.workflow(workflow);
  if (data.teams.length === 0) return `${name} may go to no team: the scenario has none.`;
  const refused = data
    .ineligible(data.positions.workflow(workflow))
    .filter(({ period }) => period === undefined || periods.has(period));
  const outright = new Set(refused.flatMap(({ team, period }) => (period === undefined ? [team] : [])));
  const allowed = data.teams.filter(({ id }) => !outright.has(id));
  const idle = allowed.filter(
    (team) => !data.periods.some(({ id }, t) => periods.has(id) && team.capacity[t]),
  );
  const who =
    allowed.length === 0
      ? 'no team'
      : allowed.length === data.teams.length
        ? 'every team'
        : `${listed(allowed.map((team) => team.name))} only`;
  const sentences = [
    `${name} may go to ${who}`,
    ...(idle.length > 0 ? [`No capacity then: ${listed(idle.map((team) => team.name))}`] : []),
    ...(refused.length > 0
      ? [
          listed(
            refused.map((entry) => refusalOf(entry, names)),
            '; ',
          ),
        ]
      : []),
  ];
  return `${sentences.join('. ')}.`;
}

/** Which of the facts a conflict rests on, a sentence a workflow: the teams that would end it. */
export function whatConflictRestsOn(data: PlanningData, restsOn: readonly IneligiblePlacement[]): string[] {
  const names = namesOf(data);
  const workflows = [...new Set(restsOn.map(({ workflow }) => workflow))];
  const named = workflows.slice(0, MOST_NAMED).map((workflow) => {
    const entries = restsOn.filter((entry) => entry.workflow === workflow);
    const teams = entries.map(
      ({ team, period }) => names.team(team) + (period === undefined ? '' : ` in ${period}`),
    );
    const any = teams.length === 1 ? teams[0] : `any one of ${listed(teams)}`;
    return `The conflict rests on that: if ${names.workflow(workflow)} might go to ${any}, it would be gone.`;
  });
  const more = workflows.length - named.length;
  return more > 0 ? [...named, `It rests on who may take ${more} more workflows in the same way.`] : named;
}

function refusalOf({ team, period, reasons }: IneligiblePlacement, names: Names): string {
  const when = period === undefined ? '' : ` in ${period}`;
  return `${names.team(team)}${when} (${reasons.map(causeOf).join('; ')})`;
}

function causeOf({ rule, needed, has }: IneligibilityReason): string {
  if (rule === 'not-allowed') return 'explicitly forbidden';
  if (Array.isArray(needed) && Array.isArray(has)) {
    const missing = needed.filter((word) => !has.includes(word));
    return `lacks the ${rule}${missing.length > 1 ? 's' : ''} ${missing.join(', ')}`;
  }
  if (typeof needed === 'object' && 'not' in needed)
    return `${rule}: denied in ${needed.not.join(', ')}, is in ${placeOf(has)}`;
  if (Array.isArray(needed)) return `${rule}: only in ${needed.join(', ') || 'none'}, is in ${placeOf(has)}`;
  return `${rule}: needs ${String(needed)}, has ${String(has)}`;
}

function placeOf(country: IneligibilityReason['has']): string {
  return country === null ? 'a place not named' : String(country);
}

function listed(items: readonly string[], separator = ', '): string {
  const more = items.length - MOST_NAMED;
  return items.slice(0, MOST_NAMED).join(separator) + (more > 0 ? ` and ${more} more` : '');
}
