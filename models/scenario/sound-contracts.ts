import type { Contract } from '../contracts/contract-schema.ts';
import { type Fault, hasFaultAt } from '../fault.ts';
import { contractPieces } from './normalise-contracts.ts';
import { isRecord, MAX_FAULTS } from './schema-faults.ts';
import type { Scenario } from './schema.ts';

/**
 * What is wrong within each contract of sound form, whatever is wrong elsewhere: contracts hang on the ids of periods and on the currency alone.
 * `ofForm` are all faults of form, `all` those of reference as well. Nothing is said where a period has a fault.
 */
export function faultsOfContracts(value: unknown, ofForm: readonly Fault[], all: readonly Fault[]): Fault[] {
  if (!isRecord(value) || !Array.isArray(value.contracts) || hasFaultAt(all, ['periods'])) return [];
  const currency = knownCurrency(value, all);
  const periods = (value.periods as Scenario['periods']).map(({ id }) => id);
  const found: Fault[] = [];
  for (const [at, contract] of value.contracts.entries()) {
    if (found.length >= MAX_FAULTS) break;
    if (hasFaultAt(ofForm, ['contracts', at])) continue;
    found.push(...contractPieces(contract as Contract, at, { periods, currency }).faults);
  }
  return found;
}

/** The currency of a scenario, where it has no fault. */
export function knownCurrency(
  { currency }: Record<string, unknown>,
  faults: readonly Fault[],
): string | undefined {
  return hasFaultAt(faults, ['currency']) ? undefined : (currency as string);
}
