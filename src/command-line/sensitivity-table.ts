import { INFINITIES, SENSITIVITY_TABLES } from '../exports/sensitivity-table.ts';
import type { NoPrices } from '../planning/replies.ts';
import { inPlanningProcess } from './in-planning-process.ts';
import { readInputFiles } from './input-files.ts';
import { choiceOf, SOLVING_OPTIONS, solvingOptionsOf } from './option-values.ts';
import { EXIT, readWords, type Terminal, UsageError, writeOutput } from './terminal.ts';

/** `sensitivity-table`: one table of the sensitivity report as CSV, with the columns of Excel's Solver. */
export async function sensitivityTableCommand(words: readonly string[], terminal: Terminal): Promise<number> {
  const names = ['capacity', 'demand', 'out', 'table', 'infinity', ...SOLVING_OPTIONS];
  const { files, values, given } = readWords(words, ['SCENARIO.json'], names, ['cross-check']);
  if (values.table === undefined) throw new UsageError(`Give --table ${SENSITIVITY_TABLES.join(' or ')}.`);
  const fields = {
    ...choiceOf('table', SENSITIVITY_TABLES, values.table),
    ...choiceOf('infinity', INFINITIES, values.infinity),
    options: solvingOptionsOf(values, given),
  };
  const input = await readInputFiles(files[0], values);
  const reply = await inPlanningProcess('sensitivity-table-files', files[0], input, fields, terminal);
  if (typeof reply === 'number') return reply;
  if (reply.outcome === 'nothing') return tellNoPrices(JSON.parse(reply.text) as NoPrices, terminal);
  if (values.out === undefined) {
    terminal.print(reply.text);
    return EXIT.done;
  }
  await writeOutput(values.out, reply.text);
  terminal.print(`Wrote ${values.out}.\n`);
  return EXIT.done;
}

function tellNoPrices({ planStatus, reason, detail }: NoPrices, terminal: Terminal): number {
  const status = reason === undefined ? planStatus : `${planStatus} (${reason})`;
  terminal.printError(`No table, the plan is ${status}. ${detail} The command solve tells more.\n`);
  return planStatus === 'infeasible' ? EXIT.infeasible : EXIT.failed;
}
