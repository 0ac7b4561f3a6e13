import type { Fault } from '../fault.ts';
import { referenceFaults } from './reference-faults.ts';
import { MAX_FAULTS, schemaFaults } from './schema-faults.ts';
import type { Scenario } from './schema.ts';

/** A scenario that has passed every check of form and reference, or everything that is wrong with it. */
export type CheckedScenario =
  | { readonly scenario: Scenario; readonly faults?: undefined }
  | { readonly scenario?: undefined; readonly faults: readonly Fault[] };

/** Checks form and references together, so that a user sees all faults at once; at most `MAX_FAULTS` of them. */
export function checkScenario(value: unknown): CheckedScenario {
  const faults = [...schemaFaults(value), ...referenceFaults(value)];
  if (faults.length > 0) return { faults: withoutRepeats(faults).slice(0, MAX_FAULTS) };
  // The schema transforms nothing, so what was sent is what was checked.
  return { scenario: value as Scenario };
}

/** The two checks can meet the same fault, such as a vendor that is missing; the first word on it is enough. */
function withoutRepeats(faults: readonly Fault[]): Fault[] {
  const seen = new Set<string>();
  return faults.filter(({ pointer, code }) => {
    const key = `${code} ${pointer}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
