#!/usr/bin/env node
import { runCommand } from './command-line/run-command.ts';

process.exitCode = await runCommand(process.argv.slice(2), {
  print: (text) => process.stdout.write(text),
  printError: (text) => process.stderr.write(text),
});
