import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { readableProgram } from '../readable-program.ts';

export const GOLDEN_FOLDER = new URL('./golden/', import.meta.url);

/** Holds a family's rows against its golden file; `UPDATE_GOLDEN=1` writes the file instead. */
export function expectGoldenProgram(scenario: Scenario, family: string): void {
  const file = new URL(`${family}.lp.txt`, GOLDEN_FOLDER);
  const program = readableProgram(scenario, family);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, program);
  expect(program).toBe(readFileSync(file, 'utf8'));
}
