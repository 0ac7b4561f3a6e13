import { describe, expect, it } from 'vitest';
import { tableText } from '../../../src/exports/table-text.ts';
import { smallScenario, team, workflow } from '../../models/small-scenario.ts';

const fte = { fte: 12.5, paidHoursPerFte: 173.33, shrinkage: 1e-9 };

function withCapacity(...entries: object[]) {
  const teams = [{ ...team('manila', 'luzon', 10, 0), capacity: entries }];
  return smallScenario({ teams } as Parameters<typeof smallScenario>[0]);
}

describe('a table as a file', () => {
  it('has the columns of the form in use', () => {
    expect(
      tableText(withCapacity({ period: 'P1', hours: 0.1 + 0.2 }, { period: 'P2', hours: null }), 'capacity'),
    ).toBe('team,period,hours\r\nmanila,P1,0.30000000000000004\r\nmanila,P2,uncapped\r\n');
    expect(tableText(withCapacity({ period: 'P1', ...fte }), 'capacity')).toBe(
      'team,period,fte,paid_hours_per_fte,shrinkage\r\nmanila,P1,12.5,173.33,1e-9\r\n',
    );
    const counted = {
      ...workflow('appeals'),
      demand: [{ period: 'P1', contacts: 90, ahtSeconds: 400 }],
    };
    expect(tableText(smallScenario({ workflows: [counted] }), 'demand')).toBe(
      'workflow,period,contacts,aht_seconds\r\nappeals,P1,90,400\r\n',
    );
  });

  it('has the columns of both forms where both are in use, and each row fills one', () => {
    expect(tableText(withCapacity({ period: 'P1', hours: 7 }, { period: 'P2', ...fte }), 'capacity')).toBe(
      'team,period,hours,fte,paid_hours_per_fte,shrinkage\r\nmanila,P1,7,,,\r\nmanila,P2,,12.5,173.33,1e-9\r\n',
    );
  });

  it('has no fte of a team with a headcount', () => {
    const { fte: _, ...each } = fte;
    expect(tableText(withCapacity({ period: 'P1', ...each }), 'capacity')).toBe(
      'team,period,paid_hours_per_fte,shrinkage\r\nmanila,P1,173.33,1e-9\r\n',
    );
    expect(tableText(withCapacity({ period: 'P1', ...each }, { period: 'P2', ...fte }), 'capacity')).toBe(
      'team,period,fte,paid_hours_per_fte,shrinkage\r\nmanila,P1,,173.33,1e-9\r\nmanila,P2,12.5,173.33,1e-9\r\n',
    );
  });

  it('has a header where there are no entries', () => {
    expect(tableText(withCapacity(), 'capacity')).toBe('team,period,hours\r\n');
  });

  it('has no text that a spreadsheet runs', () => {
    const dangerous = smallScenario({
      periods: [{ id: '-1' }],
      teams: [{ ...team('=cmd|a', 'luzon', 10, 0), capacity: [{ period: '-1', hours: 5 }] }],
    });
    expect(tableText(dangerous, 'capacity')).toBe("team,period,hours\r\n'=cmd|a,'-1,5\r\n");
  });
});
