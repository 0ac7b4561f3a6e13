import type { Fault } from '../fault.ts';
import { faultsOfContracts } from './sound-contracts.ts';
import { normaliseScenario } from './normalise-scenario.ts';
import { referenceFaults } from './reference-faults.ts';
import { MAX_FAULTS, schemaFaults } from './schema-faults.ts';
import type { Scenario } from './schema.ts';
import { soundPart } from './sound-part.ts';

/** A scenario that has passed every check of form and reference, or everything that is wrong with it. */
export type CheckedScenario =
  | { readonly scenario: Scenario; readonly faults?: undefined }
  | { readonly scenario?: undefined; readonly faults: readonly Fault[] };

/**
 * Checks form and references together, and whatever can be checked further of the parts without faults, so that a user
 * sees all faults at once; at most `MAX_FAULTS` of them.
 */
export function checkScenario(value: unknown): CheckedScenario {
  const ofForm = schemaFaults(value);
  const faults = [...ofForm, ...referenceFaults(value)];
  // The schema transforms nothing, so what was sent is what was checked.
  if (faults.length === 0) return { scenario: value as Scenario };
  if (faults.length < MAX_FAULTS) faults.push(...faultsOfContracts(value, ofForm, faults));
  if (faults.length < MAX_FAULTS) faults.push(...faultsOfSoundPart(value, faults));
  return { faults: withoutRepeats(faults).slice(0, MAX_FAULTS) };
}

function faultsOfSoundPart(value: unknown, faults: readonly Fault[]): Fault[] {
  const sound = soundPart(value, faults);
  if (sound === undefined) return [];
  return (normaliseScenario(sound.scenario).faults ?? []).map(sound.inWhole);
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
