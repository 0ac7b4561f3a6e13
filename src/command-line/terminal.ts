import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Fault } from '../../models/fault.ts';
import type { OptionFault } from '../planning/solve-options.ts';
import type { CsvFault } from '../scenarios/csv-faults.ts';

/** Where a command speaks to: results on one stream, progress and faults on the other. */
export interface Terminal {
  print(text: string): void;
  printError(text: string): void;
}

export const EXIT = { done: 0, notValid: 1, usage: 2, infeasible: 3, failed: 4 } as const;

/** A file cannot be read or written; the message says which and why. */
export class FileError extends Error {
  override readonly name = 'FileError';
}

/** The words of the command line are wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Reads the words of a command: `fileNames` names its files, in order; every option takes a value, a flag takes none. */
export function readWords(
  words: readonly string[],
  fileNames: readonly string[],
  options: readonly string[],
  flags: readonly string[] = [],
): { files: string[]; values: Partial<Record<string, string>>; given: ReadonlySet<string> } {
  const config: NonNullable<ParseArgsConfig['options']> = {};
  for (const option of options) config[option] = { type: 'string' };
  for (const flag of flags) config[flag] = { type: 'boolean' };
  let parsed;
  try {
    parsed = parseArgs({ args: [...words], options: config, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'The options could not be read.');
  }
  if (parsed.positionals.length !== fileNames.length) {
    const wanted = fileNames.length === 0 ? 'options only' : fileNames.join(' and ');
    throw new UsageError(`Give ${wanted}, and nothing more.`);
  }
  const given = new Set(Object.keys(parsed.values));
  return { files: parsed.positionals, values: parsed.values as Partial<Record<string, string>>, given };
}

/** A file's bytes. */
export async function readInput(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new FileError(`${path} cannot be read (${codeOf(error)}).`);
  }
}

export async function writeOutput(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    throw new FileError(`${path} cannot be written (${codeOf(error)}).`);
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown error';
}

/** The option of the command line in which something is wrong. */
function wordOfOption(option: OptionFault['option']): string {
  if (option === 'crossCheck') return 'cross-check';
  return option.startsWith('flips/') ? 'flip' : option;
}

/** Lists faults, one a line, each with its place; a fault in JSON stands in `jsonFile`. */
export function faultLines(faults: readonly (Fault | CsvFault | OptionFault)[], jsonFile: string): string {
  const lines = faults.map((fault) => {
    if ('option' in fault) return `--${wordOfOption(fault.option)}: ${fault.message} [${fault.code}]`;
    if ('pointer' in fault) return `${jsonFile} ${fault.pointer || '/'}: ${fault.message} [${fault.code}]`;
    const column = fault.column === undefined ? '' : `, column ${fault.column}`;
    return `${fault.file} line ${fault.line}${column}: ${fault.message} [${fault.code}]`;
  });
  return `${faults.length === 1 ? 'One fault' : `${faults.length} faults`}:\n${lines.join('\n')}\n`;
}
