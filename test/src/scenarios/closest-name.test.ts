import { expect, it } from 'vitest';
import { closestName } from '../../../src/scenarios/closest-name.ts';

it('finds the name with the fewest edits', () => {
  expect(closestName('manila-em', ['manila-es', 'austin-en', 'manila-en2', 'manila-en'])).toBe('manila-es');
  expect(closestName('manilaen', ['manila', 'manila-en'])).toBe('manila-en');
});

it('does not count letter case as an edit', () => {
  expect(closestName('MANILA-EN', ['manila-em', 'manila-en'])).toBe('manila-en');
});

it('finds nothing where more than 2 letters or a third of the name differ', () => {
  expect(closestName('manila', ['austin'])).toBeUndefined();
  expect(closestName('manila-en', ['manila-en-fr'])).toBeUndefined();
  expect(closestName('t1', ['t2'])).toBeUndefined();
});

it('answers at once for a name of a million characters', () => {
  expect(closestName('a'.repeat(1e6), ['b'.repeat(1e6)])).toBeUndefined();
});
