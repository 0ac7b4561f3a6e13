import { expect, it } from 'vitest';
import { hasFaultAt, jsonPointer } from '../../models/fault.ts';

it('points at the whole document with an empty pointer', () => {
  expect(jsonPointer([])).toBe('');
});

it('joins names and positions with slashes', () => {
  expect(jsonPointer(['teams', 3, 'site'])).toBe('/teams/3/site');
});

it('escapes ~ and / as RFC 6901 asks, the tilde first', () => {
  expect(jsonPointer(['a/b', 'm~n', '~1', ''])).toBe('/a~1b/m~0n/~01/');
});

it.each([
  [['teams', 1], true],
  [['teams', 1, 'rate'], true],
  [['teams', 1, 'rate', 'amount'], true],
  [['teams'], true],
  [['teams', 1, 'id'], false],
  [['teams', 10], false],
  [['team'], false],
  [['sites'], false],
])('finds a fault of a rate at, in and around %j: %s', (path, expected) => {
  const fault = { pointer: '/teams/1/rate', code: 'wrong-type', message: '' };
  expect(hasFaultAt([fault], path)).toBe(expected);
  expect(hasFaultAt([], path)).toBe(false);
  expect(hasFaultAt([{ ...fault, pointer: '' }], path)).toBe(true);
});
