import { distinct } from './bill-brackets.ts';
import type { HeldChoices } from './held-choices.ts';
import type { PricedDecision } from './people-bound.ts';
import type { PriceTables } from './price-tables.ts';
import type { RecomputedScenario } from './recomputed-scenario.ts';

/** What a vendor's bill of a period proves at some prices. */
export interface PricedBill {
  /** Bill less worth of what is billed, at the least. */
  readonly least: number;
  /** The sum of quality that it pays for. */
  readonly quality?: PricedDecision;
}

/**
 * What the bills come to at the least, less the worth of the hours billed at their price: for any price of an hour, no volume makes bill less
 * worth smaller. A bill is made of straight lines, so the smallest stands where it bends, or at the ends. Where a bill is held in a bracket, what is
 * billed exactly at its ends may be what the next one bills: each line is taken from within.
 */
export function* pricedBills(
  model: RecomputedScenario,
  price: PriceTables,
  choices: HeldChoices,
  useCosts: boolean,
): Generator<PricedBill> {
  if (model.contracts.length === 0) return;
  const mostOf = mostBilled(model);
  for (const [contract, { vendor, bill, bends, exchangeRate, qualityRate }] of model.contracts.entries()) {
    for (let t = 0; t < model.T; t += 1) {
      const most = mostOf.get(vendor)?.[t] ?? 0;
      const bracket = choices.bracketOf(contract, t) ?? { from: 0, to: Infinity };
      const [first, last] = [bracket.from, Math.max(bracket.from, Math.min(bracket.to, most))];
      const weight = (useCosts ? 1 : 0) - price.budget[t] - price.horizonBudget;
      const lessWorth = (volume: number) =>
        weight * bill(volume, t, 0) * exchangeRate(t) - price.billed[contract][t] * volume;
      const within = bends(t).filter((volume) => volume > first && volume < last);
      const ends = distinct([first, ...within, last]);
      if (ends.length === 1) ends.push(last);
      const values = ends.slice(1).flatMap((to, i) => lineEnds(lessWorth, ends[i], to));
      const perPoint = qualityRate(t);
      const worth = price.quality[contract][t];
      yield {
        least: Math.min(...values),
        ...(perPoint !== undefined && {
          // Quality is at most 1, so of what is billed there is no more.
          quality: {
            reducedCost: weight * perPoint * exchangeRate(t) - worth,
            scale: Math.abs(worth),
            most,
          },
        }),
      };
    }
  }
}

/** The values of a straight line at both ends of where it is one, whatever is there exactly at the ends. */
function lineEnds(line: (at: number) => number, from: number, to: number): [number, number] {
  const third = (to - from) / 3;
  const [near, far] = [line(from + third), line(to - third)];
  return [2 * near - far, 2 * far - near];
}

/** The most that each vendor could ever bill in each period: all work that could be there, at the team where it takes most. */
function mostBilled(model: RecomputedScenario): ReadonlyMap<string, Float64Array> {
  const { scenario, T, contracts, vendorOfTeam, demand, mostCarriedIn } = model;
  const most = new Map(contracts.map(({ vendor }) => [vendor, new Float64Array(T)]));
  scenario.workflows.forEach((_, w) => {
    const dearest = new Map(contracts.map(({ vendor }) => [vendor, new Float64Array(T)]));
    scenario.teams.forEach((_team, k) => {
      const ofVendor = dearest.get(vendorOfTeam[k] ?? '');
      if (ofVendor === undefined || !model.mayTake(w, k)) return;
      for (let t = 0; t < T; t += 1)
        ofVendor[t] = Math.max(ofVendor[t], model.placement(w, k, t)?.billed ?? 0);
    });
    for (const [vendor, perHour] of dearest)
      perHour.forEach((each, t) => {
        most.get(vendor)![t] += each * ((demand[w][t] ?? 0) + mostCarriedIn[w][t]);
      });
  });
  return most;
}

/** What one more of a contract's volume in a period is worth to the limits that count it: what is done is billed, and how fast it falls counts in both periods. */
export function priceOfVolume(
  model: RecomputedScenario,
  price: PriceTables,
  contract: number,
  t: number,
): number {
  const { leastByRamp } = model.contracts[contract];
  const keptAfter = t + 1 < model.T ? (leastByRamp(t + 1)?.shareOfBefore ?? 0) : 0;
  return (
    price.rampDown[contract][t] +
    price.forecastFloor[contract][t] +
    price.forecastCap[contract][t] -
    price.billed[contract][t] -
    (keptAfter > 0 ? keptAfter * price.rampDown[contract][t + 1] : 0)
  );
}
