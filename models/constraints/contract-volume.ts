import type { ConstraintFamily } from '../constraint-family.ts';
import { groupPlacements } from '../placement-groups.ts';

/**
 * A vendor with a contract bills the hours of its teams in a period together: in slices, each at its own rate.
 *
 * Rates rise from slice to slice, so the cheapest plan fills them in order by itself. The widths of slices are terms of the contract and have no price of
 * their own; the volume has one, what one more hour is billed at.
 */
export const contractVolume = {
  name: 'contract-volume',
  summary: "The hours that a vendor's contract bills in a period are those its teams are used for.",
  formula: 'Σ_i q[v,t,i] − Σ_{k of v} Σ_w (f/o) x[w,k,t] = 0; q[v,t,i] ≤ width[v,t,i]',
  unit: 'hours',
  inputs: {},
  addColumns(data, program) {
    for (const { vendor, pieces } of data.contracts)
      pieces.forEach((ofPeriod, period) => {
        ofPeriod.forEach(({ slope }, slice) =>
          program.addColumn({ kind: 'billed', vendor, period, slice }, slope),
        );
      });
  },
  addRows(data, program) {
    if (data.contracts.length === 0) return;
    const T = data.periods.length;
    const { team, period, teamHoursPerDemandHour } = data.placements;
    const groups = groupPlacements(data, (data.vendors.length + 1) * T, (j) => {
      // In-house work comes after that of all vendors.
      const vendor = data.sites[data.teams[team[j]].site].vendor ?? data.vendors.length;
      return vendor * T + period[j];
    });
    for (const { vendor, pieces } of data.contracts)
      pieces.forEach((ofPeriod, t) => {
        const subject = { vendor: data.vendors[vendor], period: data.periods[t].id };
        const columnOf = (slice: number) => program.columnOf({ kind: 'billed', vendor, period: t, slice })!;
        program.beginRow({ family: 'contract-volume', subject, isGivenByPlan: true }, '=', 0);
        ofPeriod.forEach((_, slice) => {
          program.addEntry(columnOf(slice), 1);
        });
        const group = vendor * T + t;
        for (let i = groups.start[group]; i < groups.start[group + 1]; i += 1)
          program.addEntry(groups.member[i], -teamHoursPerDemandHour[groups.member[i]]);
        ofPeriod.forEach(({ from, to }, slice) => {
          if (to === Infinity) return;
          program.beginRow({ family: 'bill-slice', subject, isDefinition: true }, '<=', to - from);
          program.addEntry(columnOf(slice), 1);
        });
      });
  },
  wording: {
    label: (subject) => `Hours billed by ${subject.vendor ?? ''} in ${subject.period ?? ''}`,
    oneMore: (subject) => `One more hour billed by ${subject.vendor ?? ''} in ${subject.period ?? ''}`,
    requirement: (subject) =>
      `${subject.vendor ?? ''} bills the hours of its teams in ${subject.period ?? ''} by its contract`,
  },
} as const satisfies ConstraintFamily;
