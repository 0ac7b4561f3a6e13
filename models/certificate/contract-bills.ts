import type { Scenario } from '../scenario/schema.ts';

type Contract = NonNullable<Scenario['contracts']>[number];

/** A vendor's contract as the scenario says, priced here a second time. Imports types only. */
export interface RecomputedContract {
  /** Normalised. */
  readonly vendor: string;
  readonly spelled: string;
  readonly exchangeRate: (t: number) => number;
  /** Money of the contract's currency for so many hours in a period. */
  readonly bill: (hours: number, t: number) => number;
  /** Where the bill of a period may bend. */
  readonly bends: (t: number) => readonly number[];
}

export function recomputeContracts({ contracts = [], periods }: Scenario): RecomputedContract[] {
  const ids = periods.map(({ id }) => id.normalize());
  return contracts.map((contract) => recomputeContract(contract, ids));
}

function recomputeContract(contract: Contract, ids: readonly string[]): RecomputedContract {
  const at = <Entry extends { readonly period: string }>(entries: readonly Entry[] | undefined, t: number) =>
    (entries ?? []).find(({ period }) => period.normalize() === ids[t]);
  const { charge, escalation, managementFee } = contract;
  const rises = new Set(escalation?.from.map((id) => id.normalize()));
  const risen = (t: number) => {
    let factor = 1;
    for (let s = 0; s <= t; s += 1)
      if (rises.has(ids[s])) factor *= 1 + Math.min(escalation!.perYear, escalation!.capPerYear ?? Infinity);
    return factor;
  };
  const usage =
    charge.by === 'unit'
      ? (hours: number, t: number) => {
          const rate = at(charge.rates, t)?.rate ?? charge.rate;
          const least = (charge.minimum?.share ?? 0) * (at(charge.minimum?.committed, t)?.volume ?? 0);
          return rate * Math.max(inTiers(charge.tiers, hours), inTiers(charge.tiers, least));
        }
      : (hours: number, t: number) => {
          const { volume, fee } = at(charge.baselines, t)!;
          const counted = Math.max(hours, charge.floorVolume ?? 0);
          const isEdge = charge.origin === 'edge';
          const [low, high] = [(1 - (charge.deadband ?? 0)) * volume, (1 + (charge.deadband ?? 0)) * volume];
          if (counted - high > NEAR * high)
            return fee + charge.additionalRate * (counted - (isEdge ? high : volume));
          if (counted - low <= NEAR * low)
            return fee - charge.reducedRate * ((isEdge ? low : volume) - counted);
          return fee;
        };
  return {
    vendor: contract.vendor.normalize(),
    spelled: contract.vendor,
    exchangeRate: (t) => at(contract.exchangeRates, t)?.rate ?? 1,
    bill: (hours, t) => risen(t) * (usage(hours, t) + (managementFee ?? 0)),
    bends: (t) => {
      if (charge.by === 'unit') {
        const least = (charge.minimum?.share ?? 0) * (at(charge.minimum?.committed, t)?.volume ?? 0);
        return [least, ...(charge.tiers?.steps ?? []).map(({ fromVolume }) => fromVolume)];
      }
      const { volume } = at(charge.baselines, t)!;
      const band = charge.deadband ?? 0;
      return [volume * (1 - band), volume * (1 + band), charge.floorVolume ?? 0];
    },
  };
}

/** Volumes this near to each other, relative to their size, are the same. */
const NEAR = 1e-9;

type Tiers = Extract<Contract['charge'], { readonly by: 'unit' }>['tiers'];

/** Hours weighed by the rates of their tiers. */
function inTiers(tiers: Tiers, hours: number): number {
  if (tiers === undefined) return hours;
  if (tiers.apply === 'all-units') {
    let share = 1;
    for (const step of tiers.steps)
      if (hours - step.fromVolume > NEAR * hours) share = step.rateShare;
      else if (step.fromVolume - hours <= NEAR * hours) share = Math.min(share, step.rateShare);
    return share * hours;
  }
  let [weighed, from, share] = [0, 0, 1];
  for (const step of tiers.steps) {
    weighed += share * Math.max(0, Math.min(hours, step.fromVolume) - from);
    [from, share] = [step.fromVolume, step.rateShare];
  }
  return weighed + share * Math.max(0, hours - from);
}
