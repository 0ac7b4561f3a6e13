import type { PlanBill } from '../plan.ts';
import type { PlanningData } from '../planning-data.ts';
import { bracketAt, SNAP } from './brackets.ts';
import { invoice } from './invoice.ts';
import { qualityPointsOf, volumesOf } from './volumes.ts';

/** The bracket in which a vendor's bill of a period is held, where it is. */
export type HeldBracket = (vendor: number, period: number) => number | undefined;

/**
 * What every vendor with a contract bills for the hours of a plan; `hours` are those placed, by placement. A bill with more than one bracket says which one
 * is held, or else in which one its volume is.
 */
export function planBills(
  data: PlanningData,
  hours: Float64Array,
  heldBracket: HeldBracket = () => undefined,
): PlanBill[] {
  const T = data.periods.length;
  const volumes = volumesOf(data, hours);
  const points = qualityPointsOf(data, hours);
  return data.contracts.flatMap(({ vendor, contract, periods, pieces, brackets }) =>
    periods.map((period, t): PlanBill => {
      const volume = volumes[vendor * T + t];
      const bend = pieces[t].find(({ from }) => Math.abs(from - volume) <= SNAP * Math.max(1, from))?.from;
      const bill = invoice(contract, bend ?? volume, period, points?.[vendor * T + t]);
      const bracket =
        brackets[t].length > 1
          ? brackets[t][bracketAt(brackets[t], volume, heldBracket(vendor, t))]
          : undefined;
      return {
        vendor: data.vendors[vendor],
        period: period.id,
        unit: contract.volume,
        volume,
        ...bill,
        lines: [...bill.lines],
        cost: bill.total * bill.exchangeRate,
        ...(bracket && {
          bracket: { fromVolume: bracket.from, toVolume: bracket.to === Infinity ? null : bracket.to },
        }),
      };
    }),
  );
}
