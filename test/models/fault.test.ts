import { expect, it } from 'vitest';
import { jsonPointer } from '../../models/fault.ts';

it('points at the whole document with an empty pointer', () => {
  expect(jsonPointer([])).toBe('');
});

it('joins names and positions with slashes', () => {
  expect(jsonPointer(['teams', 3, 'site'])).toBe('/teams/3/site');
});

it('escapes ~ and / as RFC 6901 asks, the tilde first', () => {
  expect(jsonPointer(['a/b', 'm~n', '~1', ''])).toBe('/a~1b/m~0n/~01/');
});
