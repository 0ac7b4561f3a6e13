import type { PlanPrice } from '../plan.ts';
import { pricedBills, priceOfVolume } from './bill-bound.ts';
import { type HeldChoices, NO_CHOICES } from './held-choices.ts';
import { atKey, siteKey } from './limit-use.ts';
import { pricedPeople } from './people-bound.ts';
import { type PriceTables, readPrices } from './price-tables.ts';
import type { PlacementFacts, RecomputedScenario } from './recomputed-scenario.ts';

/**
 * What prices prove: no plan can cost less than `bound`.
 *
 * For any prices `y` whose signs fit their rows, `y·b − Σ_j max(0, −d_j)·ub_j` is a lower bound on the cost of every
 * plan, where `d_j = c_j − y·a_j` is the reduced cost of column `j` and `ub_j` the most hours it could ever hold (from
 * demand and backlog). Prices with a wrong sign are read as 0, so the bound holds for whatever prices are handed in.
 */
export interface DualBound {
  readonly bound: number;
  /** Sum of the sizes of all terms of the bound: its rounding error is a tiny fraction of this. */
  readonly magnitude: number;
  /** Largest wrong sign of a price or reduced cost, relative to the sizes of the costs and prices it is made of. */
  readonly worstViolation: number;
  /** Prices that name no limit of the scenario, or one twice. */
  readonly unknownPrices: readonly PlanPrice[];
  /** The reduced cost of a placement that the scenario permits. */
  readonly reducedCostOf: (w: number, k: number, t: number, facts: PlacementFacts) => number;
}

/** `useCosts: false` takes every cost as 0: prices that still prove a bound above 0 then prove that there is no plan. */
export function dualBound(
  model: RecomputedScenario,
  prices: readonly PlanPrice[],
  useCosts: boolean,
  choices: HeldChoices = NO_CHOICES,
): DualBound {
  const sum: Sum = { bound: 0, magnitude: 0, worstViolation: 0 };
  const unknownPrices: PlanPrice[] = [];
  const price = readPrices(model, prices, choices, unknownPrices);
  addRightHandSides(model, price, choices, sum);
  const pricedPlacement = placementPricing(model, price, useCosts);
  addPlacements(model, pricedPlacement, choices, sum);
  addShortfallAndBacklog(model, price, useCosts, sum);
  for (const { reducedCost, scale, most } of pricedPeople(model, price, choices, useCosts))
    subtractSaving(sum, reducedCost, scale, most);
  for (const { least, quality } of pricedBills(model, price, choices, useCosts)) {
    addTerm(sum, least);
    if (quality) subtractSaving(sum, quality.reducedCost, quality.scale, quality.most);
  }
  const classCosts = model.payroll.map((_, t) => choices.classCost(t));
  const constants = [...model.payroll, ...classCosts, choices.openingCost];
  if (useCosts) for (const constant of constants) addTerm(sum, constant);
  const reducedCostOf = (w: number, k: number, t: number, facts: PlacementFacts) =>
    pricedPlacement(w, k, t, facts).reducedCost;
  return { ...sum, unknownPrices, reducedCostOf };
}

interface Sum {
  bound: number;
  magnitude: number;
  worstViolation: number;
}

function addTerm(sum: Sum, term: number): void {
  sum.bound += term;
  sum.magnitude += Math.abs(term);
}

