import type { Scenario } from '../scenario/schema.ts';

type Contract = NonNullable<Scenario['contracts']>[number];

/** A vendor's contract as the scenario says, priced here a second time. Imports types only. */
export interface RecomputedContract {
  /** Normalised. */
  readonly vendor: string;
  readonly spelled: string;
  /** What is billed. */
  readonly unit: Contract['volume'];
  readonly currency: string;
  readonly exchangeRate: (t: number) => number;
  /** Money of the contract's currency for so much volume in a period. */
  readonly bill: (volume: number, t: number, qualityPoints: number) => number;
  /** What the bill is made of; two of them where the volume is one at which it jumps, the cheaper one first. */
  readonly billParts: (volume: number, t: number, qualityPoints: number) => readonly BillParts[];
  /** Money of the contract's currency for an hour or contact of full quality; undefined where it pays for none. */
  readonly qualityRate: (t: number) => number | undefined;
  /** Where the bill of a period may bend. */
  readonly bends: (t: number) => readonly number[];
  /** The least volume of a period by how fast it may fall: an amount, or a share of that of the period before; undefined where there is no such limit. */
  readonly leastByRamp: (t: number) => { readonly least: number; readonly shareOfBefore: number } | undefined;
  /** Between which volumes a forecast that is binding holds a period. */
  readonly locked: (t: number) => { readonly least: number; readonly most: number } | undefined;
}

/** Money of the contract's currency. */
export interface BillParts {
  /** What the charge comes to, by unit with what is missing to the minimum or by baseline with what is more and less. */
  readonly charge: number;
  readonly management: number;
  /** Bonus or malus. */
  readonly bonus: number;
  readonly exit: number;
  readonly quality: number;
}

export function totalOf({ charge, management, bonus, exit, quality }: BillParts): number {
  return charge + management + bonus + exit + quality;
}

export function recomputeContracts({ contracts = [], periods, currency }: Scenario): RecomputedContract[] {
  const ids = periods.map(({ id }) => id.normalize());
  return contracts.map((contract) => recomputeContract(contract, ids, currency));
}

