import { groupBy } from '../../models/group-by.ts';
import type { Plan } from '../../models/plan.ts';
import type { Scenario, ScenarioTeam } from '../../models/scenario/schema.ts';
import { formatMoney, formatQuantity } from '../../models/number-text.ts';
import { centsWithRounding, toCents } from './cents.ts';
import { diagnosisText } from './diagnosis-text.ts';
import { limitsText } from './limits-text.ts';
import { billsText } from './bills-text.ts';
import { classesText, isOfPeopleAlone, peopleHours, peopleText, secondSkillsText } from './people-text.ts';
import { steady } from './steady-text.ts';
import { textTable } from './text-table.ts';

/** With more periods than this a line shows totals only; the plan file has every period. */
const MAX_PERIOD_COLUMNS = 6;

/**
 * A plan as tables a person reads: allocation, site use, cost by term and the ten tightest limits with their prices;
 * for an infeasible scenario the conflict. Money is rounded half-up to cents, line by line. A mark in a name that would
 * turn or break a line is shown as `?`.
 */
export function planText(scenario: Scenario, plan: Plan): string {
  const title = `${scenario.name}: ${statusText(plan)}`;
  const parts = plan.diagnosis ? [diagnosisText(plan.diagnosis)] : planParts(scenario, plan);
  const warnings = (plan.warnings ?? []).map(({ message }) => `Beware. ${message}`);
  return steady(`${[title, ...warnings, ...parts].join('\n\n')}\n`);
}

function planParts(scenario: Scenario, plan: Plan): string[] {
  if (!plan.allocation || !plan.costs || plan.totalCost === undefined) return [];
  return [
    allocationText(scenario, plan.allocation),
    unservedText(scenario, plan),
    siteText(scenario, plan),
    peopleText(plan, (id) => nameOf(scenario.teams, id)),
    secondSkillsText(plan, (id) => nameOf(scenario.teams, id)),
    classesText(plan, (id) => nameOf(scenario.teams, id)),
    billsText(plan, scenario),
    costText(plan, scenario.currency),
    limitsText(scenario, plan.sensitivity),
    flipsText(plan),
    certificateText(plan),
  ].filter((part) => part !== '');
}

function statusText({ status, reason, totalCost, currency }: Plan): string {
  if (totalCost !== undefined) return `${status}, total cost ${formatMoney(totalCost)} ${currency ?? ''}`;
  return reason === undefined ? status : `${status} (${reason})`;
}

type AllocationLine = NonNullable<Plan['allocation']>[number];

function allocationText(scenario: Scenario, allocation: readonly AllocationLine[]): string {
  const periods = scenario.periods.map(({ id }) => id);
  const shown = periods.length <= MAX_PERIOD_COLUMNS && periods.length > 1 ? periods : [];
  const groups = groupBy(allocation, (line) => JSON.stringify([line.workflow, line.team]));
  const hoursOf = new Map(
    [...groupBy(allocation, ({ workflow }) => workflow)].map(([id, lines]) => [
      id,
      sum(lines, ({ hours }) => hours),
    ]),
  );
  const rows = [...groups.values()].map((lines) => {
    const [{ workflow, team, site }] = lines;
    const hours = sum(lines, (line) => line.hours);
    const ofPeriod = (period: string) =>
      sum(
        lines.filter((line) => line.period === period),
        (line) => line.hours,
      );
    return [
      nameOf(scenario.workflows, workflow),
      nameOf(scenario.teams, team),
      nameOf(scenario.sites, site),
      ...shown.map((period) => formatQuantity(ofPeriod(period))),
      formatQuantity(hours),
      formatShare(hours / (hoursOf.get(workflow) ?? hours)),
      formatMoney(sum(lines, (line) => line.cost)),
    ];
  });
  const columns = [
    { title: 'Workflow' },
    { title: 'Team' },
    { title: 'Site' },
    ...shown.map((title) => ({ title, isNumber: true })),
    { title: 'Hours', isNumber: true },
    { title: 'Share', isNumber: true },
    { title: `Cost ${scenario.currency}`, isNumber: true },
  ];
  const extent = shown.length > 0 || periods.length === 1 ? '' : `, ${periods.length} periods added up`;
  return `Allocation in workload hours${extent}\n${textTable(columns, rows)}`;
}

function unservedText(scenario: Scenario, { shortfall, backlog }: Plan): string {
  const rowsOf = (work: string, entries: Plan['shortfall'] = []) =>
    entries.map(({ workflow, period, hours }) => [
      work,
      nameOf(scenario.workflows, workflow),
      period,
      formatQuantity(hours),
    ]);
  const lines = [...rowsOf('not served', shortfall), ...rowsOf('waiting at the end', backlog)];
  if (lines.length === 0) return '';
  const columns = [
    { title: 'Work' },
    { title: 'Workflow' },
    { title: 'Period' },
    { title: 'Hours', isNumber: true },
  ];
  return `Not done in its period\n${textTable(columns, lines)}`;
}

