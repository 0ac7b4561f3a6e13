import { isRecord, quoted } from './schema-faults.ts';

/** So many periods are named. */
const MOST_NAMED = 5;

/** Where and what is wrong, and what to do. */
type Report = (path: readonly PropertyKey[], code: string, message: string) => void;

/**
 * What is wrong between a team's headcount and the rest of the scenario: its capacity entries, its rate, and fields that exclude or need each
 * other. References to periods are the caller's.
 */
export function headcountFaults(
  scenario: Record<string, unknown>,
  team: Record<string, unknown>,
  path: readonly PropertyKey[],
  report: Report,
): void {
  const { headcount } = team;
  if (!isRecord(headcount)) return;
  const at = [...path, 'headcount'];
  if (isRecord(team.rate) && team.rate.basis === 'contact')
    report(
      [...path, 'rate', 'basis'],
      'contact-with-headcount',
      'People are paid with or without work, so a team with a headcount cannot be paid by contact. Use another basis.',
    );
  if (team.paid === 'used')
    report(
      [...path, 'paid'],
      'used-with-headcount',
      'People are paid with or without work. Leave paid out, or leave headcount out.',
    );
  checkCapacity(scenario, team, path, report);
  if (headcount.attritionPerYear !== undefined) {
    if (headcount.attritionPerPeriod !== undefined)
      report(at, 'mixed-forms', 'Give either attritionPerYear or attritionPerPeriod, not both.');
    if (scenario.periodsPerYear === undefined)
      report(
        [...at, 'attritionPerYear'],
        'missing-periods-per-year',
        'Attrition by year needs the periods in a year. Give periodsPerYear in the scenario, or attritionPerPeriod here.',
      );
  }
  checkCrossTraining(headcount, team.skills, [...at, 'crossTraining'], report);
  const nesting = isRecord(headcount.hiring) ? headcount.hiring.nesting : undefined;
  for (const [index, stage] of (Array.isArray(nesting) ? nesting : []).entries()) {
    if (!isRecord(stage)) continue;
    const given = ['productivity', 'ahtFactors'].filter((field) => stage[field] !== undefined);
    if (given.length === 1) continue;
    const code = given.length === 0 ? 'missing-field' : 'mixed-forms';
    report([...at, 'hiring', 'nesting', index], code, 'Give either productivity or ahtFactors.');
  }
}

/** Each second skill once, and none that the team has. */
function checkCrossTraining(
  headcount: Record<string, unknown>,
  skills: unknown,
  path: readonly PropertyKey[],
  report: Report,
): void {
  const owned = new Set((Array.isArray(skills) ? skills : []).map(textOf));
  const seen = new Set<string>();
  const entries: readonly unknown[] = Array.isArray(headcount.crossTraining) ? headcount.crossTraining : [];
  for (const [index, entry] of entries.entries()) {
    if (!isRecord(entry)) continue;
    const { skill } = entry;
    if (typeof skill !== 'string') continue;
    const name = textOf(skill);
    const at = [...path, index, 'skill'];
    if (seen.has(name))
      report(at, 'duplicate-skill', `The second skill ${quoted(skill)} occurs twice. Give each once.`);
    seen.add(name);
    if (owned.has(name))
      report(at, 'skill-of-team', `The team has the skill ${quoted(skill)}. Leave it out here, or there.`);
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.normalize() : '';
}

/** Every period says what one head gives in it, and not how many they are. */
function checkCapacity(
  scenario: Record<string, unknown>,
  { capacity }: Record<string, unknown>,
  path: readonly PropertyKey[],
  report: Report,
): void {
  if (!Array.isArray(capacity)) return;
  const known = new Set<string>();
  for (const [index, entry] of capacity.entries()) {
    if (!isRecord(entry)) continue;
    if (typeof entry.period === 'string') known.add(entry.period.normalize());
    const isRight =
      entry.paidHoursPerFte !== undefined &&
      entry.shrinkage !== undefined &&
      entry.fte === undefined &&
      entry.hours === undefined;
    if (!isRight)
      report(
        [...path, 'capacity', index],
        'headcount-capacity',
        'The team has a headcount, so the entry has paidHoursPerFte and shrinkage, and neither fte nor hours.',
      );
  }
  const periods = Array.isArray(scenario.periods) ? scenario.periods : [];
  const missing = periods.flatMap((period: unknown) =>
    isRecord(period) && typeof period.id === 'string' && !known.has(period.id.normalize()) ? [period.id] : [],
  );
  const more = missing.length - MOST_NAMED;
  const named = `${missing.slice(0, MOST_NAMED).map(quoted).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  if (missing.length > 0)
    report(
      [...path, 'capacity'],
      'missing-capacity',
      `People are there in every period, and these have no entry: ${named}. Give paidHoursPerFte and shrinkage in each.`,
    );
}
