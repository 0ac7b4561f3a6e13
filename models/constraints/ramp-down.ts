import type { ConstraintFamily } from '../constraint-family.ts';
import { volumePerDemandHour } from '../contracts/volumes.ts';
import { placementsByVendorAndPeriod } from '../placement-groups.ts';

/**
 * What a vendor is sent falls no faster than its contract allows.
 *
 * Until the notice is over it is no less than now; after that, no less than a share of what it was in the period before.
 */
export const rampDown = {
  name: 'ramp-down',
  summary: "A vendor's volume falls by no more than its contract allows, and not before the notice is over.",
  formula:
    'q[v,t] ≥ current[v] in the first notice[v] periods; then q[v,t] ≥ (1 − maxFall[v]) · q[v,t−1], q[v,t−1] = current[v] before the first',
  unit: 'hours',
  inputs: {},
  addRows(data, program) {
    if (data.contracts.every(({ contract }) => contract.rampDown === undefined)) return;
    const { start, member } = placementsByVendorAndPeriod(data);
    for (const { vendor, contract } of data.contracts) {
      if (contract.rampDown === undefined) continue;
      const { currentVolume, noticePeriods = 0, maxFallPerPeriod } = contract.rampDown;
      data.periods.forEach(({ id: period }, t) => {
        const addVolume = (at: number, sign: number) => {
          const group = vendor * data.periods.length + at;
          for (let i = start[group]; i < start[group + 1]; i += 1)
            program.addEntry(member[i], sign * volumePerDemandHour(data, contract.volume, member[i]));
        };
        const key = { family: 'ramp-down', subject: { vendor: data.vendors[vendor], period } };
        const isInNotice = t < noticePeriods;
        const kept = isInNotice ? 1 : 1 - maxFallPerPeriod;
        if (kept === 0) return;
        if (isInNotice || t === 0) {
          if (currentVolume === 0) return;
          program.beginRow(key, '>=', kept * currentVolume);
          addVolume(t, 1);
        } else {
          program.beginRow({ ...key, isGivenByPlan: true }, '>=', 0);
          addVolume(t, 1);
          addVolume(t - 1, -kept);
        }
      });
    }
  },
  unitOf: ({ vendor }, names) => names.billedUnit(vendor),
  wording: {
    label: ({ vendor = '', period = '' }) =>
      `Least volume of ${vendor} in ${period}, by how fast it may fall`,
    oneMore: ({ vendor = '', period = '' }, names) =>
      `Owing ${vendor} one more ${names.billedUnit(vendor) === 'hours' ? 'hour' : 'contact'} in ${period}`,
    requirement: ({ vendor = '', period = '' }, names, limit) =>
      limit === '0'
        ? `${vendor} gets no less in ${period} than its contract keeps of the period before`
        : `${vendor} gets no less than ${limit} ${names.billedUnit(vendor)} in ${period}: its contract lets the volume of today fall no further by then`,
  },
} as const satisfies ConstraintFamily;
