import type { ConstraintFamily } from '../constraint-family.ts';
import { groupPlacements } from '../placement-groups.ts';
import { amount, positiveAmount } from '../scenario/fields.ts';

/**
 * The people at work at a site fit on its seats.
 *
 * Team hours are turned into FTE by what one FTE gives in the period, so every team at such a site needs its capacity
 * in FTE (`missing-fte` otherwise).
 */
export const siteSeats = {
  name: 'site-seats',
  summary:
    'The FTE that the placed work occupies at a site stay within its seats times the FTE sharing a seat.',
  formula:
    'Σ_{k at s} Σ_w (f/o) x[w,k,t] / (paidHoursPerFte[k,t] · (1 − shrinkage[k,t])) ≤ seats[s] · fteSharingASeat[s]',
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
          const fte = data.teams[team[j]].capacity[t]?.fte;
          if (fte !== undefined) program.addEntry(j, teamHoursPerDemandHour[j] / fte.productiveHours);
        }
      }
    });
  },
  wording: {
    label: (subject, names) => `Seats at ${names.site(subject.site)} in ${subject.period ?? ''}`,
    oneMore: (subject, names) =>
      `Room for one more FTE at ${names.site(subject.site)} in ${subject.period ?? ''}`,
    requirement: (subject, names, limit) =>
      `${names.site(subject.site)} seats ${limit} FTE in ${subject.period ?? ''}`,
  },
} as const satisfies ConstraintFamily;
