import { describe, expect, it } from 'vitest';
import { readScenarioFiles } from '../../../src/scenarios/scenario-files.ts';
import { smallScenario, team, workflow } from '../../models/small-scenario.ts';

const scenario = smallScenario({
  periods: [{ id: 'P1' }, { id: 'P2' }],
  teams: [team('manila', 'luzon', 10, 100), team('Zu\u0308rich', 'luzon', 20, 100)],
  workflows: [workflow('appeals', 50, 60), workflow('orders', 70)],
});

/** Reads a scenario with the given tables, whose files are called after them. */
function read(value: unknown, tables: { capacity?: string; demand?: string } = {}) {
  const parts = [typeof value === 'string' ? value : JSON.stringify(value), tables.capacity, tables.demand];
  const options = Object.fromEntries(Object.keys(tables).map((table) => [table, `${table}.csv`]));
  return readScenarioFiles(
    parts.filter((part) => part !== undefined).map((part) => Buffer.from(part)),
    options,
  );
}

function scenarioFrom(value: unknown, tables?: Parameters<typeof read>[1]) {
  const files = read(value, tables);
  if (files.faults) throw new Error(JSON.stringify(files.faults));
  return files.scenario;
}

const faultsFrom = (value: unknown, tables?: Parameters<typeof read>[1]) => read(value, tables).faults ?? [];

describe('a table from a CSV file', () => {
  it('replaces the whole table: what the file does not name has nothing', () => {
    const { teams, workflows } = scenarioFrom(scenario, { capacity: 'team,period,hours\nmanila,P2,7\n' });
    expect(teams.map(({ capacity }) => capacity)).toEqual([[{ period: 'P2', hours: 7 }], []]);
    expect(workflows).toEqual(scenario.workflows);
  });

  it('of demand alone leaves capacity as it is', () => {
    const { teams, workflows } = scenarioFrom(scenario, { demand: 'workflow,period,hours\norders,P1,1\n' });
    expect(teams).toEqual(scenario.teams);
    expect(workflows.map(({ demand }) => demand)).toEqual([[], [{ period: 'P1', hours: 1 }]]);
  });

  it('without rows is an empty table', () => {
    const { workflows } = scenarioFrom(scenario, { demand: 'workflow,period,hours\n' });
    expect(workflows.flatMap(({ demand }) => demand)).toEqual([]);
  });

  it('gives a team without the table in the scenario its capacity', () => {
    const bare = { ...scenario, teams: scenario.teams.map(({ capacity: _, ...others }) => others) };
    const { teams } = scenarioFrom(bare, { capacity: 'team,period,hours\nmanila,P1,uncapped\n' });
    expect(teams[0].capacity).toEqual([{ period: 'P1', hours: null }]);
  });

  it('knows ids in any Unicode form', () => {
    const { teams } = scenarioFrom(scenario, { capacity: 'team,period,hours\nZ\u00fcrich,P1,7\n' });
    expect(teams[1].capacity).toEqual([{ period: 'P1', hours: 7 }]);
  });
});

describe('faults', () => {
  it('of the scenario and of every file come together', () => {
    const places = faultsFrom(
      { ...scenario, name: 1 },
      {
        capacity: 'team,period,hours\nmanilla,P1,7\n',
        demand: 'workflow,period,hours\nappeals,P1,x\n',
      },
    ).map((fault) =>
      'pointer' in fault ? fault.pointer : `${fault.file}:${fault.line}:${fault.column ?? ''}`,
    );
    expect(places).toEqual(['capacity.csv:2:team', 'demand.csv:2:hours', '/name']);
  });

  it('of a file are not joined by those of the table it was to replace', () => {
    const [first, ...others] = scenario.teams;
    const { capacity: _, ...bare } = first;
    const old = { ...others[0], capacity: [{ period: 'P9', hours: 1 }] };
    const faults = faultsFrom(
      { ...scenario, teams: [bare, old] },
      { capacity: 'team,period,hours\nmanila,P1,x\n' },
    );
    expect(faults).toMatchObject([{ file: 'capacity.csv', line: 2, column: 'hours' }]);
    expect(faults).toHaveLength(1);
  });

  it('of the files are found even where the scenario is no JSON', () => {
    const faults = faultsFrom('{', { capacity: 'team,period,hours\nmanila,P1,x\n' });
    expect(faults.map(({ code }) => code)).toEqual(['invalid-json', expect.any(String)]);
    expect(faults).toHaveLength(2);
  });

  it('found later are located in the file where the entry stands, by line and column', () => {
    const files = read(scenario, {
      capacity: '\nteam,period,hours\n\n"manila",P1,7\n\nZ\u00fcrich,P2,8\nmanila,P2,9\n',
    });
    if (files.faults) throw new Error('The files are valid.');
    const later = (pointer: string) => files.locate([{ pointer, code: 'out-of-range', message: 'It is.' }]);
    expect(later('/teams/0/capacity/0')).toEqual([
      { file: 'capacity.csv', line: 4, code: 'out-of-range', message: 'It is.' },
    ]);
    expect(later('/teams/0/capacity/1/hours')).toMatchObject([{ line: 7, column: 'hours' }]);
    expect(later('/teams/1/capacity/0/period')).toMatchObject([{ line: 6, column: 'period' }]);
    for (const pointer of [
      '/teams/0/rate',
      '/workflows/0/demand/0',
      '/teams/9/capacity/0',
      '',
      '/teams/0/capacity',
    ])
      expect(later(pointer)).toMatchObject([{ pointer }]);
  });
});
