import { expect, it } from 'vitest';
import { statementKind } from '../../../src/operations/statement-kind.ts';

it.each([
  ['select "a" from "select"', 'select'],
  ['  INSERT into x', 'insert'],
  ['begin immediate', 'begin'],
  ['vacuum into ?', 'vacuum'],
  ['pragma x', 'other'],
  ["'41.37'", 'other'],
  ['', 'other'],
])('of %j says %s', (sql, kind) => {
  expect(statementKind(sql)).toBe(kind);
});
