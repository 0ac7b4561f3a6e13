import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../../src/command-line/run-command.ts';

/** What a command printed and how it ended. */
export interface CommandResult {
  readonly exit: number;
  readonly printed: string;
  /** All it said on the error stream but for its progress, which a busy machine makes it tell of. */
  readonly complained: string;
}

/** Runs a command as `apportion` does, without a process of its own. */
export async function run(...words: string[]): Promise<CommandResult> {
  const { progress: _progress, ...result } = await runWithProgress(...words);
  return result;
}

/** The same with the progress it tells of. */
export async function runWithProgress(
  ...words: string[]
): Promise<CommandResult & { readonly progress: string }> {
  let [printed, complained, progress] = ['', '', ''];
  const exit = await runCommand(words, {
    print: (text) => (printed += text),
    printError: (text) => {
      if (text.startsWith('… ')) progress += text;
      else complained += text;
    },
  });
  return { exit, printed, complained, progress };
}

/** A folder for the files of one test file. */
export interface Folder {
  path(name: string): string;
  /** Writes a file, anything but text and bytes as JSON, and returns its path. */
  write(name: string, content: unknown): string;
  remove(): void;
}

export function newFolder(): Folder {
  const folder = mkdtempSync(join(tmpdir(), 'apportion-'));
  const path = (name: string) => join(folder, name);
  return {
    path,
    write: (name, content) => {
      const isRaw = typeof content === 'string' || content instanceof Uint8Array;
      writeFileSync(path(name), isRaw ? content : JSON.stringify(content));
      return path(name);
    },
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}