/** Reads prices with a wrong sign as 0 and adds `y·b`. */
function addRightHandSides(
  model: RecomputedScenario,
  price: PriceTables,
  choices: HeldChoices,
  sum: Sum,
): void {
  const { scenario, T, find } = model;
  /** Adds one term and gives back the price, or 0 where its sign was wrong. */
  const add = (y: number, sign: -1 | 0 | 1, limit: number): number => {
    if (y === 0) return 0;
    if (y * sign < 0) {
      sum.worstViolation = Math.max(sum.worstViolation, Math.abs(y));
      return 0;
    }
    addTerm(sum, y * limit);
    return y;
  };
  const addAt = (row: Float64Array, t: number, sign: -1 | 0 | 1, limit: number) => {
    row[t] = add(row[t], sign, limit);
  };
  for (let t = 0; t < T; t += 1) {
    scenario.workflows.forEach(({ backlog }, w) => {
      const opening = t === 0 ? (backlog?.openingHours ?? 0) : 0;
      addAt(price.demand[w], t, 0, (model.demand[w][t] ?? 0) + opening);
      addAt(price.backlog[w], t, -1, backlog?.maxHours ?? 0);
    });
    scenario.teams.forEach((_, k) => {
      const people = model.people[k];
      addAt(price.capacity[k], t, -1, people ? 0 : (model.capacity[k][t] ?? 0));
      if (people === undefined) return;
      addAt(price.headcount[k], t, 0, people.joining[t]);
      addAt(price.hires[k], t, -1, people.maxHires);
      const isStepped = people.classes?.multiple !== undefined;
      const size = isStepped ? (choices.classOf(k, t) ?? 0) : (people.classes?.smallest ?? 0);
      addAt(price.classes[k], t, isStepped ? 0 : 1, size);
      addAt(price.trainees[k], t, -1, people.maxTrainees);
      addAt(price.releases[k], t, -1, people.maxReleased);
      addAt(price.overtime[k], t, -1, 0);
      price.secondSkills[k].forEach(({ trained, heads, released, begins, hours }, i) => {
        const { opening, maxTrained } = people.secondSkills[i];
        addAt(trained, t, 0, t === 0 ? opening : 0);
        for (const row of [heads, released, hours]) addAt(row, t, -1, 0);
        addAt(begins, t, -1, maxTrained);
      });
    });
    scenario.sites.forEach(({ seats, fteSharingASeat }, s) => {
      addAt(price.seats[s], t, -1, (seats ?? 0) * (fteSharingASeat ?? 1));
    });
    model.contracts.forEach(({ leastByRamp, locked }, contract) => {
      addAt(price.rampDown[contract], t, 1, leastByRamp(t)?.least ?? 0);
      addAt(price.forecastFloor[contract], t, 1, locked(t)?.least ?? 0);
      addAt(price.forecastCap[contract], t, -1, locked(t)?.most ?? 0);
    });
    for (const row of price.vendorShare) addAt(row, t, -1, 0);
    for (const row of price.inHouseShare) addAt(row, t, 1, 0);
  }
  for (const [key, y] of price.minimum) {
    const w = atKey(model, key).w;
    price.minimum.set(key, add(y, 1, scenario.workflows[w].minimumTeamHours ?? 0));
  }
  const payroll = model.payroll.reduce((total, each) => total + each, 0);
  for (const { period, amount } of scenario.rules?.budget ?? []) {
    if (period === undefined) {
      const classes = model.payroll.reduce((total, _, t) => total + choices.classCost(t), 0);
      price.horizonBudget = add(price.horizonBudget, -1, amount - choices.openingCost - classes - payroll);
    } else {
      const t = find.period(period)!;
      addAt(price.budget, t, -1, amount - model.payroll[t] - choices.classCost(t));
    }
  }
}

/** Takes off what a column with a negative reduced cost could still save at the most it could ever hold. */
function subtractSaving(sum: Sum, reducedCost: number, scale: number, mostHours: number): void {
  if (reducedCost >= 0) return;
  addTerm(sum, reducedCost * mostHours);
  sum.worstViolation = Math.max(sum.worstViolation, -reducedCost / Math.max(1, scale));
}

/** A column's reduced cost, and the largest of the sizes it is the difference of. */
interface Priced {
  readonly reducedCost: number;
  readonly scale: number;
}

function placementPricing(
  model: RecomputedScenario,
  price: PriceTables,
  useCosts: boolean,
): (w: number, k: number, t: number, facts: PlacementFacts) => Priced {
  const shares = sharePrices(model, price);
  const contractOf = model.vendorOfTeam.map((vendor) =>
    model.contracts.findIndex((contract) => contract.vendor === vendor),
  );
  return (w, k, t, { cost, teamHours, billed: volume, qualityPoints, secondSkill }) => {
    const site = model.siteOfTeam[k];
    const hoursPerFte = model.hoursPerFte[k][t];
    const demand = price.demand[w][t];
    const team = teamHours * price.capacity[k][t];
    const skill = secondSkill === undefined ? 0 : teamHours * price.secondSkills[k][secondSkill].hours[t];
    // People sit there with or without work.
    const isSeated = hoursPerFte !== undefined && !model.people[k];
    const seats = isSeated ? (teamHours / hoursPerFte) * price.seats[site][t] : 0;
    const share = shares(w, k, t);
    const contract = contractOf[k];
    const billed =
      contract < 0
        ? 0
        : volume * priceOfVolume(model, price, contract, t) - qualityPoints * price.quality[contract][t];
    const minimum = price.minimum.size === 0 ? 0 : (price.minimum.get(siteKey(model, w, site, t)) ?? 0);
    const budgets = cost * (price.budget[t] + price.horizonBudget);
    const reducedCost =
      (useCosts ? cost : 0) - demand - team - skill - seats - share - minimum - budgets - billed;
    const scale = Math.max(
      cost,
      Math.abs(demand),
      Math.abs(team),
      Math.abs(skill),
      Math.abs(share),
      Math.abs(billed),
      -budgets,
    );
    return { reducedCost, scale };
  };
}

