import type { Difference, Differences } from '../differences.ts';
import { UNIT_WORDS } from '../explanation/rate-words.ts';
import { exactMoney, formatQuantity } from '../number-text.ts';
import type { Scenario, ScenarioSite, ScenarioTeam, ScenarioWorkflow } from '../scenario/schema.ts';
import {
  comeAndGone,
  entityPairs,
  fieldsChanged,
  periodDifferences,
  type EntityKind,
} from './entity-differences.ts';
import { PERIOD_FIELDS, SITE_FIELDS, TEAM_FIELDS, WORKFLOW_FIELDS } from './entity-fields.ts';
import { contractDifferences } from './contract-differences.ts';
import { arrow, difference, type Found } from './found.ts';
import { placementDifferences } from './placement-differences.ts';
import { ruleDifferences } from './rule-differences.ts';
import { sideOf, type Sides } from './side.ts';
import { capacityDifferences, demandDifferences } from './table-differences.ts';

/** So many differences are listed; all are counted. */
const MOST_LISTED = 1000;

/**
 * What has changed from one valid scenario to another, in the order in which a planner would tell it.
 *
 * Everything is matched by ids (after NFC), never by its place in a list, so that the order of lists is no difference; that of the
 * periods is, for it is time. A list that is not there is an empty one, but for the countries that may see a workflow: none
 * listed is none allowed. A field that is not given differs from one that is given its default.
 */
export function scenarioDifferences(from: Scenario, to: Scenario): Differences {
  const counts: Differences['counts'] = {};
  const items: Difference[] = [];
  let total = 0;
  for (const { what, write } of found({ from: sideOf(from), to: sideOf(to) })) {
    total += 1;
    counts[what] = (counts[what] ?? 0) + 1;
    if (items.length < MOST_LISTED) items.push(write());
  }
  return { total, counts, items };
}

function* found(sides: Sides): Generator<Found> {
  const [from, to] = [sides.from.scenario, sides.to.scenario];
  const sites = entityPairs(from.sites, to.sites);
  const teams = entityPairs(from.teams, to.teams);
  const workflows = entityPairs(from.workflows, to.workflows);
  yield* headDifferences(sides);
  yield* periodDifferences(PERIOD_FIELDS, sides);
  yield* comeAndGone(SITE, sites, sides);
  yield* comeAndGone(TEAM, teams, sides);
  yield* comeAndGone(WORKFLOW, workflows, sides);
  yield* fieldsChanged(SITE, sites, sides);
  yield* fieldsChanged(TEAM, teams, sides);
  yield* fieldsChanged(WORKFLOW, workflows, sides);
  yield* ruleDifferences(sides);
  yield* contractDifferences(sides);
  yield* capacityDifferences(teams, sides);
  yield* demandDifferences(workflows, sides);
  yield* placementDifferences(sides);
}

/** The scenario's own fields. */
function* headDifferences({ from, to }: Sides): Generator<Found> {
  for (const [field, label] of [
    ['name', 'Name of the scenario'],
    ['currency', 'Currency of all money'],
    ['periodsPerYear', 'Periods in a year'],
  ] as const) {
    const pair = { from: from.scenario[field], to: to.scenario[field] };
    if (pair.from === pair.to) continue;
    const said = (value: string | number | undefined) => ({ text: String(value ?? 'not given') });
    const sentence = `${label}: ${arrow(said(pair.from), said(pair.to))}.`;
    yield { what: 'scenario', write: () => difference('scenario', {}, pair, sentence, { field }) };
  }
}

const SITE: EntityKind<ScenarioSite> = {
  what: 'site',
  fields: SITE_FIELDS,
  inShort: ({ operator, vendor }) => (operator === 'in-house' ? 'in-house' : `operated by ${vendor ?? ''}`),
};

const TEAM: EntityKind<ScenarioTeam> = {
  what: 'team',
  fields: TEAM_FIELDS,
  inShort: ({ site, rate, capacity }, { nameOf, currency }) =>
    `at ${nameOf('site', site) ?? site}, ${exactMoney(rate.amount)} ${currency} ${UNIT_WORDS[rate.basis][0]}, capacity in ${periodCount(capacity.length)}`,
};

const WORKFLOW: EntityKind<ScenarioWorkflow> = {
  what: 'workflow',
  fields: WORKFLOW_FIELDS,
  inShort: ({ demand }) => {
    const hours = demand.map(
      ({ hours = 0, contacts = 0, ahtSeconds = 0 }) => hours + (contacts * ahtSeconds) / 3600,
    );
    const total = hours.reduce((sum, each) => sum + each, 0);
    return `${formatQuantity(total)} workload hours in ${periodCount(demand.length)}`;
  },
};

function periodCount(count: number): string {
  return count === 1 ? '1 period' : `${count} periods`;
}
