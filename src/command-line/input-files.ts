import { basename } from 'node:path';
import { readScenarioFiles, type ScenarioFiles } from '../scenarios/scenario-files.ts';
import { readInput } from './terminal.ts';

/** The files of a scenario on the command line: the bytes of each, and which tables they replace. */
export interface InputFiles {
  readonly parts: readonly Buffer[];
  /** The names of the CSV files, for faults. */
  readonly tables: { readonly capacity?: string; readonly demand?: string };
}

/** Reads a scenario file and the CSV files named by the options `capacity` and `demand`. */
export async function readInputFiles(
  scenarioPath: string,
  values: Partial<Record<string, string>>,
): Promise<InputFiles> {
  const parts = [await readInput(scenarioPath)];
  const tables: { capacity?: string; demand?: string } = {};
  for (const table of ['capacity', 'demand'] as const) {
    const path = values[table];
    if (path === undefined) continue;
    parts.push(await readInput(path));
    tables[table] = basename(path);
  }
  return { parts, tables };
}

/** The scenario that the files make, for commands that need no engine. */
export function scenarioOf({ parts, tables }: InputFiles): ScenarioFiles {
  return readScenarioFiles(parts, tables);
}
