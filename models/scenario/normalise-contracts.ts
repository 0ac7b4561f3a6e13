import { type BillPiece, billPieces } from '../contracts/bill-pieces.ts';
import { billBrackets } from '../contracts/brackets.ts';
import { contractFaults } from '../contracts/contract-faults.ts';
import type { Contract } from '../contracts/contract-schema.ts';
import { billedPeriods } from '../contracts/invoice.ts';
import { type Fault, jsonPointer } from '../fault.ts';
import type { PlanningContract, Positions } from '../planning-data.ts';
import { quoted } from './schema-faults.ts';
import type { Scenario } from './schema.ts';

/**
 * A scenario's contracts in the order of their vendors, each with its bills in pieces; what is wrong with them is added to `faults`. Expects
 * contracts without reference faults.
 */
export function normaliseContracts(
  { contracts = [], currency, periods }: Scenario,
  positions: Positions,
  faults: Fault[],
): PlanningContract[] {
  const around = { periods: periods.map(({ id }) => id), currency };
  const billed = billedPeriods(around.periods);
  const normalised = contracts.flatMap((contract, at): PlanningContract[] => {
    const { pieces, faults: found } = contractPieces(contract, at, around);
    faults.push(...found);
    if (found.length > 0) return [];
    const brackets = pieces.map(billBrackets);
    return [{ vendor: positions.vendor(contract.vendor), contract, periods: billed, pieces, brackets }];
  });
  return normalised.sort((a, b) => a.vendor - b.vendor);
}

/** What a contract needs to know of the scenario around it. */
export interface AroundContract {
  readonly periods: readonly string[];
  /** Undefined where that of the scenario is not known: what hangs on it is left out then. */
  readonly currency: string | undefined;
}

/** The bills of the contract at a place in the list, in pieces by period, or what is wrong with it; expects one without faults of form. */
export function contractPieces(
  contract: Contract,
  at: number,
  { periods, currency }: AroundContract,
): { readonly pieces: readonly BillPiece[][]; readonly faults: readonly Fault[] } {
  const faults: Fault[] = contractFaults(contract, { periods, billed: periods, currency }).map((fault) => ({
    ...fault,
    pointer: `/contracts/${at}${fault.pointer}`,
  }));
  const isMoneyKnown = currency !== undefined || contract.currency === undefined;
  if (faults.length > 0 || !isMoneyKnown) return { pieces: [], faults };
  const pieces = billedPeriods(periods).map((period) => billPieces(contract, period));
  const report = (path: readonly PropertyKey[], code: string, message: string) => {
    faults.push({ pointer: jsonPointer(['contracts', at, ...path]), code, message });
  };
  const odd = pieces.findIndex((ofPeriod) => ofPeriod.some(({ slope }) => !isUsable(slope)));
  if (odd >= 0)
    report(
      ['charge'],
      'out-of-range',
      `In ${quoted(periods[odd])} one more is billed at less than 1e-8 or more than 1e9. Use rates nearer to 1.`,
    );
  const near = pieces.findIndex((ofPeriod) => ofPeriod.some(isTooShort));
  if (near >= 0) {
    const { from, to } = pieces[near].find(isTooShort)!;
    report(
      [],
      'volumes-too-near',
      `In ${quoted(periods[near])} the bill changes at ${from} and again at ${to}. Set them further apart, or make one of the two.`,
    );
  }
  return { pieces, faults };
}

/** Volumes nearer than this to each other, relative to them, an engine takes for the same. */
const NEAREST = 1e-4;

function isTooShort({ from, to }: BillPiece): boolean {
  return to - from < NEAREST * Math.max(1, from);
}

/** Whether an engine can tell the money of an hour from nothing, and from everything. */
function isUsable(slope: number): boolean {
  return slope === 0 || (Math.abs(slope) >= 1e-8 && Math.abs(slope) <= 1e9);
}
