import { basename } from 'node:path';
import { verifyAnswer, wordOfEngine } from '../../models/certificate.ts';
import { planSchema } from '../../models/plan.ts';
import { faultsOf } from '../../models/scenario/schema-faults.ts';
import { readStrictJson } from '../scenarios/strict-json.ts';
import { readInputFiles, scenarioOf } from './input-files.ts';
import { EXIT, faultLines, readInput, readWords, type Terminal } from './terminal.ts';

/** `verify`: proves a plan file again, without engine or builder. */
export async function verifyCommand(words: readonly string[], terminal: Terminal): Promise<number> {
  const { files, values } = readWords(words, ['SCENARIO.json', 'PLAN.json'], ['capacity', 'demand']);
  const [scenarioPath, planPath] = files;
  const read = scenarioOf(await readInputFiles(scenarioPath, values));
  if (read.faults) {
    terminal.printError(faultLines(read.faults, basename(scenarioPath)));
    return EXIT.notValid;
  }
  const { value, faults: textFaults } = readStrictJson(await readInput(planPath));
  const faults = value === undefined ? textFaults : [...textFaults, ...faultsOf(planSchema, value, [])];
  if (faults.length > 0) {
    terminal.printError(faultLines(faults, basename(planPath)));
    return EXIT.notValid;
  }
  const plan = planSchema.parse(value);
  const wrong = verifyAnswer(read.scenario, plan);
  if (wrong.length > 0) {
    terminal.print(`Not verified:\n${wrong.map((fault) => `  - ${fault}`).join('\n')}\n`);
    return EXIT.notValid;
  }
  const proven =
    plan.status === 'infeasible'
      ? 'there is no plan'
      : `${plan.status} at ${String(plan.totalCost)} ${plan.currency ?? ''}`;
  const word = wordOfEngine(read.scenario, plan);
  terminal.print(`Verified: ${proven}.\n${word === undefined ? '' : `Not proven: ${word}.\n`}`);
  return EXIT.done;
}
