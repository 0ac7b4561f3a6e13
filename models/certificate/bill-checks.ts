import type { PlanBill, PlanNumbers } from '../plan.ts';
import { type Finding, note, refuse } from './finding.ts';
import type { Totals } from './limit-use.ts';
import { bracketsOf } from './bill-brackets.ts';
import { type BillParts, type RecomputedContract, totalOf } from './contract-bills.ts';
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
  for (const contract of contracts) {
    const { vendor, spelled, unit, billParts, bends, exchangeRate } = contract;
    for (let t = 0; t < T; t += 1) {
      const volume = totals.billedByVendor.get(vendor)?.[t] ?? 0;
      const bend = bends(t).find((each) => Math.abs(each - volume) <= SNAP * Math.max(1, each));
      const parts = billParts(bend ?? volume, t, totals.qualityByVendor.get(vendor)?.[t] ?? 0);
      const cost = totalOf(parts[0]) * exchangeRate(t);
      totals.billed[t] += cost;
      const name = () => `the bill of ${spelled} in ${scenario.periods[t].id}`;
      const line = stated.get(`${vendor} ${t}`);
      stated.delete(`${vendor} ${t}`);
      if (line === undefined) {
        refuse(finding, `${name()} is not in the plan`);
        continue;
      }
      note(finding, () => `the volume of ${name()}`, Math.abs(line.volume - volume), volume);
      if (line.unit !== unit) refuse(finding, `${name()} is not of ${unit}`);
      checkBracket(contract, t, volume, line, name, finding);
      note(finding, name, Math.abs(line.cost - cost), cost);
      const rate = exchangeRate(t);
      note(finding, () => `the exchange rate of ${name()}`, Math.abs(line.exchangeRate - rate), rate);
      note(finding, () => `the total of ${name()}`, Math.abs(line.total * rate - cost), cost);
      checkLines(parts, line, name, finding);
    }
  }
  if (stated.size > 0) refuse(finding, `${stated.size} bills belong to no contract`);
}

/** A bill that says in which bracket it is held names one of its contract's, and there is more than one. */
function checkBracket(
  contract: RecomputedContract,
  t: number,
  volume: number,
  { bracket }: PlanBill,
  name: () => string,
  finding: Finding,
): void {
  if (bracket === undefined) return;
  const { fromVolume, toVolume } = bracket;
  const isSame = (one: number, other: number) =>
    one === other || Math.abs(one - other) <= SNAP * Math.max(1, one);
  const brackets = bracketsOf(contract, t);
  const isOfContract = brackets.some(
    ({ from, to }) => isSame(from, fromVolume) && isSame(to, toVolume ?? Infinity),
  );
  if (brackets.length < 2 || !isOfContract)
    refuse(finding, `the bracket of ${name()} is none of its contract`);
  note(finding, () => `the bracket of ${name()}`, fromVolume - volume, fromVolume);
  if (toVolume !== null) note(finding, () => `the bracket of ${name()}`, volume - toVolume, toVolume);
}

const PART_OF_LINE = {
  volume: 'charge',
  minimum: 'charge',
  baseline: 'charge',
  additional: 'charge',
  reduced: 'charge',
  management: 'management',
  bonus: 'bonus',
  malus: 'bonus',
  quality: 'quality',
  exit: 'exit',
} as const satisfies Record<PlanBill['lines'][number]['kind'], keyof BillParts>;

/** Lines say what they come to, add up to the total, and kind by kind to what the contract makes of the volume. */
function checkLines(
  candidates: readonly BillParts[],
  { lines, total }: PlanBill,
  name: () => string,
  finding: Finding,
): void {
  const sums = { charge: 0, management: 0, bonus: 0, exit: 0, quality: 0 };
  for (const { kind, quantity, rate, amount } of lines) {
    sums[PART_OF_LINE[kind]] += amount;
    if ((quantity === undefined) !== (rate === undefined))
      refuse(finding, `a line of ${name()} has a quantity without a rate, or a rate without a quantity`);
    if (quantity !== undefined && rate !== undefined)
      note(finding, () => `a line of ${name()}`, Math.abs(quantity * rate - amount), amount);
  }
  note(finding, () => `the sum of the lines of ${name()}`, Math.abs(totalOf(sums) - total), total);
  const differenceTo = (parts: BillParts) =>
    Math.max(...Object.values(PART_OF_LINE).map((part) => Math.abs(sums[part] - parts[part])));
  // Where both sides of a jump come to the same, either may be stated.
  const least = totalOf(candidates[0]);
  const asCheap = candidates.filter((parts) => totalOf(parts) - least <= SNAP * Math.max(1, Math.abs(least)));
  note(finding, () => `the lines of ${name()}`, Math.min(...asCheap.map(differenceTo)), total);
}
