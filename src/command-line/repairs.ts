import { patchedScenario } from '../../models/repairs/patched-scenario.ts';
import type { Repair } from '../../models/diagnosis.ts';
import { REPAIR_KINDS, type RepairPatch } from '../../models/relaxation.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { planText } from '../exports/plan-text.ts';
import { timeLimitOf } from './option-values.ts';
import { exitOf, type PlanOfFiles, planFiles } from './plan-files.ts';
import { EXIT, readWords, type Terminal, UsageError, writeOutput } from './terminal.ts';

/** `repairs`: why a scenario has no plan, and the ways out; with `--apply` the scenario with one of them. */
export async function repairsCommand(words: readonly string[], terminal: Terminal): Promise<number> {
  const names = ['capacity', 'demand', 'out', 'time-limit', 'kinds', 'apply'];
  const { files, values } = readWords(words, ['SCENARIO.json'], names);
  if ((values.apply === undefined) !== (values.out === undefined))
    throw new UsageError('Give --apply NUMBER together with --out FILE.');
  const kinds = kindsOf(values.kinds);
  const fields = { ...(kinds && { kinds }), options: timeLimitOf(values['time-limit']) };
  const planned = await planFiles('repairs-files', files[0], values, fields, terminal);
  if (typeof planned === 'number') return planned;
  terminal.print(planText(planned.scenario, planned.plan));
  return values.apply === undefined || values.out === undefined
    ? exitOf(planned.plan)
    : applyRepair(planned, Number(values.apply), values.out, terminal);
}

function kindsOf(text: string | undefined): string[] | undefined {
  const kinds = text?.split(',');
  if (kinds?.some((kind) => !REPAIR_KINDS.some((known) => known === kind)))
    throw new UsageError(`--kinds takes, with commas between them, ${REPAIR_KINDS.join(', ')}.`);
  return kinds;
}

/** Numbers are those of the printed list. */
async function applyRepair(
  { scenario, plan }: PlanOfFiles,
  number: number,
  path: string,
  terminal: Terminal,
): Promise<number> {
  const repair = plan.diagnosis?.repairs?.[number - 1];
  if (!repair?.suffices) {
    terminal.printError(`There is no repair of number ${number} that suffices; nothing was written.\n`);
    return EXIT.notValid;
  }
  await writeOutput(path, `${JSON.stringify(repairedScenario(scenario, repair), null, 2)}\n`);
  terminal.print(`Wrote ${path}.\n`);
  return EXIT.done;
}

function repairedScenario(scenario: Scenario, { changes }: Repair): Scenario {
  return patchedScenario(
    scenario,
    changes.map(({ patch }) => patch as RepairPatch),
  );
}
