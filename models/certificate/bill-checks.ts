import type { PlanNumbers } from '../plan.ts';
import { type Finding, note, refuse } from './finding.ts';
import type { Totals } from './limit-use.ts';
import type { RecomputedScenario } from './recomputed-scenario.ts';

/** A volume this near to one at which a bill bends counts as that one, relative to it. */
const SNAP = 1e-6;

/** Holds the bills that a plan states against its hours and the contracts, and adds them up. */
export function checkBills(
  { contracts, find, T, scenario }: RecomputedScenario,
  plan: PlanNumbers,
  totals: Totals,
  finding: Finding,
): void {
  const stated = new Map(
    (plan.contracts ?? []).map((bill) => [`${bill.vendor.normalize()} ${find.period(bill.period)}`, bill]),
  );
  if (stated.size !== (plan.contracts?.length ?? 0)) refuse(finding, 'a bill stands in the plan twice');
  for (const { vendor, spelled, bill, bends, exchangeRate } of contracts) {
    for (let t = 0; t < T; t += 1) {
      const volume = totals.billedByVendor.get(vendor)?.[t] ?? 0;
      const bend = bends(t).find((each) => Math.abs(each - volume) <= SNAP * Math.max(1, each));
      const cost = bill(bend ?? volume, t, totals.qualityByVendor.get(vendor)?.[t] ?? 0) * exchangeRate(t);
      totals.billed[t] += cost;
      const name = () => `the bill of ${spelled} in ${scenario.periods[t].id}`;
      const line = stated.get(`${vendor} ${t}`);
      stated.delete(`${vendor} ${t}`);
      if (line === undefined) {
        refuse(finding, `${name()} is not in the plan`);
        continue;
      }
      note(finding, () => `the volume of ${name()}`, Math.abs(line.volume - volume), volume);
      if (line.bracket) {
        const { fromVolume, toVolume } = line.bracket;
        note(finding, () => `the bracket of ${name()}`, fromVolume - volume, fromVolume);
        if (toVolume !== null) note(finding, () => `the bracket of ${name()}`, volume - toVolume, toVolume);
      }
      note(finding, name, Math.abs(line.cost - cost), cost);
      note(finding, () => `the total of ${name()}`, Math.abs(line.total * exchangeRate(t) - cost), cost);
      const sum = line.lines.reduce((total, { amount }) => total + amount, 0);
      note(finding, () => `the sum of the lines of ${name()}`, Math.abs(sum - line.total), line.total);
    }
  }
  if (stated.size > 0) refuse(finding, `${stated.size} bills belong to no contract`);
}
