import type { DifferenceValue } from '../differences.ts';
import { exactMoney, exactQuantity, exactShare } from '../number-text.ts';
import type { Scenario } from '../scenario/schema.ts';
import { type FieldTable, changedFields, choice, compound, money, wording } from './field-words.ts';
import { difference, type Found } from './found.ts';
import { changeOf, eitherOf, hasBoth, pairsOf } from './pairs.ts';
import type { Sides } from './side.ts';

type Contract = NonNullable<Scenario['contracts']>[number];

const FIELDS: FieldTable<Contract> = {
  vendor: null,
  volume: choice('What is billed', 'none', { hours: 'hours', contacts: 'contacts' }),
  currency: wording('Currency', 'that of the scenario'),
  exchangeRates: compound('Exchange rates', 'none', (rates) =>
    rates.map(({ period, rate }) => `${exactQuantity(rate)} in ${period}`).join(', '),
  ),
  escalation: compound('Escalation', 'none', ({ perYear, capPerYear, from }) =>
    [
      `${exactShare(perYear)} a year`,
      ...(capPerYear === undefined ? [] : [`at most ${exactShare(capPerYear)}`]),
      `from ${from.join(', ')}`,
    ].join(', '),
  ),
  charge: compound('Charge', 'none', chargeText),
  managementFee: money('Management fee', '0', 'a period'),
  bonuses: compound('Bonuses', 'none', (bonuses) =>
    bonuses
      .map(({ fromVolume, amount }) => `${signedMoney(amount)} from ${exactQuantity(fromVolume)} on`)
      .join(', '),
  ),
  quality: compound(
    'Quality bonus',
    'none',
    ({ target, rate }) => `${exactMoney(rate)} for full quality above ${exactShare(target)}`,
  ),
  exitFee: compound(
    'Exit fee',
    'none',
    ({ amount, belowVolume }) => `${exactMoney(amount)} below ${exactQuantity(belowVolume)}`,
  ),
  rampDown: compound(
    'Ramp-down',
    'as fast as may be',
    ({ currentVolume, noticePeriods = 0, maxFallPerPeriod }) =>
      [
        `from ${exactQuantity(currentVolume)}`,
        `${noticePeriods} periods of notice`,
        `at most ${exactShare(maxFallPerPeriod)} a period`,
      ].join(', '),
  ),
  forecastLock: compound('Binding forecast', 'none', ({ periods, maxDeviation, forecast }) =>
    [
      `${periods} periods`,
      `within ${exactShare(maxDeviation)}`,
      ...forecast.map(({ period, volume }) => `${exactQuantity(volume)} in ${period}`),
    ].join(', '),
  ),
};

function signedMoney(amount: number): string {
  return amount < 0 ? `${exactMoney(-amount)} less` : exactMoney(amount);
}

/** Contracts by the vendor they are with. */
export function* contractDifferences({ from, to }: Sides): Generator<Found> {
  const [before, after] = [from.scenario.contracts ?? [], to.scenario.contracts ?? []];
  for (const pair of pairsOf(before, after, ({ vendor }) => vendor.normalize())) {
    const { vendor } = eitherOf(pair);
    if (!hasBoth(pair)) {
      const sentence = `Contract with ${vendor} ${changeOf(pair)}: ${chargeText(eitherOf(pair).charge)}.`;
      const values = { from: pair.from && valueOf(pair.from), to: pair.to && valueOf(pair.to) };
      yield { what: 'contract', write: () => difference('contract', { vendor }, values, sentence) };
      continue;
    }
    for (const { field, pair: values, label, text } of changedFields(FIELDS, pair.from, pair.to)) {
      const sentence = `${label} in the contract with ${vendor}: ${text({ from, to })}.`;
      yield {
        what: 'contract',
        write: () => difference('contract', { vendor }, values, sentence, { field }),
      };
    }
  }
}

function valueOf({ vendor: _, ...contract }: Contract): DifferenceValue {
  return contract;
}

function chargeText(charge: Contract['charge']): string {
  if (charge.by === 'baseline') {
    const { baselines, deadband = 0, additionalRate, reducedRate, origin, floorVolume } = charge;
    return [
      `baseline of ${baselines.map(({ period, volume, fee }) => `${exactQuantity(volume)} for ${exactMoney(fee)} in ${period}`).join(', ')}`,
      `deadband ${exactShare(deadband)}`,
      `${exactMoney(additionalRate)} for each one above and ${exactMoney(reducedRate)} less for each one below, from the ${origin}`,
      ...(floorVolume === undefined ? [] : [`no less than for ${exactQuantity(floorVolume)}`]),
    ].join('; ');
  }
  const { rate, rates = [], tiers, minimum } = charge;
  return [
    `${exactMoney(rate)} each`,
    ...rates.map((entry) => `${exactMoney(entry.rate)} in ${entry.period}`),
    ...(tiers
      ? [
          `${tiers.apply === 'slice' ? 'slices' : 'tiers on all units'} ${tiers.steps.map(({ fromVolume, rateShare }) => `from ${exactQuantity(fromVolume)} at ${exactShare(rateShare)}`).join(', ')}`,
        ]
      : []),
    ...(minimum
      ? [
          `take or pay ${exactShare(minimum.share)} of ${minimum.committed.map(({ period, volume }) => `${exactQuantity(volume)} in ${period}`).join(', ')}`,
        ]
      : []),
  ].join('; ');
}
