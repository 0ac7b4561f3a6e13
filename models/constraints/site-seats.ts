import type { ConstraintFamily } from '../constraint-family.ts';
import type { ProgramBuilder, Subject } from '../linear-program.ts';
import { classesAt } from '../people/classes-at.ts';
import { groupPlacements } from '../placement-groups.ts';
import type { PlanningData } from '../planning-data.ts';
import { amount, positiveAmount } from '../scenario/fields.ts';
import { raised, positionOf } from '../relaxation.ts';

/** Seats are whole: less than this is the engine's noise. */
const PART_OF_A_SEAT = 1e-6;

/**
 * The people at work at a site fit on its seats.
 *
 * Team hours are turned into FTE by what one FTE gives in the period, so every team at such a site needs its capacity
 * in FTE (`missing-fte` otherwise). The people of a team with a headcount sit there whether they have work or not, in training too.
 */
export const siteSeats = {
  name: 'site-seats',
  summary:
    'The FTE that the placed work occupies at a site, and all people of teams with a headcount, stay within its seats times the FTE sharing a seat.',
  formula:
    'Σ_{k at s} Σ_w (f/o) x[w,k,t] / (paidHoursPerFte[k,t] · (1 − shrinkage[k,t])) ≤ seats[s] · fteSharingASeat[s]; with people h[k,t] + Σ_i σ[i] n[k,t−i] in place of the work',
  unit: 'fte',
  inputs: {
    site: {
      seats: amount('Seats at the site; absent = not limited.').optional(),
      fteSharingASeat: positiveAmount('FTE that share one seat, e.g. in shifts; default 1.').optional(),
    },
  },
  addRows(data, program) {
    const T = data.periods.length;
    const { team, period, teamHoursPerDemandHour } = data.placements;
    const groups = groupPlacements(
      data,
      data.sites.length * T,
      (j) => data.teams[team[j]].site * T + period[j],
    );
    data.sites.forEach((site, s) => {
      if (site.seatedFte === undefined) return;
      for (let t = 0; t < T; t += 1) {
        const subject = { site: site.id, period: data.periods[t].id };
        program.beginRow({ family: 'site-seats', subject }, '<=', site.seatedFte);
        for (let i = groups.start[s * T + t]; i < groups.start[s * T + t + 1]; i += 1) {
          const j = groups.member[i];
          const { capacity, headcount } = data.teams[team[j]];
          const fte = capacity[t]?.fte;
          if (fte !== undefined && !headcount)
            program.addEntry(j, teamHoursPerDemandHour[j] / fte.productiveHours);
        }
        addPeople(data, program, s, t);
      }
    });
  },
  wording: {
    label: (subject, names) => `Seats at ${names.site(subject.site)} in ${subject.period ?? 'every period'}`,
    oneMore: (subject, names) =>
      `Room for one more FTE at ${names.site(subject.site)} in ${subject.period ?? ''}`,
    requirement: (subject, names, limit) =>
      `${names.site(subject.site)} seats ${limit} FTE in ${subject.period ?? 'every period'}`,
  },
  relaxation: {
    kind: 'more-seats',
    offer: 'More seats at sites',
    unit: 'fte',
    limitOf: ({ subject: { site } }) => ({ site }),
    ownerOf: (limit) => limit,
    most: mostFteMore,
    changed: ({ sites }, { site }, needed, rounding) => {
      const s = positionOf(sites, site);
      const { seats: from = 0, fteSharingASeat = 1 } = sites[s];
      const seats = Math.max(1, Math.ceil(needed / fteSharingASeat - PART_OF_A_SEAT)) + rounding.moreSteps;
      const to = raised(from, seats);
      const patch = { op: 'replace', path: `/sites/${s}/seats`, value: to } as const;
      return { unit: 'seats', from, to, amount: seats * fteSharingASeat, patch };
    },
    inWords: ({ site }, words) =>
      `${words.by} more seats at ${words.site(site)} (${words.from} → ${words.to})`,
  },
} as const satisfies ConstraintFamily;

function addPeople(data: PlanningData, program: ProgramBuilder, site: number, period: number): void {
  data.teams.forEach(({ site: at, headcount }, team) => {
    if (at !== site || headcount === undefined) return;
    program.addEntry(program.columnOf({ kind: 'heads', team, period })!, 1);
    for (const { column, stage } of classesAt(data, program, team, period))
      program.addEntry(column, stage.heads);
  });
}

/** The FTE that all work that could ever be at the site would need more, and everybody who could ever be there, in the worst period. */
function mostFteMore(data: PlanningData, { site }: Subject): number {
  const s = data.positions.site(site!);
  const needed = new Float64Array(data.periods.length);
  const { count, workflow, team, period, teamHoursPerDemandHour } = data.placements;
  for (let j = 0; j < count; j += 1) {
    const { site: at, capacity } = data.teams[team[j]];
    const fte = capacity[period[j]]?.fte;
    if (at !== s || fte === undefined) continue;
    const hours = data.workflows[workflow[j]].mostHours[period[j]];
    needed[period[j]] += (hours * teamHoursPerDemandHour[j]) / fte.productiveHours;
  }
  for (const { site: at, headcount } of data.teams) {
    if (at !== s || headcount === undefined) continue;
    let there = 0;
    headcount.joining.forEach((joining, t) => {
      there += joining + (headcount.hiring?.maxHeads ?? 0);
      needed[t] += there;
    });
  }
  return Math.max(0, Math.max(...needed) - data.sites[s].seatedFte!);
}
