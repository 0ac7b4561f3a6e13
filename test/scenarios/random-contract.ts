import type { Contract } from '../../models/contracts/contract-schema.ts';
import { SeededRandom } from './seeded-random.ts';

/** A contract by hours with every shape now and then, for periods P1 to P4; its volumes are some hundreds of hours. */
export function randomContract(seed: number, vendor = 'acme'): Contract {
  const random = new SeededRandom(seed);
  const periods = ['P1', 'P2', 'P3', 'P4'];
  const volume = () => random.whole(1, 15) * 100;
  const ofPeriods = <Entry extends object>(entry: () => Entry) =>
    periods.map((period) => ({ period, ...entry() }));
  const foreign = random.chance(0.3);
  const unit = (): Contract['charge'] => {
    const steps = [...new Set(Array.from({ length: random.whole(1, 3) }, volume))]
      .sort((a, b) => a - b)
      .map((fromVolume) => ({ fromVolume, rateShare: random.whole(6, 14) / 10 }));
    return {
      by: 'unit',
      rate: random.whole(5, 30),
      ...(random.chance(0.2) && { rates: [{ period: random.pick(periods), rate: random.whole(5, 30) }] }),
      ...(random.chance(0.6) && { tiers: { apply: random.pick(['slice', 'all-units']), steps } }),
      ...(random.chance(0.5) && {
        minimum: { share: random.whole(5, 10) / 10, committed: ofPeriods(() => ({ volume: volume() })) },
      }),
    };
  };
  const baseline = (): Contract['charge'] => ({
    by: 'baseline',
    baselines: ofPeriods(() => {
      const agreed = volume();
      return { volume: agreed, fee: agreed * random.whole(8, 20) };
    }),
    ...(random.chance(0.7) && { deadband: random.whole(0, 3) / 10 }),
    additionalRate: random.whole(4, 20),
    reducedRate: random.whole(0, 12),
    origin: random.pick(['edge', 'baseline']),
    ...(random.chance(0.3) && { floorVolume: random.whole(0, 70) }),
  });
  const bonuses = () =>
    [...new Set(Array.from({ length: random.whole(1, 3) }, () => random.whole(0, 12) * 100))]
      .sort((a, b) => a - b)
      .map((fromVolume) => ({ fromVolume, amount: random.whole(-8, 8) * 100 }));
  return {
    vendor,
    volume: 'hours',
    ...(foreign && { currency: 'PHP', exchangeRates: ofPeriods(() => ({ rate: random.whole(1, 40) / 10 })) }),
    ...(random.chance(0.4) && {
      escalation: { perYear: 0.05, ...(random.chance(0.5) && { capPerYear: 0.03 }), from: ['P2', 'P4'] },
    }),
    charge: random.chance(0.65) ? unit() : baseline(),
    ...(random.chance(0.3) && { managementFee: random.whole(1, 500) }),
    ...(random.chance(0.2) && { bonuses: bonuses() }),
    ...(random.chance(0.2) && {
      rampDown: {
        currentVolume: volume() / 5,
        ...(random.chance(0.5) && { noticePeriods: random.whole(0, 2) }),
        maxFallPerPeriod: random.whole(0, 10) / 10,
      },
    }),
    ...(random.chance(0.2) && {
      forecastLock: {
        periods: random.whole(1, 2),
        maxDeviation: random.whole(3, 10) / 10,
        forecast: ofPeriods(() => ({ volume: volume() / 3 })),
      },
    }),
    ...(random.chance(0.2) && { quality: { target: 0.8, rate: random.whole(1, 30) } }),
    ...(random.chance(0.2) && { exitFee: { amount: random.whole(1, 3000), belowVolume: volume() } }),
  };
}