function recomputeContract(contract: Contract, ids: readonly string[], currency: string): RecomputedContract {
  const at = <Entry extends { readonly period: string }>(entries: readonly Entry[] | undefined, t: number) =>
    (entries ?? []).find(({ period }) => period.normalize() === ids[t]);
  const {
    charge,
    escalation,
    managementFee,
    bonuses = [],
    exitFee,
    quality,
    rampDown,
    forecastLock,
  } = contract;
  const rises = new Set(escalation?.from.map((id) => id.normalize()));
  const risen = (t: number) => {
    let factor = 1;
    for (let s = 0; s <= t; s += 1)
      if (rises.has(ids[s])) factor *= 1 + Math.min(escalation!.perYear, escalation!.capPerYear ?? Infinity);
    return factor;
  };
  const usage =
    charge.by === 'unit'
      ? (volume: number, t: number, side: Side) => {
          const rate = at(charge.rates, t)?.rate ?? charge.rate;
          return rate * Math.max(inTiers(charge.tiers, volume, side), leastWeighed(t));
        }
      : (volume: number, t: number, side: Side) => {
          const { volume: baseline, fee } = at(charge.baselines, t)!;
          const counted = Math.max(volume, charge.floorVolume ?? 0);
          const isEdge = charge.origin === 'edge';
          const [low, high] = [1 - (charge.deadband ?? 0), 1 + (charge.deadband ?? 0)].map(
            (share) => share * baseline,
          );
          if (isPast(counted, high, side))
            return fee + charge.additionalRate * (counted - (isEdge ? high : baseline));
          if (!isPast(counted, low, side))
            return fee - charge.reducedRate * ((isEdge ? low : baseline) - counted);
          return fee;
        };
  const leastOf = (t: number) =>
    charge.by === 'unit' ? (charge.minimum?.share ?? 0) * (at(charge.minimum?.committed, t)?.volume ?? 0) : 0;
  /** What is paid in any case, at the cheaper of two rates where one begins just there. */
  const leastWeighed = (t: number) => {
    const { tiers } = charge as Extract<Contract['charge'], { readonly by: 'unit' }>;
    return Math.min(...SIDES.map((side) => inTiers(tiers, leastOf(t), side)));
  };
  const isLast = (t: number) => t === ids.length - 1;
  const partsBeside = (volume: number, t: number, points: number, side: Side): BillParts => {
    let bonus = 0;
    for (const step of bonuses) if (isPast(volume, step.fromVolume, side)) bonus = step.amount;
    const leaves = exitFee && isLast(t) && !isPast(volume, exitFee.belowVolume, side);
    const factor = risen(t);
    return {
      charge: factor * usage(volume, t, side),
      management: factor * (managementFee ?? 0),
      bonus: factor * bonus,
      exit: leaves ? factor * exitFee.amount : 0,
      quality: quality ? factor * quality.rate * (points - quality.target * volume) : 0,
    };
  };
  const billParts = (volume: number, t: number, points: number) =>
    SIDES.map((side) => partsBeside(volume, t, points, side)).sort(
      (one, other) => totalOf(one) - totalOf(other),
    );
  return {
    vendor: contract.vendor.normalize(),
    spelled: contract.vendor,
    unit: contract.volume,
    currency: contract.currency ?? currency,
    exchangeRate: (t) => at(contract.exchangeRates, t)?.rate ?? 1,
    bill: (volume, t, points) => totalOf(billParts(volume, t, points)[0]),
    billParts,
    qualityRate: (t) => quality && quality.rate * risen(t),
    bends: (t) => {
      const others = [
        ...bonuses.map(({ fromVolume }) => fromVolume),
        ...(exitFee && isLast(t) ? [exitFee.belowVolume] : []),
      ];
      if (charge.by === 'unit') {
        const steps = charge.tiers?.steps ?? [];
        // On all units, each rate comes to what is paid in any case at a volume of its own.
        const shares = charge.tiers?.apply === 'all-units' ? [1, ...steps.map((step) => step.rateShare)] : [];
        const reached = shares.flatMap((share) => (share > 0 ? [leastWeighed(t) / share] : []));
        return [leastOf(t), ...steps.map(({ fromVolume }) => fromVolume), ...reached, ...others];
      }
      const { volume } = at(charge.baselines, t)!;
      const band = charge.deadband ?? 0;
      return [volume * (1 - band), volume * (1 + band), charge.floorVolume ?? 0, ...others];
    },
    leastByRamp: (t) => {
      if (rampDown === undefined) return undefined;
      const isInNotice = t < (rampDown.noticePeriods ?? 0);
      const kept = isInNotice ? 1 : 1 - rampDown.maxFallPerPeriod;
      if (isInNotice || t === 0) {
        const least = kept * rampDown.currentVolume;
        return least > 0 ? { least, shareOfBefore: 0 } : undefined;
      }
      return kept > 0 ? { least: 0, shareOfBefore: kept } : undefined;
    },
    locked: (t) => {
      if (forecastLock === undefined || t >= forecastLock.periods) return undefined;
      const { volume } = at(forecastLock.forecast, t)!;
      return {
        least: (1 - forecastLock.maxDeviation) * volume,
        most: (1 + forecastLock.maxDeviation) * volume,
      };
    },
  };
}

/** Exactly where a bill jumps, all of it is what it is just below, or all just above. */
type Side = 'below' | 'above';
const SIDES: readonly Side[] = ['below', 'above'];

/** Whether a volume is at another or above. */
function isPast(volume: number, other: number, side: Side): boolean {
  if (other === 0) return true;
  if (Math.abs(volume - other) <= NEAR * Math.max(volume, other)) return side === 'above';
  return volume > other;
}

/** Volumes this near to each other, relative to their size, are the same. */
const NEAR = 1e-9;

type Tiers = Extract<Contract['charge'], { readonly by: 'unit' }>['tiers'];

/** Hours weighed by the rates of their tiers. */
function inTiers(tiers: Tiers, hours: number, side: Side): number {
  if (tiers === undefined) return hours;
  if (tiers.apply === 'all-units') {
    let share = 1;
    for (const step of tiers.steps) if (isPast(hours, step.fromVolume, side)) share = step.rateShare;
    return share * hours;
  }
  let [weighed, from, share] = [0, 0, 1];
  for (const step of tiers.steps) {
    weighed += share * Math.max(0, Math.min(hours, step.fromVolume) - from);
    [from, share] = [step.fromVolume, step.rateShare];
  }
  return weighed + share * Math.max(0, hours - from);
}
