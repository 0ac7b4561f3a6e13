import { describe, expect, it } from 'vitest';
import { StatementCache } from '../../../../src/store/sqlite/statement-cache.ts';

function counted() {
  const prepared: string[] = [];
  const cache = new StatementCache((sql) => {
    prepared.push(sql);
    return sql;
  });
  return { prepared, cache };
}

const run = (sql: string) => sql.length;

describe('StatementCache', () => {
  it('prepares a statement once', () => {
    const { prepared, cache } = counted();
    for (let time = 0; time < 3; time += 1) expect(cache.use('select 1', [], run)).toBe(8);
    expect(prepared).toEqual(['select 1']);
  });

  it('does not use one again that threw, or that holds large values', () => {
    const { prepared, cache } = counted();
    const failing = () => {
      throw new Error('constraint');
    };
    expect(() => {
      cache.use('insert 1', [], failing);
    }).toThrow('constraint');
    cache.use('insert 1', [new Uint8Array(100_000)], run);
    cache.use('insert 1', ['x'.repeat(100_000)], run);
    cache.use('insert 1', ['x'], run);
    cache.use('insert 1', ['y'], run);
    expect(prepared).toEqual(Array(4).fill('insert 1'));
  });

  it('forgets all where tables are changed', () => {
    const { prepared, cache } = counted();
    for (const sql of ['select 1', 'alter table t', 'select 1']) cache.use(sql, [], run);
    expect(prepared).toEqual(['select 1', 'alter table t', 'select 1']);
  });

  it('keeps two hundred, and gives up the one used longest ago', () => {
    const { prepared, cache } = counted();
    for (let index = 0; index < 200; index += 1) cache.use(`select ${index}`, [], run);
    cache.use('select 0', [], run);
    cache.use('select 200', [], run);
    prepared.length = 0;
    cache.use('select 0', [], run);
    cache.use('select 1', [], run);
    expect(prepared).toEqual(['select 1']);
  });
});
