import { backupCommand } from './backup.ts';
import { explainCommand } from './explain.ts';
import { exportModelCommand } from './export-model.ts';
import { invoiceCommand } from './invoice.ts';
import { repairsCommand } from './repairs.ts';
import { restoreCommand } from './restore.ts';
import { sensitivityTableCommand } from './sensitivity-table.ts';
import { solveCommand } from './solve.ts';
import { EXIT, FileError, type Terminal, UsageError } from './terminal.ts';
import { verifyCommand } from './verify.ts';

const USAGE = `Usage:
  apportion solve SCENARIO.json [--capacity FILE.csv] [--demand FILE.csv] [--out PLAN.json] [--time-limit SECONDS]
            [--engine highs|javascript-lp-solver] [--cross-check] [--sensitivity none|classic|full] [--flip CHOICE]
      solves the scenario and prints the plan; --out writes the whole plan as JSON; --cross-check solves it again
      with the other engine and fails where they disagree; --sensitivity full prices both sides of every limit;
      --flip '{"site":"manila"}' tells what it costs to open or close that site (with "workflow" and "period": to have it there)
  apportion repairs SCENARIO.json [--capacity FILE.csv] [--demand FILE.csv] [--time-limit SECONDS]
            [--kinds KIND,KIND] [--apply NUMBER --out REPAIRED.json]
      tells why a scenario has no plan, and what the least changes are with which it has one; --kinds offers some kinds
      of change only, --apply writes the scenario with one of the repairs
  apportion explain SCENARIO.json [--workflow ID] [--team ID] [--vendor ID] [--capacity FILE.csv] [--demand FILE.csv]
            [--out EXPLANATION.json] [--time-limit SECONDS]
      says why each workflow is where it is and not elsewhere, and from which cost on that changes
  apportion verify SCENARIO.json PLAN.json [--capacity FILE.csv] [--demand FILE.csv]
      proves a plan again, from the scenario and the plan's own numbers
  apportion export-model SCENARIO.json [--format lp|mps|javascript-lp-solver] [--capacity FILE.csv]
            [--demand FILE.csv] [--out FILE]
      writes the linear program; with --out also FILE.key.json, which tells what its names mean
  apportion sensitivity-table SCENARIO.json --table variables|constraints|constraint-status [--infinity blank|1E+30]
            [--capacity FILE.csv] [--demand FILE.csv] [--out FILE.csv] [--time-limit SECONDS]
            [--engine highs|javascript-lp-solver] [--cross-check]
      solves the scenario and writes one table of its sensitivity report as CSV with the columns of Excel's Solver
  apportion invoice REQUEST.json [--out BILLS.json]
      recomputes a vendor's bills from what it delivered and prints them line by line; REQUEST.json has the contract, the
      currency, the periods and what was delivered, as the body of POST /v1/invoices
  apportion backup --out FILE.db [--url http://127.0.0.1:3000]
      has the running service write a copy of everything it keeps; where none runs, copies the store in DATA_DIR
  apportion restore FILE.db [--replace]
      proves a copy, with every scenario and plan in it, and makes it the store in DATA_DIR; --replace keeps the one
      before under a dated name

A CSV file replaces the scenario's whole table. Exit status: 0 done, 1 not valid or not verified, 2 wrong usage,
3 infeasible, 4 failed.
`;

const COMMANDS = {
  solve: solveCommand,
  explain: explainCommand,
  repairs: repairsCommand,
  verify: verifyCommand,
  'export-model': exportModelCommand,
  'sensitivity-table': sensitivityTableCommand,
  invoice: invoiceCommand,
  backup: backupCommand,
  restore: restoreCommand,
};

/** Runs one command of the command line; returns its exit status. */
export async function runCommand(words: readonly string[], terminal: Terminal): Promise<number> {
  const name = words.at(0);
  const rest = words.slice(1);
  if (name === undefined || name === 'help' || rest.includes('--help') || name === '--help') {
    terminal.print(USAGE);
    return name === undefined ? EXIT.usage : EXIT.done;
  }
  try {
    if (!Object.hasOwn(COMMANDS, name)) throw new UsageError(`There is no command ${JSON.stringify(name)}.`);
    return await COMMANDS[name as keyof typeof COMMANDS](rest, terminal);
  } catch (error) {
    if (error instanceof UsageError) terminal.printError(`${error.message}\n\n${USAGE}`);
    else if (error instanceof FileError) terminal.printError(`${error.message}\n`);
    else throw error;
    return EXIT.usage;
  }
}
