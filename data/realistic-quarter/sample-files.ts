import type { Scenario } from '../../models/scenario/schema.ts';
import { weeks } from './calendar.ts';
import { placements, rules } from './facts-and-rules.ts';
import { jsonText } from './json-text.ts';
import { afterTyphoon, sites, teams } from './supply.ts';
import { workflows } from './work.ts';

const scenario: Scenario = {
  name: 'Customer support, first quarter of 2027',
  currency: 'USD',
  periods: weeks,
  ...{ sites, teams, workflows, placements, rules },
};

/** The text of every generated file, by its name. */
export const sampleFiles: Readonly<Record<string, string>> = {
  'scenario.json': `${jsonText(scenario)}\n`,
  'capacity.csv': capacityCsv(scenario),
  'capacity-typhoon.csv': capacityCsv(afterTyphoon(scenario)),
  'demand.csv': demandCsv(scenario),
};

function capacityCsv(of: Scenario): string {
  const lines = of.teams.flatMap(({ id, capacity }) =>
    capacity.map(({ period, fte, paidHoursPerFte, shrinkage }) =>
      [id, period, fte, paidHoursPerFte, shrinkage].join(','),
    ),
  );
  return ['team,period,fte,paid_hours_per_fte,shrinkage', ...lines, ''].join('\n');
}

function demandCsv(of: Scenario): string {
  const lines = of.workflows.flatMap(({ id, demand }) =>
    demand.map(({ period, contacts, ahtSeconds }) => [id, period, contacts, ahtSeconds].join(',')),
  );
  return ['workflow,period,contacts,aht_seconds', ...lines, ''].join('\n');
}
