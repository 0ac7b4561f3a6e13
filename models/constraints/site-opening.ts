import type { ConstraintFamily } from '../constraint-family.ts';
import type { ProgramBuilder } from '../linear-program.ts';
import { placementsByTeamAndPeriod, workflowsAtSites } from '../placement-groups.ts';
import type { PlanningData } from '../planning-data.ts';
import { amount } from '../scenario/fields.ts';

/**
 * A site with an opening cost gets work only if it is opened, and that costs once.
 *
 * Two kinds of link rows, both tight: a workflow's hours at the site are at most what it can have in the period (demand
 * plus what can be carried in) and what the site could do of it, and each team's hours at most its capacity, if the site is open, else 0. With
 * both, the relaxation of a location problem is nearly as good as the plan. Link rows are no limits of the user's:
 * they have no price, and prices are those with the choices held and the link rows gone.
 */
export const siteOpening = {
  name: 'site-opening',
  summary: 'A site with an opening cost gets work only if it is opened, which costs once over the horizon.',
  formula: 'Σ_{k at s} x[w,k,t] ≤ most[w,s,t] · y[s]; Σ_w (f/o) x[w,k,t] ≤ H[k,t] · y[s]; y[s] ∈ {0, 1}',
  unit: 'hours',
  inputs: {
    site: {
      openingCost: amount('Money, once, if the site gets any work in any period; default 0.').optional(),
    },
  },
  addColumns(data, program) {
    data.sites.forEach(({ openingCost }, s) => {
      if (openingCost > 0) program.addColumn({ kind: 'site-open', site: s }, openingCost);
    });
  },
  addRows(data, program) {
    if (!data.sites.some(({ openingCost }) => openingCost > 0)) return;
    linkWorkflows(data, program);
    linkTeams(data, program);
  },
  wording: {
    label: (subject, names) => `Opening of ${names.site(subject.site)}`,
    oneMore: (subject, names) => `Opening ${names.site(subject.site)}`,
    requirement: (subject, names) => `${names.site(subject.site)} gets work only if it is opened`,
  },
} as const satisfies ConstraintFamily;

/** `Σ_{k at s} x[w,k,t] ≤ most[w,s,t] · y[s]`. */
function linkWorkflows(data: PlanningData, program: ProgramBuilder): void {
  for (const { workflow, site, period, placements, mostHours } of workflowsAtSites(data)) {
    const subject = {
      workflow: data.workflows[workflow].id,
      site: data.sites[site].id,
      period: data.periods[period].id,
    };
    addLink(program, site, subject, mostHours, placements, () => 1);
  }
}

/** `Σ_w (f/o) x[w,k,t] ≤ H[k,t] · y[s]`. */
function linkTeams(data: PlanningData, program: ProgramBuilder): void {
  const { teamHoursPerDemandHour } = data.placements;
  const T = data.periods.length;
  const groups = placementsByTeamAndPeriod(data);
  data.teams.forEach(({ id, site, capacity }, k) => {
    capacity.forEach((entry, t) => {
      const members = groups.member.subarray(groups.start[k * T + t], groups.start[k * T + t + 1]);
      if (entry === undefined || entry.hours === Infinity || members.length === 0) return;
      const subject = { team: id, period: data.periods[t].id };
      addLink(program, site, subject, entry.hours, members, (j) => teamHoursPerDemandHour[j]);
    });
  });
}

function addLink(
  program: ProgramBuilder,
  site: number,
  subject: object,
  most: number,
  members: Int32Array,
  coefficientOf: (placement: number) => number,
): void {
  const open = program.columnOf({ kind: 'site-open', site });
  if (open === undefined) return;
  program.beginRow({ family: 'site-opening', subject, isLink: true }, '<=', 0);
  for (const j of members) program.addEntry(j, coefficientOf(j));
  program.addEntry(open, -most);
}
