import { describe, expect, it } from 'vitest';
import { isNoChange, tableChange } from '../../../src/scenarios/table-change.ts';
import { readTableFile } from '../../../src/scenarios/table-files.ts';
import { smallScenario, team, workflow } from '../../models/small-scenario.ts';

const fteEntry = { period: 'P1', fte: 10, paidHoursPerFte: 160, shrinkage: 0.25 };

const scenario = smallScenario({
  periods: [{ id: 'P1' }, { id: 'P2' }, { id: 'Pe\u0301' }],
  teams: [
    {
      ...team('manila', 'luzon', 10, 0),
      capacity: [
        { period: 'P1', hours: 100 },
        { period: 'P2', hours: null },
      ],
    },
    { ...team('Zu\u0308rich', 'luzon', 20, 0), capacity: [fteEntry] },
  ],
  workflows: [{ ...workflow('appeals'), demand: [{ period: 'P1', contacts: 90, ahtSeconds: 400 }] }],
});

function changeBy(table: 'capacity' | 'demand', text: string) {
  const file = readTableFile(table, Buffer.from(text), { fileName: table });
  expect(file.faults).toEqual([]);
  return tableChange(table === 'capacity' ? scenario.teams : scenario.workflows, file);
}

const capacityBy = (...rows: string[]) =>
  changeBy('capacity', ['team,period,hours,fte,paid_hours_per_fte,shrinkage', ...rows].join('\n'));

describe('what a file changes', () => {
  it('is nothing where every row is there, in any order and spelling', () => {
    const change = capacityBy('Z\u00fcrich,P1,,10.0,160,0.25', 'manila,P2,Uncapped,,,', 'manila,P1,1e2,,,');
    expect(change).toEqual({
      rows: { created: 0, changed: 0, unchanged: 3, missing: 0 },
      created: [],
      changed: [],
      missing: [],
    });
    expect(isNoChange(change)).toBe(true);
  });

  it('is listed row by row, with what was and what will be', () => {
    const change = capacityBy(
      'Z\u00fcrich,P1,1200,,,',
      '',
      'manila,P1,101,,,',
      'Z\u00fcrich,P\u00e9,0,,,',
      'manila,P\u00e9,7,,,',
    );
    expect(change).toEqual({
      rows: { created: 2, changed: 2, unchanged: 0, missing: 1 },
      created: [
        { team: 'manila', period: 'P\u00e9', line: 6, to: { hours: 7 } },
        { team: 'Zu\u0308rich', period: 'P\u00e9', line: 5, to: { hours: 0 } },
      ],
      changed: [
        { team: 'manila', period: 'P1', line: 4, from: { hours: 100 }, to: { hours: 101 } },
        {
          team: 'Zu\u0308rich',
          period: 'P1',
          line: 2,
          // 10 · 160 · (1 − 0.25) = 1200 as well, but said in another way: pay by FTE would not be the same.
          from: { fte: 10, paidHoursPerFte: 160, shrinkage: 0.25 },
          to: { hours: 1200 },
        },
      ],
      missing: [{ team: 'manila', period: 'P2', from: { hours: null } }],
    });
    expect(isNoChange(change)).toBe(false);
  });

  it('is a change where there is a limit now, or none any more, or 0', () => {
    const rows = (p1: string, p2: string) =>
      capacityBy(`manila,P1,${p1},,,`, `manila,P2,${p2},,,`, 'Z\u00fcrich,P1,,10,160,0.25').rows;
    expect(rows('100', 'uncapped')).toMatchObject({ changed: 0, unchanged: 3 });
    expect(rows('uncapped', '0')).toMatchObject({ changed: 2, unchanged: 1 });
  });

  it('is told of demand by workflow', () => {
    expect(changeBy('demand', 'workflow;period;contacts;aht_seconds\nappeals;P1;90;401\n').changed).toEqual([
      {
        workflow: 'appeals',
        period: 'P1',
        line: 2,
        from: { contacts: 90, ahtSeconds: 400 },
        to: { contacts: 90, ahtSeconds: 401 },
      },
    ]);
  });

  it('of everything going is everything missing', () => {
    expect(changeBy('capacity', 'team,period,hours\n').rows).toEqual({
      created: 0,
      changed: 0,
      unchanged: 0,
      missing: 3,
    });
  });

  it('is listed up to 1,000 rows of a kind and counted in full', () => {
    const periods = Array.from({ length: 1000 }, (_, t) => ({ id: `T${t}` }));
    const entries = periods.map(({ id }) => ({ period: id, hours: 1 }));
    const large = smallScenario({
      periods,
      teams: ['a', 'b'].map((id) => ({ ...team(id, 'luzon', 10, 0), capacity: entries })),
    });
    const rows = ['a', 'b'].flatMap((id) => periods.map((period) => `${id},${period.id},2`));
    const text = ['team,period,hours', ...rows.slice(0, -1)].join('\n');
    const change = tableChange(large.teams, readTableFile('capacity', Buffer.from(text), { fileName: 'x' }));
    expect(change.rows).toEqual({ created: 0, changed: 1999, unchanged: 0, missing: 1 });
    expect([change.changed.length, change.missing.length]).toEqual([1000, 1]);
    expect(change.changed.at(-1)).toMatchObject({ team: 'a', line: 1001 });
  });
});
