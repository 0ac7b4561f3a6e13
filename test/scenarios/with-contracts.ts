import type { Contract } from '../../models/contracts/contract-schema.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { randomContract } from './random-contract.ts';
import { isValid, randomScenario } from './random-scenario.ts';
import { SeededRandom } from './seeded-random.ts';

/** A scenario drawn at random of which at least one vendor has a contract; undefined where that leaves none that can be planned with. */
export function scenarioWithContracts(seed: number): Scenario | undefined {
  const random = new SeededRandom(seed);
  const drawn = randomScenario(seed);
  const vendors = [...new Set(drawn.sites.flatMap(({ vendor }) => vendor?.normalize() ?? []))];
  const hours = drawn.workflows.flatMap(({ demand }) =>
    demand.map((entry) => entry.hours ?? (entry.contacts! * entry.ahtSeconds!) / 3600),
  );
  const hoursInAll = hours.reduce((sum, each) => sum + each, 0) / drawn.periods.length;
  const sites = drawn.sites;
  const teams = drawn.teams.map(({ paid, ...team }) => {
    const { vendor } = sites.find(({ id }) => id.normalize() === team.site.normalize())!;
    return vendor === undefined && paid ? { ...team, paid } : team;
  });
  const contracts = vendors.flatMap((vendor): Contract[] => {
    for (let attempt = 0; attempt < 12; attempt += 1) {
      const contract = fitted(randomContract(random.whole(0, 1e9), vendor), drawn, hoursInAll);
      if (isValid({ ...drawn, teams, contracts: [contract] })) return [contract];
    }
    return [];
  });
  const placements = drawn.placements?.map((each) =>
    random.chance(0.5) ? { ...each, quality: random.whole(0, 10) / 10 } : each,
  );
  const scenario = { ...drawn, teams, contracts, ...(placements && { placements }) };
  return contracts.length > 0 && isValid(scenario) ? scenario : undefined;
}

/** The contract for the periods of a scenario, at volumes of its size: those drawn are some hundreds. */
function fitted(contract: Contract, { periods }: Scenario, hours: number): Contract {
  const scale = (volume: number) => Math.max(1e-3, (volume * Math.max(1, hours)) / 1000);
  const zeroOr = (volume: number) => (volume === 0 ? 0 : scale(volume));
  const ids = periods.map(({ id }) => id);
  const byPeriod = <Entry extends { readonly period: string }>(entries: readonly Entry[]) =>
    ids.map((period, t) => ({ ...entries[t], period }));
  const { charge, escalation, exchangeRates, bonuses, exitFee, rampDown, forecastLock } = contract;
  return {
    ...contract,
    ...(bonuses && { bonuses: bonuses.map((step) => ({ ...step, fromVolume: zeroOr(step.fromVolume) })) }),
    ...(rampDown && { rampDown: { ...rampDown, currentVolume: scale(rampDown.currentVolume) } }),
    ...(forecastLock && {
      forecastLock: {
        ...forecastLock,
        forecast: byPeriod(forecastLock.forecast).map((entry) => ({ ...entry, volume: scale(entry.volume) })),
      },
    }),
    ...(exitFee && { exitFee: { ...exitFee, belowVolume: scale(exitFee.belowVolume) } }),
    ...(exchangeRates && { exchangeRates: byPeriod(exchangeRates) }),
    ...(escalation && { escalation: { ...escalation, from: ids.slice(1, 2) } }),
    charge:
      charge.by === 'unit'
        ? {
            by: 'unit',
            rate: charge.rate,
            ...(charge.rates && { rates: [{ period: ids[0], rate: charge.rates[0].rate }] }),
            ...(charge.tiers && {
              tiers: {
                ...charge.tiers,
                steps: charge.tiers.steps.map((step) => ({ ...step, fromVolume: scale(step.fromVolume) })),
              },
            }),
            ...(charge.minimum && {
              minimum: {
                ...charge.minimum,
                committed: byPeriod(charge.minimum.committed).map((entry) => ({
                  ...entry,
                  volume: scale(entry.volume),
                })),
              },
            }),
          }
        : {
            ...charge,
            ...(charge.floorVolume !== undefined && { floorVolume: scale(charge.floorVolume) }),
            baselines: byPeriod(charge.baselines).map((entry) => ({
              ...entry,
              volume: scale(entry.volume),
              fee: scale(entry.fee),
            })),
          },
  };
}
