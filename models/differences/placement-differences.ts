import { exactMoney, exactQuantity, exactShare } from '../number-text.ts';
import type { ScenarioPlacement } from '../scenario/schema.ts';
import { PLACEMENT_FIELDS } from './entity-fields.ts';
import { differencesOfFields } from './entity-differences.ts';
import { arrow, difference, type Found, type Said } from './found.ts';
import { compareKeys, eitherOf, hasBoth, keyOfIds, type Pair, pairsOf } from './pairs.ts';
import { placeOf } from './period-place.ts';
import { nameIn, type Side, type Sides } from './side.ts';
import type { Facts } from './table-differences.ts';

/** The facts about single workflows at single teams. */
export function* placementDifferences(sides: Sides): Generator<Found> {
  const keyOf = ({ workflow, team }: ScenarioPlacement) => keyOfIds(workflow, team);
  const placements = (side: Side) => side.scenario.placements ?? [];
  const pairs = pairsOf(placements(sides.from), placements(sides.to), (each) =>
    keyOfIds(each.workflow, each.team, each.period),
  )
    .map((pair) => ({ pair, key: keyOf(eitherOf(pair)), at: periodPlace(eitherOf(pair), sides) }))
    .sort((one, other) => compareKeys(one.key, other.key) || one.at - other.at);
  for (const { pair } of pairs) yield* differencesOfPlacement(pair, sides);
}

/** An entry for all periods comes before those for single ones. */
function periodPlace({ period }: ScenarioPlacement, sides: Sides): number {
  return period === undefined ? -1 : placeOf(period, sides);
}

function* differencesOfPlacement(pair: Pair<ScenarioPlacement>, sides: Sides): Generator<Found> {
  const { workflow, team, period } = eitherOf(pair);
  const subject = { workflow, team, ...(period !== undefined && { period }) };
  const nameOf = () =>
    `${nameIn(sides, 'workflow', workflow)} at ${nameIn(sides, 'team', team)}${period === undefined ? '' : ` in ${period}`}`;
  if (hasBoth(pair)) {
    yield* differencesOfFields('placement', subject, PLACEMENT_FIELDS, pair, sides, nameOf);
    return;
  }
  const write = () => {
    const said = (entry: ScenarioPlacement | undefined, side: Side): Said => ({
      text: entry ? factsText(entry, side.currency) : 'no entry',
    });
    const text = arrow(said(pair.from, sides.from), said(pair.to, sides.to));
    const values = { from: placementFacts(pair.from), to: placementFacts(pair.to) };
    return difference('placement', subject, values, `Facts of ${nameOf()}: ${text}.`);
  };
  yield { what: 'placement', write };
}

function placementFacts(entry: ScenarioPlacement | undefined): Facts | undefined {
  if (!entry) return undefined;
  const { workflow: _workflow, team: _team, period: _period, ...facts } = entry;
  return facts as Facts;
}

function factsText(
  { handlingFactor, costPerDemandHour, quality, allowed }: ScenarioPlacement,
  currency: string,
): string {
  const facts = [
    ...(handlingFactor === undefined ? [] : [`handling factor ${exactQuantity(handlingFactor)}`]),
    ...(costPerDemandHour === undefined
      ? []
      : [`${exactMoney(costPerDemandHour)} ${currency} a workload hour`]),
    ...(quality === undefined ? [] : [`quality ${exactShare(quality)}`]),
    ...(allowed === undefined ? [] : [allowed ? 'allowed' : 'forbidden']),
  ];
  return facts.join(', ') || 'an entry that says nothing';
}
