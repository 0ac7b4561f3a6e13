import { type Fault, jsonPointer } from '../fault.ts';
import { quoted } from '../scenario/schema-faults.ts';
import { bandOf, ofPeriod } from './invoice.ts';
import type { Contract } from './contract-schema.ts';

/** What surrounds a contract. */
export interface Surroundings {
  /** All periods, in time order. */
  readonly periods: readonly string[];
  /** The periods that are billed. */
  readonly billed: readonly string[];
  /** The currency of everything else; undefined where that is not known, and then nothing is said of exchange rates that lack or are too many. */
  readonly currency: string | undefined;
}

/**
 * What is wrong between the parts of a contract, and between it and what surrounds it; the schema has checked the parts. Pointers begin at the
 * contract.
 */
export function contractFaults(contract: Contract, around: Surroundings): Fault[] {
  const faults: Fault[] = [];
  const report = (path: readonly PropertyKey[], code: string, message: string) => {
    faults.push({ pointer: jsonPointer(path), code, message });
  };
  const { charge, exchangeRates, escalation } = contract;
  checkPeriods(exchangeRates, ['exchangeRates'], around, report);
  checkPeriods(
    escalation?.from.map((period) => ({ period })),
    ['escalation', 'from'],
    around,
    report,
  );
  checkCurrency(contract, around, report);
  if (
    escalation &&
    (1 + Math.min(escalation.perYear, escalation.capPerYear ?? Infinity)) ** escalation.from.length >
      LARGEST_RISE
  )
    report(
      ['escalation'],
      'out-of-range',
      `Rates rise to more than ${LARGEST_RISE} times what they are. Use a smaller perYear, or fewer periods.`,
    );
  const { bonuses, forecastLock } = contract;
  checkRising(bonuses, ['bonuses'], 'bonuses-not-rising', report);
  checkPeriods(forecastLock?.forecast, ['forecastLock', 'forecast'], around, report);
  if (forecastLock)
    reportMissing(
      forecastLock.forecast,
      ['forecastLock', 'forecast'],
      { ...around, billed: around.billed.filter((id) => around.periods.indexOf(id) < forecastLock.periods) },
      report,
      'missing-forecast',
      (periods) => `The first ${forecastLock.periods} periods are binding. Give the forecast of ${periods}.`,
    );
  if (charge.by === 'unit') {
    checkPeriods(charge.rates, ['charge', 'rates'], around, report);
    checkPeriods(charge.minimum?.committed, ['charge', 'minimum', 'committed'], around, report);
    checkRising(charge.tiers?.steps, ['charge', 'tiers', 'steps'], 'tiers-not-rising', report);
    return faults;
  }
  checkPeriods(charge.baselines, ['charge', 'baselines'], around, report);
  reportMissing(
    charge.baselines,
    ['charge', 'baselines'],
    around,
    report,
    'missing-baseline',
    (periods) =>
      `A baseline charge needs a baseline in every period that is billed. Give that of ${periods}.`,
  );
  for (const { period } of charge.baselines) {
    const { low } = bandOf(charge, period);
    if ((charge.floorVolume ?? 0) > low)
      report(
        ['charge', 'floorVolume'],
        'floor-in-band',
        `In ${quoted(period)} the fee holds from ${low} on, so a bill that falls no further below ${charge.floorVolume ?? 0} never falls. Use a smaller floorVolume.`,
      );
  }
  return faults;
}

/** Nobody agrees on more, and far more is no number. */
const LARGEST_RISE = 1000;

type Report = (path: readonly PropertyKey[], code: string, message: string) => void;

function checkCurrency({ currency, exchangeRates }: Contract, around: Surroundings, report: Report): void {
  if (around.currency === undefined) return;
  if (currency === undefined || currency === around.currency) {
    if (exchangeRates)
      report(
        ['exchangeRates'],
        'exchange-rates-not-needed',
        `The contract is in ${around.currency}, as everything else. Leave the exchange rates out, or give the contract's currency.`,
      );
    return;
  }
  reportMissing(
    exchangeRates,
    ['exchangeRates'],
    around,
    report,
    'missing-exchange-rate',
    (periods) =>
      `The contract is in ${currency} and the rest in ${around.currency}. Give the exchange rate of ${periods}.`,
  );
}

function checkRising(
  steps: readonly { readonly fromVolume: number }[] = [],
  path: readonly PropertyKey[],
  code: string,
  report: Report,
): void {
  steps.forEach(({ fromVolume }, i) => {
    if (i > 0 && fromVolume <= steps[i - 1].fromVolume)
      report(
        [...path, i, 'fromVolume'],
        code,
        `This begins at ${fromVolume}, the one before at ${steps[i - 1].fromVolume}. List them by rising volume.`,
      );
  });
}

/** Every entry names a period there is, and no period twice. */
function checkPeriods(
  entries: readonly { readonly period: string }[] = [],
  path: readonly PropertyKey[],
  { periods }: Surroundings,
  report: Report,
): void {
  const known = new Set(periods.map((id) => id.normalize()));
  const seen = new Set<string>();
  entries.forEach(({ period }, i) => {
    const id = period.normalize();
    if (!known.has(id))
      report(
        [...path, i],
        'unknown-period',
        `There is no period ${quoted(period)}. Define it, or correct the spelling.`,
      );
    if (seen.has(id))
      report(
        [...path, i],
        'duplicate-period',
        `The period ${quoted(period)} has an entry already. Keep one.`,
      );
    seen.add(id);
  });
}

const MOST_NAMED = 5;

function reportMissing(
  entries: readonly { readonly period: string }[] | undefined,
  path: readonly PropertyKey[],
  { billed }: Surroundings,
  report: Report,
  code: string,
  message: (periods: string) => string,
): void {
  const missing = billed.filter((period) => ofPeriod(entries, period) === undefined);
  if (missing.length === 0) return;
  const named = missing.slice(0, MOST_NAMED).map(quoted).join(', ');
  const more = missing.length - MOST_NAMED;
  report(path, code, message(more > 0 ? `${named} and ${more} more` : named));
}
