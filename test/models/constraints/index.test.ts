import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { familyNamed, families } from '../../../models/constraints/index.ts';
import { GOLDEN_FOLDER } from './golden.ts';

const names = families.map(({ name }) => name);

describe.each(names)('the family %s', (name) => {
  it('has a test file of its own', () => {
    expect(existsSync(new URL(`${name}.test.ts`, import.meta.url))).toBe(true);
  });

  it('has a golden program', () => {
    expect(existsSync(new URL(`${name}.lp.txt`, GOLDEN_FOLDER))).toBe(true);
  });

  it('is found by its name and says what it does', () => {
    const family = familyNamed(name);
    expect(family.name).toBe(name);
    expect(family.summary).toMatch(/^[A-Z].*\.$/);
    expect(family.formula).toMatch(/≤|≥|=/);
  });
});

it('has no golden program without a family', () => {
  const files = readdirSync(GOLDEN_FOLDER).sort();
  expect(files).toEqual(names.map((name) => `${name}.lp.txt`).sort());
});

it('gives every family a name of its own', () => {
  expect(new Set(names).size).toBe(names.length);
});

it('registers every family file, so that none is left out of the program', () => {
  const folder = new URL('../../../models/constraints/', import.meta.url);
  const files = readdirSync(folder).filter((file) => file !== 'index.ts');
  expect(files.sort()).toEqual(names.map((name) => `${name}.ts`).sort());
});

it('does not know a family that is not registered', () => {
  expect(() => familyNamed('toString')).toThrow('No constraint family is called toString.');
});