function siteText(scenario: Scenario, plan: Plan): string {
  const bySite = groupBy(plan.allocation ?? [], ({ site }) => site);
  const capacity = capacityBySite(scenario, plan);
  const total = sum(plan.allocation ?? [], ({ hours }) => hours);
  const rows = scenario.sites.map(({ id, operator, vendor }) => {
    const lines = bySite.get(id) ?? [];
    const hours = sum(lines, (line) => line.hours);
    const teamHours = sum(lines, (line) => line.teamHours);
    const room = capacity.get(id);
    return [
      nameOf(scenario.sites, id),
      operator === 'in-house' ? 'in-house' : (vendor ?? 'bpo'),
      formatQuantity(hours),
      total > 0 ? formatShare(hours / total) : '–',
      formatQuantity(teamHours),
      room === undefined ? 'no limit' : room > 0 ? formatShare(teamHours / room) : '–',
      formatMoney(sum(lines, (line) => line.cost)),
    ];
  });
  const columns = [
    { title: 'Site' },
    { title: 'Operator' },
    { title: 'Workload hours', isNumber: true },
    { title: 'Share', isNumber: true },
    { title: 'Team hours', isNumber: true },
    { title: 'Capacity used', isNumber: true },
    { title: `Handling ${scenario.currency}`, isNumber: true },
  ];
  return `Site use\n${textTable(columns, rows)}`;
}

/** Productive hours of each site's teams in all periods together; nothing for a site with a team without limit. */
function capacityBySite({ sites, teams }: Scenario, { people = [] }: Plan): Map<string, number> {
  const bySite = new Map<string, number>();
  for (const { id } of sites) {
    const there = teams.filter(({ site }) => site.normalize() === id.normalize());
    const entries = there.flatMap(({ capacity, headcount }) => (headcount ? [] : capacity));
    if (!entries.every(({ hours }) => hours !== null)) continue;
    const staffed = new Set(there.map((team) => team.id.normalize()));
    const ofPeople = people.filter(({ team }) => staffed.has(team.normalize()));
    bySite.set(id, sum(entries, productiveHours) + sum(ofPeople, peopleHours));
  }
  return bySite;
}

function productiveHours({
  hours,
  fte,
  paidHoursPerFte,
  shrinkage,
}: ScenarioTeam['capacity'][number]): number {
  return hours ?? (fte ?? 0) * (paidHoursPerFte ?? 0) * (1 - (shrinkage ?? 0));
}

/** Terms of people and of contracts are shown where there are any. */
function costText({ costs, totalCost = 0, people, contracts }: Plan, currency: string): string {
  const shown = Object.entries(costs ?? {}).filter(([term]) =>
    term === 'contracts' ? contracts : people || !isOfPeopleAlone(term),
  );
  const amounts = shown.map(([, cost]) => cost);
  const { cents: each, rounding } = centsWithRounding(amounts, totalCost);
  const terms = shown.map(([term], i) => ({ term, cents: each[i] }));
  const lines = rounding === 0 ? terms : [...terms, { term: 'rounding', cents: rounding }];
  const rows = [...lines, { term: 'total', cents: toCents(totalCost) }].map(({ term, cents }) => [
    term,
    formatMoney(cents / 100),
  ]);
  return `Cost by term\n${textTable([{ title: 'Term' }, { title: currency, isNumber: true }], rows)}`;
}

function flipsText({ flips = [], flipsNotDone = 0 }: Plan): string {
  if (flips.length + flipsNotDone === 0) return '';
  const notDone = flipsNotDone > 0 ? [`- ${flipsNotDone} more not worked out in the time`] : [];
  return ['Choices made the other way', ...flips.map(({ sentence }) => `- ${sentence}`), ...notDone].join(
    '\n',
  );
}

function certificateText({ certificate, currency }: Plan): string {
  if (certificate === undefined) return '';
  const { crossCheck } = certificate;
  if (crossCheck === undefined) return proofText(certificate);
  const agreed = `${formatMoney(crossCheck.totalCost)} ${currency ?? ''}`;
  return `${proofText(certificate)}\nCross-checked: ${crossCheck.engine} finds ${agreed}.`;
}

function proofText({
  engine,
  relativeGap,
  maxPrimalViolation,
  boundSource,
  duals,
}: NonNullable<Plan['certificate']>): string {
  if (boundSource === 'engine' && duals === undefined) {
    return `Proven: every rule holds within ${maxPrimalViolation.toExponential(1)}, the cost is what the rates make of it. No plan is cheaper by more than ${(relativeGap * 100).toPrecision(2)} %, says ${engine}.`;
  }
  if (boundSource === 'engine') {
    return `Proven: every rule holds within ${maxPrimalViolation.toExponential(1)}, no plan with the same choices is cheaper. No other choices are better by more than ${(relativeGap * 100).toPrecision(2)} %, says ${engine}.`;
  }
  return `Proven: every rule holds within ${maxPrimalViolation.toExponential(1)}, no plan is cheaper by more than ${Math.max(0, relativeGap).toExponential(1)} of the cost (${engine}).`;
}

function nameOf(
  entities: readonly { readonly id: string; readonly name?: string | undefined }[],
  id: string,
): string {
  return entities.find((entity) => entity.id === id)?.name ?? id;
}

function formatShare(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function sum<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
