import { familyNamed } from '../constraints/index.ts';
import { type Names, namesOf } from '../constraint-family.ts';
import { type LinearProgram, rightHandSide } from '../linear-program.ts';
import type { Diagnosis, PlanPrice } from '../plan.ts';
import type { IneligiblePlacement, PlanningData } from '../planning-data.ts';
import { formatQuantity } from '../sensitivity/price-sentence.ts';

/** Multipliers below this fraction of the largest are the engine's noise. */
const NOISE = 1e-9;

/** A Farkas ray as weights on the limits it uses, the largest 1; the rest is left out. */
export function weightsOfRay(program: LinearProgram, ray: Float64Array): PlanPrice[] {
  const largest = ray.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  return program.rows.flatMap(({ family, subject }, row) =>
    Math.abs(ray[row]) > NOISE * largest ? [{ family, subject, price: ray[row] / largest }] : [],
  );
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
  const limitOf = new Map(
    program.rows.map(({ family, subject, offset }, row) => [
      JSON.stringify([family, subject]),
      rightHandSide(program, row) + offset,
    ]),
  );
  const conflict = weights.map(({ family, subject, price: weight }) => {
    const { wording } = familyNamed(family);
    const limit = formatQuantity(limitOf.get(JSON.stringify([family, subject])) ?? 0);
    const requirement = wording.requirement(subject, names, limit);
    return { family, subject, label: wording.label(subject, names), requirement, weight };
  });
  const workflows = new Set(
    weights.flatMap(({ family, subject }) => (family === 'demand' ? (subject.workflow ?? []) : [])),
  );
  const facts = [...workflows].map((workflow) => eligibilityFact(data, workflow, names));
  return { conflict, facts, sentence: conflictSentence(conflict.map(({ requirement }) => requirement)) };
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

/** Who may take a workflow, and which rules keep the others from it. */
function eligibilityFact(data: PlanningData, workflow: string, names: Names): string {
  const refused = data.ineligible.filter(
    (entry) => entry.workflow === workflow && entry.period === undefined,
  );
  const refusedTeams = new Set(refused.map(({ team }) => team));
  const allowed = data.teams.filter(({ id }) => !refusedTeams.has(id)).map(({ name }) => name);
  const name = names.workflow(workflow);
  const who =
    allowed.length === 0 ? `${name} may go to no team` : `${name} may go to ${listed(allowed)} only`;
  if (refused.length === 0) return `${name} may go to every team.`;
  return `${who}. ${listed(
    refused.map((entry) => refusalOf(entry, names)),
    '; ',
  )}.`;
}

function refusalOf({ team, reasons }: IneligiblePlacement, names: Names): string {
  const causes = reasons.map(({ rule, needed, has }) => {
    const said = (value: unknown) =>
      Array.isArray(value) ? value.join(', ') || 'none' : JSON.stringify(value);
    return rule === 'not-allowed'
      ? 'explicitly forbidden'
      : `${rule}: needs ${said(needed)}, has ${said(has)}`;
  });
  return `${names.team(team)} (${causes.join('; ')})`;
}

function listed(items: readonly string[], separator = ', '): string {
  const more = items.length - MOST_NAMED;
  return items.slice(0, MOST_NAMED).join(separator) + (more > 0 ? ` and ${more} more` : '');
}
