import { basename } from 'node:path';
import { MODEL_FORMATS, modelText } from '../exports/model-text.ts';
import { normaliseScenario } from '../../models/scenario/normalise-scenario.ts';
import { readInputFiles, scenarioOf } from './input-files.ts';
import { EXIT, faultLines, readWords, type Terminal, UsageError, writeOutput } from './terminal.ts';

/** `export-model`: the scenario's program as LP, MPS or JSON model. */
export async function exportModelCommand(words: readonly string[], terminal: Terminal): Promise<number> {
  const { files, values } = readWords(words, ['SCENARIO.json'], ['capacity', 'demand', 'format', 'out']);
  const asked = values.format ?? 'lp';
  const format = MODEL_FORMATS.find((known) => known === asked);
  if (format === undefined) throw new UsageError(`--format takes ${MODEL_FORMATS.join(', ')}.`);
  const read = scenarioOf(await readInputFiles(files[0], values));
  const normalised = read.faults ? undefined : normaliseScenario(read.scenario);
  const faults = read.faults ?? (normalised?.faults && read.locate(normalised.faults));
  if (faults || !normalised?.data) {
    terminal.printError(faultLines(faults ?? [], basename(files[0])));
    return EXIT.notValid;
  }
  const { program, key } = modelText(normalised.data, format);
  if (values.out === undefined) {
    terminal.print(program);
    return EXIT.done;
  }
  await writeOutput(values.out, program);
  await writeOutput(`${values.out}.key.json`, `${JSON.stringify(key, null, 1)}\n`);
  terminal.print(`Wrote ${values.out} and ${values.out}.key.json.\n`);
  return EXIT.done;
}
