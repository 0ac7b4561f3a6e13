import type { z } from 'zod';
import type { Fault } from '../../models/fault.ts';
import { checkScenario } from '../../models/scenario/check-scenario.ts';
import { faultsOf, isRecord, MAX_FAULTS } from '../../models/scenario/schema-faults.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { readStrictJson } from './strict-json.ts';

/** A body that carries a scenario, read and checked, or everything that is wrong with it. */
export type ReadBody<Rest> =
  | { readonly scenario: Scenario; readonly rest: Rest; readonly faults?: undefined }
  | { readonly faults: readonly Fault[] };

/**
 * Reads a request body `{ "scenario": …, … }`. `restSchema` describes the fields beside the scenario.
 *
 * Faults of the text, of the form, of references and of the other fields are reported together, with JSON pointers
 * from the root of the body.
 */
export function readBody<Rest>(bytes: Uint8Array, restSchema: z.ZodType<Rest>): ReadBody<Rest> {
  const { value, faults: textFaults } = readStrictJson(bytes);
  if (value === undefined) return { faults: textFaults };
  if (!isRecord(value)) return { faults: [...textFaults, ...faultsOf(restSchema, value, [])] };
  const { scenario, ...rest } = value;
  const checked = checkScenario(scenario);
  // A number that no double can hold has been reported as such; its replacement has nothing more to say.
  const unreadable = new Set(textFaults.map(({ pointer }) => pointer));
  const further = [...faultsOf(restSchema, rest, []), ...inScenario(checked.faults ?? [])];
  const faults = [...textFaults, ...further.filter(({ pointer }) => !unreadable.has(pointer))];
  if (faults.length > 0 || !checked.scenario) return { faults: faults.slice(0, MAX_FAULTS) };
  return { scenario: checked.scenario, rest: rest as Rest };
}

/** Pointers into a scenario as pointers into the body that carries it. */
export function inScenario(faults: readonly Fault[]): Fault[] {
  return faults.map((fault) => ({ ...fault, pointer: `/scenario${fault.pointer}` }));
}
