import { isRecord, quoted } from './schema-faults.ts';

/** Where and what is wrong, and what to do. */
type Report = (path: readonly PropertyKey[], code: string, message: string) => void;

/**
 * What is wrong between a scenario's contracts and its sites and teams: a vendor that there is not, two contracts with one, and teams that are
 * paid in another way as well. Like all references it is looked for in any value.
 */
export function contractReferenceFaults(scenario: Record<string, unknown>, report: Report): void {
  const vendorAt = new Map<string, string>();
  for (const { id, vendor } of recordsOf(scenario.sites))
    if (typeof id === 'string' && typeof vendor === 'string')
      vendorAt.set(id.normalize(), vendor.normalize());
  const contracted = checkVendors(scenario.contracts, new Set(vendorAt.values()), report);
  checkPay(
    scenario.teams,
    (site) => {
      const vendor = typeof site === 'string' ? vendorAt.get(site.normalize()) : undefined;
      return vendor !== undefined && contracted.has(vendor) ? vendor : undefined;
    },
    report,
  );
}

/** Returns the vendors that there is a contract with. */
function checkVendors(contracts: unknown, known: ReadonlySet<string>, report: Report): ReadonlySet<string> {
  const seen = new Map<string, number>();
  if (!Array.isArray(contracts)) return new Set();
  contracts.forEach((contract: unknown, at) => {
    if (!isRecord(contract) || typeof contract.vendor !== 'string') return;
    const vendor = contract.vendor.normalize();
    const path = ['contracts', at, 'vendor'];
    if (!known.has(vendor))
      report(
        path,
        'unknown-vendor',
        `There is no vendor ${quoted(vendor)}. Name a vendor that operates a site.`,
      );
    const first = seen.get(vendor);
    if (first === undefined) seen.set(vendor, at);
    else
      report(
        path,
        'duplicate-contract',
        `The contract at index ${first} is with this vendor, too. Keep one of them.`,
      );
  });
  return new Set(seen.keys());
}

/** `contractedAt` tells the vendor at a site whose contract pays for the hours there. */
function checkPay(teams: unknown, contractedAt: (site: unknown) => string | undefined, report: Report): void {
  if (!Array.isArray(teams)) return;
  teams.forEach((team: unknown, at) => {
    if (!isRecord(team) || (team.paid !== 'capacity' && team.headcount === undefined)) return;
    const vendor = contractedAt(team.site);
    if (vendor === undefined) return;
    const field = team.headcount === undefined ? 'paid' : 'headcount';
    report(
      ['teams', at],
      'paid-with-contract',
      `The contract with ${quoted(vendor)} pays for this team's hours. Leave ${field} out, or the contract.`,
    );
  });
}

function recordsOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
