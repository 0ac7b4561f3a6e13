import type { PlanBill } from '../plan.ts';
import type { PlanningData } from '../planning-data.ts';
import { invoice } from './invoice.ts';

/** A volume this near to one at which a bill bends is that one, relative to it: the rest is the engine's noise. */
const SNAP = 1e-6;

/** What every vendor with a contract bills for the hours of a plan; `hours` are those placed, by placement. */
export function planBills(data: PlanningData, hours: Float64Array): PlanBill[] {
  const ids = data.periods.map(({ id }) => id);
  const normal = ids.map((id) => id.normalize());
  const volumes = volumesOf(data, hours);
  return data.contracts.flatMap(({ vendor, contract, pieces }) =>
    ids.map((id, t): PlanBill => {
      const volume = volumes[vendor * ids.length + t];
      const bend = pieces[t].find(({ from }) => Math.abs(from - volume) <= SNAP * Math.max(1, from))?.from;
      const bill = invoice(contract, bend ?? volume, { id, upToNow: normal.slice(0, t + 1) });
      return {
        vendor: data.vendors[vendor],
        period: id,
        hours: volume,
        ...bill,
        lines: [...bill.lines],
        cost: bill.total * bill.exchangeRate,
      };
    }),
  );
}

/** Team hours used at each vendor in each period, at `v · T + t`. */
function volumesOf(data: PlanningData, hours: Float64Array): Float64Array {
  const { team, period, teamHoursPerDemandHour, count } = data.placements;
  const T = data.periods.length;
  const volumes = new Float64Array(data.vendors.length * T);
  for (let j = 0; j < count; j += 1) {
    const { vendor } = data.sites[data.teams[team[j]].site];
    if (vendor !== undefined) volumes[vendor * T + period[j]] += hours[j] * teamHoursPerDemandHour[j];
  }
  return volumes;
}
