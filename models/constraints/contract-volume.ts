import type { ConstraintFamily } from '../constraint-family.ts';
import { mostVolume, volumePerDemandHour } from '../contracts/volumes.ts';
import { placementsByVendorAndPeriod } from '../placement-groups.ts';

/**
 * A vendor with a contract bills the hours of its teams in a period together, or their contacts: in slices, each at its own rate.
 *
 * Where rates rise from slice to slice, the cheapest plan fills them in order by itself; else it begins with the bracket that is taken. The widths of slices
 * are terms of the contract and have no price of their own; the volume has one, what one more hour is billed at.
 */
export const contractVolume = {
  name: 'contract-volume',
  summary: "The hours, or contacts, that a vendor's contract bills in a period are those of its teams.",
  formula:
    'Σ_i q[v,t,i] + Σ_s from[v,t,s] · z[v,t,s] − Σ_{k of v} Σ_w (f/o, or 3600/AHT) x[w,k,t] = 0; q[v,t,i] ≤ width[v,t,i]',
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
    const { start, member } = placementsByVendorAndPeriod(data);
    for (const { vendor, contract, pieces, brackets } of data.contracts)
      pieces.forEach((ofPeriod, t) => {
        const subject = { vendor: data.vendors[vendor], period: data.periods[t].id };
        const columnOf = (slice: number) => program.columnOf({ kind: 'billed', vendor, period: t, slice })!;
        program.beginRow({ family: 'contract-volume', subject, isGivenByPlan: true, isSum: true }, '=', 0);
        ofPeriod.forEach((_, slice) => {
          program.addEntry(columnOf(slice), 1);
        });
        brackets[t].forEach(({ from }, bracket) => {
          const choice = program.columnOf({ kind: 'bracket', vendor, period: t, bracket });
          if (choice !== undefined) program.addEntry(choice, from);
        });
        const group = vendor * data.periods.length + t;
        for (let i = start[group]; i < start[group + 1]; i += 1)
          program.addEntry(member[i], -volumePerDemandHour(data, contract.volume, member[i]));
        ofPeriod.forEach(({ from, to, slope }, slice) => {
          if (to === Infinity && slope >= 0) return;
          // What saves money without an end would look unbounded: an end that is never reached, even with all work there.
          const width = to === Infinity ? 2 * mostVolume(data, vendor, contract.volume, t) + 1 : to - from;
          program.beginRow({ family: 'bill-slice', subject, isDefinition: true }, '<=', width);
          program.addEntry(columnOf(slice), 1);
        });
      });
  },
  unitOf: ({ vendor }, names) => names.billedUnit(vendor),
  wording: {
    label: ({ vendor = '', period = '' }, names) =>
      `${names.billedUnit(vendor) === 'hours' ? 'Hours' : 'Contacts'} billed by ${vendor} in ${period}`,
    oneMore: ({ vendor = '', period = '' }, names) =>
      `One more ${names.billedUnit(vendor) === 'hours' ? 'hour' : 'contact'} billed by ${vendor} in ${period}`,
    requirement: ({ vendor = '', period = '' }, names) =>
      `${vendor} bills the ${names.billedUnit(vendor)} of its teams in ${period} by its contract`,
  },
} as const satisfies ConstraintFamily;
