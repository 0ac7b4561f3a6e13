import type { ConstraintFamily } from '../constraint-family.ts';
import { qualityPrice } from '../contracts/invoice.ts';
import { volumePerDemandHour } from '../contracts/volumes.ts';
import { placementsByVendorAndPeriod } from '../placement-groups.ts';

/**
 * A vendor whose contract pays for quality bills so much more for the quality of its volume, and so much less for the target.
 *
 * Quality is known beforehand, for each workflow at each team, so what it adds up to is linear in the hours. What the target takes off is in the slopes of the bill
 * (`bill-pieces.ts`); the sum here is of quality itself, which is never below 0.
 */
export const contractQuality = {
  name: 'contract-quality',
  summary: 'The quality that a contract pays for in a period is that of the work of the vendor’s teams.',
  formula:
    'g[v,t] − Σ_{k of v} Σ_w quality[w,k,t] (f/o, or 3600/AHT) x[w,k,t] = 0; cost rate[v] (g[v,t] − target[v] q[v,t])',
  unit: 'hours',
  inputs: {},
  addColumns(data, program) {
    for (const { vendor, contract, periods } of data.contracts) {
      if (contract.quality === undefined) continue;
      periods.forEach((billed, period) =>
        program.addColumn({ kind: 'quality', vendor, period }, qualityPrice(contract, billed)),
      );
    }
  },
  addRows(data, program) {
    if (data.contracts.every(({ contract }) => contract.quality === undefined)) return;
    const { quality } = data.placements;
    const { start, member } = placementsByVendorAndPeriod(data);
    for (const { vendor, contract } of data.contracts) {
      if (contract.quality === undefined) continue;
      data.periods.forEach(({ id: period }, t) => {
        const subject = { vendor: data.vendors[vendor], period };
        program.beginRow({ family: 'contract-quality', subject, isGivenByPlan: true, isSum: true }, '=', 0);
        program.addEntry(program.columnOf({ kind: 'quality', vendor, period: t })!, 1);
        const group = vendor * data.periods.length + t;
        for (let i = start[group]; i < start[group + 1]; i += 1) {
          const j = member[i];
          program.addEntry(j, -quality![j] * volumePerDemandHour(data, contract.volume, j));
        }
      });
    }
  },
  unitOf: ({ vendor }, names) => names.billedUnit(vendor),
  wording: {
    label: ({ vendor = '', period = '' }, names) =>
      `Quality of ${vendor} in ${period}, as ${names.billedUnit(vendor)} of full quality`,
    oneMore: ({ vendor = '', period = '' }, names) =>
      `One more ${names.billedUnit(vendor) === 'hours' ? 'hour' : 'contact'} of full quality of ${vendor} in ${period}`,
    requirement: ({ vendor = '', period = '' }) => `${vendor} bills the quality of its work in ${period}`,
  },
} as const satisfies ConstraintFamily;
