import { billPieces } from '../contracts/bill-pieces.ts';
import { billBrackets } from '../contracts/brackets.ts';
import { contractFaults } from '../contracts/contract-faults.ts';
import { billedPeriods } from '../contracts/invoice.ts';
import { type Fault, jsonPointer } from '../fault.ts';
import type { PlanningContract, Positions } from '../planning-data.ts';
import { quoted } from './schema-faults.ts';
import type { Scenario } from './schema.ts';

/** A scenario's contracts in the order of their vendors, each with its bills in pieces; what is wrong with them is added to `faults`. */
export function normaliseContracts(
  { contracts = [], currency, periods, sites }: Scenario,
  positions: Positions,
  faults: Fault[],
): PlanningContract[] {
  const known = new Set(sites.flatMap(({ vendor }) => vendor?.normalize() ?? []));
  const seen = new Map<string, number>();
  const ids = periods.map(({ id }) => id);
  const periodsBilled = billedPeriods(ids);
  const normalised = contracts.flatMap((contract, at): PlanningContract[] => {
    const vendor = contract.vendor.normalize();
    const found = contractFaults(contract, { periods: ids, billed: ids, currency }).map((fault) => ({
      ...fault,
      pointer: `/contracts/${at}${fault.pointer}`,
    }));
    const report = (path: readonly PropertyKey[], code: string, message: string) => {
      found.push({ pointer: jsonPointer(['contracts', at, ...path]), code, message });
    };
    if (!known.has(vendor))
      report(
        ['vendor'],
        'unknown-vendor',
        `There is no vendor ${quoted(vendor)}. Name a vendor that operates a site.`,
      );
    if (seen.has(vendor))
      report(
        ['vendor'],
        'duplicate-contract',
        `The contract at index ${seen.get(vendor)} is with this vendor, too. Keep one of them.`,
      );
    seen.set(vendor, at);
    const pieces = found.length > 0 ? [] : periodsBilled.map((period) => billPieces(contract, period));
    const odd = pieces.findIndex((ofPeriod) => ofPeriod.some(({ slope }) => !isUsable(slope)));
    if (odd >= 0)
      report(
        ['charge'],
        'out-of-range',
        `In ${quoted(ids[odd])} one more is billed at less than 1e-8 or more than 1e9. Use rates nearer to 1.`,
      );
    pieces.forEach((ofPeriod, t) => {
      const at = ofPeriod.findIndex(({ from, to }) => to - from < NEAREST * Math.max(1, from));
      if (at < 0 || found.some(({ code }) => code === 'volumes-too-near')) return;
      report(
        [],
        'volumes-too-near',
        `In ${quoted(ids[t])} the bill changes at ${ofPeriod[at].from} and again at ${ofPeriod[at].to}. Set them further apart, or make one of the two.`,
      );
    });
    faults.push(...found);
    const brackets = pieces.map(billBrackets);
    return found.length > 0
      ? []
      : [{ vendor: positions.vendor(contract.vendor), contract, periods: periodsBilled, pieces, brackets }];
  });
  return normalised.sort((a, b) => a.vendor - b.vendor);
}

/** Volumes nearer than this to each other, relative to them, an engine takes for the same. */
const NEAREST = 1e-4;

/** Whether an engine can tell the money of an hour from nothing, and from everything. */
function isUsable(slope: number): boolean {
  return slope === 0 || (Math.abs(slope) >= 1e-8 && Math.abs(slope) <= 1e9);
}

/** Faults of teams whose vendor's contract pays for them, and which are paid in another way as well. */
export function doublePaidTeams({ contracts = [], sites, teams }: Scenario): Fault[] {
  const contracted = new Set(contracts.map(({ vendor }) => vendor.normalize()));
  const bySite = new Map(sites.map(({ id, vendor }) => [id.normalize(), vendor?.normalize()]));
  return teams.flatMap(({ site, paid, headcount }, at) => {
    const vendor = bySite.get(site.normalize());
    if (vendor === undefined || !contracted.has(vendor) || (paid !== 'capacity' && !headcount)) return [];
    const message = `The contract with ${quoted(vendor)} pays for this team's hours. Leave ${headcount ? 'headcount' : 'paid'} out, or the contract.`;
    return [{ pointer: jsonPointer(['teams', at]), code: 'paid-with-contract', message }];
  });
}
