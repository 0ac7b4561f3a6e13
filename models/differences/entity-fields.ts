import { UNIT_WORDS } from '../explanation/rate-words.ts';
import { exactMoney, exactQuantity } from '../number-text.ts';
import { headcountText } from './headcount-words.ts';
import type {
  Scenario,
  ScenarioPlacement,
  ScenarioSite,
  ScenarioTeam,
  ScenarioWorkflow,
} from '../scenario/schema.ts';
import {
  choice,
  compound,
  type FieldTable,
  money,
  quantity,
  reference,
  share,
  words,
  wording,
} from './field-words.ts';

/**
 * How every field of the scenario's entities is told of. A field that the schema has and these tables have not is an error of
 * types, so that no change can go unseen.
 */

export const PERIOD_FIELDS: FieldTable<Scenario['periods'][number]> = {
  id: null,
  start: wording('First day', 'none'),
  end: wording('Last day', 'none'),
};

export const SITE_FIELDS: FieldTable<ScenarioSite> = {
  id: null,
  name: wording('Name', 'its id'),
  operator: choice('Operator', 'none', { 'in-house': 'in-house', bpo: 'a vendor' }),
  vendor: reference('Vendor', 'none'),
  country: reference('Country', 'none'),
  timeZone: wording('Time zone', 'none'),
  securityTier: quantity('Security tier', '1'),
  controls: words('Controls'),
  seats: quantity('Seats', 'not limited'),
  fteSharingASeat: quantity('FTE sharing a seat', '1'),
  openingCost: money('Opening cost', '0'),
};

export const TEAM_FIELDS: FieldTable<ScenarioTeam> = {
  id: null,
  name: wording('Name', 'its id'),
  site: reference('Site', 'none', 'site'),
  skills: words('Skills'),
  maxComplexity: quantity('Hardest complexity', 'any'),
  rate: compound(
    'Rate',
    'none',
    ({ amount }) => exactMoney(amount),
    ({ basis }, { currency }) => `${currency} ${UNIT_WORDS[basis][0]}`,
  ),
  paid: choice('Paid', 'for hours used', { used: 'for hours used', capacity: 'for its whole capacity' }),
  headcount: compound('Headcount', 'capacity as given', (people, { currency }) =>
    headcountText(people, currency),
  ),
  capacity: null,
};

export const WORKFLOW_FIELDS: FieldTable<ScenarioWorkflow> = {
  id: null,
  name: wording('Name', 'its id'),
  channel: wording('Channel', 'none'),
  skills: words('Skills needed'),
  securityTier: quantity('Security tier needed', '1'),
  controls: words('Controls needed'),
  complexity: quantity('Complexity', '1'),
  allowedCountries: words('Allowed countries', 'any'),
  deniedCountries: words('Denied countries'),
  occupancy: share('Occupancy', '100 %'),
  shortfallCostPerHour: money('Shortfall cost', 'all demand must be served', 'an hour'),
  backlog: compound(
    'Backlog',
    'nothing may wait',
    ({ maxHours, costPerHourPeriod, openingHours }, { currency }) =>
      [
        `at most ${exactQuantity(maxHours)} hours`,
        ...(costPerHourPeriod === undefined
          ? []
          : [`${exactMoney(costPerHourPeriod)} ${currency} an hour and period`]),
        ...(openingHours === undefined ? [] : [`${exactQuantity(openingHours)} hours at the start`]),
      ].join(', '),
  ),
  maxSites: quantity('Most sites', 'not limited'),
  minimumTeamHours: quantity('Least hours at a site in a period', '0', 'workload hours'),
  demand: null,
};

export const PLACEMENT_FIELDS: FieldTable<ScenarioPlacement> = {
  workflow: null,
  team: null,
  period: null,
  handlingFactor: quantity('Handling factor', 'as without this entry'),
  costPerDemandHour: money('Cost', 'as without this entry', 'a workload hour'),
  quality: share('Quality', 'the target of the contract'),
  allowed: choice('Permission', 'as without this entry', { true: 'allowed', false: 'forbidden' }),
};
