import { expect, it } from 'vitest';
import { buildAllocationModel } from '../../models/allocation-model.ts';
import { choicesOfPlanWithout } from '../../models/first-choices.ts';
import { isChoice, textOfKey } from '../../models/linear-program.ts';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from './small-scenario.ts';
import { planningData } from './solved-plan.ts';

/** Appeals may be at one site and needs 30 hours wherever it is; billing goes anywhere. */
const data = planningData(
  smallScenario({
    sites: [
      { ...inHouseSite('austin'), openingCost: 100 },
      { ...vendorSite('cebu', 'acme'), openingCost: 100 },
      { ...vendorSite('davao', 'acme'), openingCost: 100 },
    ],
    teams: [team('a', 'austin', 30, 500), team('c', 'cebu', 10, 500), team('d', 'davao', 12, 500)],
    workflows: [{ ...workflow('appeals', 100), maxSites: 1, minimumTeamHours: 30 }, workflow('billing', 60)],
  }),
);
const program = buildAllocationModel(data);
const textOf = Object.fromEntries(
  program.columns.filter(isChoice).map((key) => {
    const names = ['site' in key ? data.sites[key.site].id : '', ...('period' in key ? ['P1'] : [])];
    return [textOfKey(key), [key.kind, ...names].join(' ')];
  }),
);

/** Which choices are closed where so many hours are placed at each workflow and team. */
function closedWith(hours: Readonly<Record<string, number>>): string[] {
  const columnValue = Float64Array.from(program.columns, (key) =>
    key.kind === 'placement'
      ? (hours[`${data.workflows[key.workflow].id} ${data.teams[key.team].id}`] ?? 0)
      : 0,
  );
  return [...choicesOfPlanWithout(data, program, columnValue)].map((key) => textOf[key]).sort();
}

it('keeps a workflow where it has most hours, at as many sites as it may have, and opens what is used', () => {
  expect(closedWith({ 'appeals c': 60, 'appeals d': 40, 'billing d': 60 })).toEqual([
    'site-open austin',
    'workflow-at-site austin',
    'workflow-at-site davao',
    'workflow-at-site-in-period austin P1',
    'workflow-at-site-in-period davao P1',
  ]);
});

it('leaves a period where a workflow has less than half of its minimum', () => {
  expect(closedWith({ 'appeals c': 15, 'billing c': 60 })).not.toContain(
    'workflow-at-site-in-period cebu P1',
  );
  expect(closedWith({ 'appeals c': 14, 'billing c': 60 })).toContain('workflow-at-site-in-period cebu P1');
});

it('closes everything where nothing is placed', () => {
  expect(closedWith({})).toHaveLength(program.columns.filter(isChoice).length);
});
