import { expect, it } from 'vitest';
import { newFaultList } from '../../../src/scenarios/csv-faults.ts';
import { readCsvHeader } from '../../../src/scenarios/csv-header.ts';

const layout = { always: ['team', 'period'], forms: [['hours'], ['fte', 'shrinkage']], optional: [] };

function read(...cells: string[]) {
  const list = newFaultList('c.csv');
  const columns = readCsvHeader(cells, 1, layout, list);
  return {
    columns,
    faults: list.faults.map(({ code, column }) => [code, column]),
    messages: list.faults.map(({ message }) => message),
  };
}

it('takes the columns in any order and letter case, white space aside', () => {
  const { columns, faults } = read(' Hours', 'TEAM', 'period\u00a0');
  expect(faults).toEqual([]);
  expect(columns?.forms).toEqual([['hours']]);
  expect(Object.fromEntries(columns?.position ?? [])).toEqual({ hours: 0, team: 1, period: 2 });
});

it('refuses an unknown column with the name it may be meant to have, and lets the rows be read', () => {
  const { columns, faults, messages } = read('team', 'period', 'hours', 'periods', 'comment');
  expect(faults).toEqual([
    ['unknown-column', 'periods'],
    ['unknown-column', 'comment'],
  ]);
  expect(messages[0]).toContain('Did you mean "period"?');
  expect(messages[1]).toContain('Possible are team, period, hours, fte, shrinkage.');
  expect(columns?.width).toBe(5);
});

it('reports all faults at once', () => {
  const { columns, faults } = read('team', 'Team', '', '__proto__', 'fte');
  expect(faults).toEqual([
    ['duplicate-column', 'team'],
    ['empty-column-name', undefined],
    ['unknown-column', '__proto__'],
    ['missing-column', 'period'],
    ['missing-column', 'shrinkage'],
  ]);
  expect(columns).toBeUndefined();
});

it('refuses a repeated column even where all others are there', () => {
  expect(read('team', 'period', 'hours', 'hours')).toMatchObject({
    columns: undefined,
    faults: [['duplicate-column', 'hours']],
  });
});

it('takes several forms where all their columns are there', () => {
  const { columns, faults } = read('fte', 'team', 'hours', 'period', 'shrinkage');
  expect([columns?.forms, faults]).toEqual([[['hours'], ['fte', 'shrinkage']], []]);
});

it('refuses a form and a part of another', () => {
  expect(read('team', 'period', 'hours', 'fte')).toMatchObject({
    columns: undefined,
    faults: [['mixed-forms', undefined]],
  });
});

it('says which columns could hold the amounts if none does', () => {
  expect(read('team', 'period').messages).toEqual([
    'Columns with the amounts are missing. Add hours or fte, shrinkage.',
  ]);
});

it('says that the header is missing if the first row looks like data', () => {
  expect(read('manila-en', '2027-01', '1200')).toMatchObject({
    columns: undefined,
    faults: [['missing-header', undefined]],
  });
});

it('may have 200 columns, most of them unknown, and no more', () => {
  const unknown = (count: number) => Array.from({ length: count }, (_, i) => `x${i}`);
  expect(read('team', 'period', 'hours', ...unknown(197)).faults).toHaveLength(100);
  expect(read('team', 'period', 'hours', ...unknown(198)).faults).toEqual([['too-many-columns', undefined]]);
});
