import { bracketsInUse, choicesOfClass, type ClosedChoices } from './choices.ts';
import { isChoice, type LinearProgram, textOfKey } from './linear-program.ts';
import { sizeFor } from './people/class-sizes.ts';
import { NOISE_HOURS } from './plan-numbers.ts';
import type { PlanningData } from './planning-data.ts';

/**
 * Choices read off a plan that was made without them, so that there is a first plan at the cost of two linear programs.
 *
 * A workflow keeps the sites where it has most hours, as many as it may have; in a period it stays where it has at least
 * half of its minimum; a site that is used is open; classes begin that hire as many; volumes are billed in the bracket they are in. All others are closed. `columnValue` holds the columns of the
 * program without choices, which come first in `program`.
 */
export function choicesOfPlanWithout(
  data: PlanningData,
  program: LinearProgram,
  columnValue: Float64Array,
): ClosedChoices {
  const { workflow, team, period } = data.placements;
  const hoursAt = new Map<string, number>();
  const add = (key: string, hours: number) => hoursAt.set(key, (hoursAt.get(key) ?? 0) + hours);
  for (let j = 0; j < data.placements.count; j += 1) {
    if (!(columnValue[j] > NOISE_HOURS)) continue;
    const at = { workflow: workflow[j], site: data.teams[team[j]].site, period: period[j] };
    add(textOfKey({ kind: 'site-open', ...at }), columnValue[j]);
    add(textOfKey({ kind: 'workflow-at-site', ...at }), columnValue[j]);
    add(textOfKey({ kind: 'workflow-at-site-in-period', ...at }), columnValue[j]);
  }
  const hoursOf = (key: string) => hoursAt.get(key) ?? 0;
  const kept = sitesKept(data, (w, site) =>
    hoursOf(textOfKey({ kind: 'workflow-at-site', workflow: w, site })),
  );
  const classes = classesTaken(data, program, columnValue);
  const brackets = new Set(bracketsInUse(data, columnValue).map(textOfKey));
  const isTaken = (key: LinearProgram['columns'][number]): boolean => {
    switch (key.kind) {
      case 'site-open':
        return hoursOf(textOfKey(key)) > 0;
      case 'workflow-at-site':
        return kept[key.workflow].has(key.site);
      case 'workflow-at-site-in-period': {
        const { minimumTeamHours } = data.workflows[key.workflow];
        return kept[key.workflow].has(key.site) && hoursOf(textOfKey(key)) >= minimumTeamHours / 2;
      }
      case 'class':
      case 'class-digit':
        return classes.has(textOfKey(key));
      case 'bracket':
        return brackets.has(textOfKey(key));
      default:
        return true;
    }
  };
  return new Set(
    program.columns
      .filter(isChoice)
      .filter((key) => !isTaken(key))
      .map(textOfKey),
  );
}

/**
 * The choices of the classes by which at least as many are hired, from the first period on, as without choices: half of a smallest class
 * that is lacking begins one, and what it has too many is taken off the next.
 */
function classesTaken(
  data: PlanningData,
  { columns }: LinearProgram,
  columnValue: Float64Array,
): ReadonlySet<string> {
  const taken = new Set<string>();
  const lacking = new Map<number, number>();
  columns.forEach((key, column) => {
    if (key.kind !== 'hires') return;
    const { team, period } = key;
    const sizes = data.teams[team].headcount?.hiring?.classes;
    if (sizes === undefined) return;
    const heads = (lacking.get(team) ?? 0) + Math.max(0, columnValue[column]);
    const begins = heads > NOISE_HOURS && heads >= sizes.smallest / 2;
    const size = begins ? sizeFor(sizes, heads) : 0;
    lacking.set(team, heads - size);
    if (begins) for (const choice of choicesOfClass(data, team, period, size)) taken.add(textOfKey(choice));
  });
  return taken;
}

/** The sites at which each workflow has any hours, those with most of them first, and no more than it may have. */
function sitesKept(data: PlanningData, hours: (w: number, site: number) => number): ReadonlySet<number>[] {
  return data.workflows.map(({ maxSites }, w) => {
    const used = data.sites.flatMap((_, site) =>
      hours(w, site) > 0 ? [{ site, hours: hours(w, site) }] : [],
    );
    used.sort((a, b) => b.hours - a.hours || a.site - b.site);
    return new Set(used.slice(0, maxSites).map(({ site }) => site));
  });
}
