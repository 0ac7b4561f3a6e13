import type { ConstraintFamily } from '../constraint-family.ts';
import { volumePerDemandHour } from '../contracts/volumes.ts';
import type { ProgramBuilder } from '../linear-program.ts';
import { placementsByVendorAndPeriod } from '../placement-groups.ts';
import type { PlanningData } from '../planning-data.ts';

/** In the periods that are binding a vendor gets no less than it has been told, but for the deviation agreed. */
export const forecastFloor = {
  name: 'forecast-floor',
  summary: 'In the periods that a forecast binds, a vendor gets no less than it, less the deviation agreed.',
  formula: 'q[v,t] ≥ (1 − maxDeviation[v]) · forecast[v,t] in the first periods[v]',
  unit: 'hours',
  inputs: {},
  addRows(data, program) {
    addForecastRows(data, program, 'forecast-floor', '>=', -1);
  },
  unitOf: ({ vendor }, names) => names.billedUnit(vendor),
  wording: {
    label: ({ vendor = '', period = '' }) => `Least volume of ${vendor} in ${period}, by the forecast it has`,
    oneMore: ({ vendor = '', period = '' }, names) =>
      `Having to send ${vendor} one more ${names.billedUnit(vendor) === 'hours' ? 'hour' : 'contact'} in ${period}`,
    requirement: ({ vendor = '', period = '' }, names, limit) =>
      `${vendor} gets no less than ${limit} ${names.billedUnit(vendor)} in ${period}: the forecast is binding`,
  },
} as const satisfies ConstraintFamily;

/** A row for every period that is binding: the forecast and, in the direction of `sign`, the deviation. */
export function addForecastRows(
  data: PlanningData,
  program: ProgramBuilder,
  family: string,
  sense: '>=' | '<=',
  sign: -1 | 1,
): void {
  if (data.contracts.every(({ contract }) => contract.forecastLock === undefined)) return;
  const { start, member } = placementsByVendorAndPeriod(data);
  for (const { vendor, contract } of data.contracts) {
    if (contract.forecastLock === undefined) continue;
    const { periods, maxDeviation, forecast } = contract.forecastLock;
    const volumes = new Map(forecast.map(({ period, volume }) => [period.normalize(), volume]));
    data.periods.slice(0, periods).forEach(({ id: period }, t) => {
      const limit = (1 + sign * maxDeviation) * volumes.get(period.normalize())!;
      if (limit === 0 && sense === '>=') return;
      program.beginRow({ family, subject: { vendor: data.vendors[vendor], period } }, sense, limit);
      const group = vendor * data.periods.length + t;
      for (let i = start[group]; i < start[group + 1]; i += 1)
        program.addEntry(member[i], volumePerDemandHour(data, contract.volume, member[i]));
    });
  }
}