function addPlacements(
  model: RecomputedScenario,
  pricedPlacement: ReturnType<typeof placementPricing>,
  choices: HeldChoices,
  sum: Sum,
): void {
  const { scenario, T, demand, mostCarriedIn, siteOfTeam } = model;
  for (let w = 0; w < scenario.workflows.length; w += 1) {
    for (let k = 0; k < scenario.teams.length; k += 1) {
      if (!model.mayTake(w, k)) continue;
      for (let t = 0; t < T; t += 1) {
        const facts = model.placement(w, k, t);
        // A closed site holds nothing, so nothing can be saved there.
        if (facts === undefined || choices.isClosed(w, siteOfTeam[k], t)) continue;
        const { reducedCost, scale } = pricedPlacement(w, k, t, facts);
        subtractSaving(sum, reducedCost, scale, (demand[w][t] ?? 0) + mostCarriedIn[w][t]);
      }
    }
  }
}

/** Σ over the share rules of the rule's price times the placement's coefficient in it. */
function sharePrices(
  model: RecomputedScenario,
  price: PriceTables,
): (w: number, k: number, t: number) => number {
  const { scenario, find, T } = model;
  const vendorRules = scenario.rules?.vendorShare ?? [];
  const inHouseRules = scenario.rules?.inHouseShare ?? [];
  const everyone = new Float64Array(T);
  const ofVendor = new Map<string, Float64Array>();
  vendorRules.forEach(({ vendor, maxShare }, rule) => {
    ofVendor.set(vendor.normalize(), price.vendorShare[rule]);
    price.vendorShare[rule].forEach((y, t) => (everyone[t] -= maxShare * y));
  });
  const inHouseAll = new Float64Array(T);
  const inHouseOf = new Map<number, Float64Array>();
  const minShareOf = new Map<number, number>();
  inHouseRules.forEach(({ workflow, minShare }, rule) => {
    const row = price.inHouseShare[rule];
    if (workflow === undefined) {
      row.forEach((y, t) => {
        inHouseAll[t] += y;
        everyone[t] -= minShare * y;
      });
    } else {
      inHouseOf.set(find.workflow(workflow)!, row);
      minShareOf.set(find.workflow(workflow)!, minShare);
    }
  });
  const ofTeam = model.vendorOfTeam.map((vendor) =>
    vendor === undefined ? undefined : ofVendor.get(vendor),
  );
  return (w, k, t) => {
    const isInHouse = model.isInHouse[k];
    const total = everyone[t] + (ofTeam[k]?.[t] ?? 0) + (isInHouse ? inHouseAll[t] : 0);
    const own = inHouseOf.get(w);
    return own === undefined ? total : total + own[t] * ((isInHouse ? 1 : 0) - minShareOf.get(w)!);
  };
}

function addShortfallAndBacklog(
  model: RecomputedScenario,
  price: PriceTables,
  useCosts: boolean,
  sum: Sum,
): void {
  model.scenario.workflows.forEach(({ shortfallCostPerHour, backlog }, w) => {
    for (let t = 0; t < model.T; t += 1) {
      const mostHours = (model.demand[w][t] ?? 0) + model.mostCarriedIn[w][t];
      const y = price.demand[w][t];
      if (shortfallCostPerHour !== undefined) {
        subtractSaving(sum, (useCosts ? shortfallCostPerHour : 0) - y, Math.abs(y), mostHours);
      }
      if (backlog === undefined || t === model.T - 1) continue;
      const next = price.demand[w][t + 1];
      const cost = useCosts ? (backlog.costPerHourPeriod ?? 0) : 0;
      const scale = Math.max(Math.abs(y), Math.abs(next));
      subtractSaving(
        sum,
        cost - y + next - price.backlog[w][t],
        scale,
        Math.min(backlog.maxHours, mostHours),
      );
    }
  });
}
