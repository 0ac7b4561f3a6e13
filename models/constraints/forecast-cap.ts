import type { ConstraintFamily } from '../constraint-family.ts';
import { addForecastRows } from './forecast-floor.ts';

/** In the periods that are binding a vendor gets no more than it has been told, but for the deviation agreed. */
export const forecastCap = {
  name: 'forecast-cap',
  summary: 'In the periods that a forecast binds, a vendor gets no more than it and the deviation agreed.',
  formula: 'q[v,t] ≤ (1 + maxDeviation[v]) · forecast[v,t] in the first periods[v]',
  unit: 'hours',
  inputs: {},
  addRows(data, program) {
    addForecastRows(data, program, 'forecast-cap', '<=', 1);
  },
  unitOf: ({ vendor }, names) => names.billedUnit(vendor),
  wording: {
    label: ({ vendor = '', period = '' }) => `Most volume of ${vendor} in ${period}, by the forecast it has`,
    oneMore: ({ vendor = '', period = '' }, names) =>
      `Being able to send ${vendor} one more ${names.billedUnit(vendor) === 'hours' ? 'hour' : 'contact'} in ${period}`,
    requirement: ({ vendor = '', period = '' }, names, limit) =>
      `${vendor} gets no more than ${limit} ${names.billedUnit(vendor)} in ${period}: the forecast is binding`,
  },
} as const satisfies ConstraintFamily;
