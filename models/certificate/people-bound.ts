import type { HeldChoices } from './held-choices.ts';
import { canBeOfUse, hireAt, type RecomputedPeople } from './people.ts';
import type { PriceTables, SecondSkillPrices } from './price-tables.ts';
import type { RecomputedScenario } from './recomputed-scenario.ts';
import { canBegin, canRelease } from './second-skills.ts';

/** A column's reduced cost with the largest size it is the difference of, and the most the column can ever be. */
export interface PricedDecision {
  readonly reducedCost: number;
  readonly scale: number;
  readonly most: number;
}

/**
 * The reduced cost of everything a plan decides, or that follows, about people: heads, hires, releases and overtime of every team and period.
 *
 * What is paid counts in the budgets of its period: money `m` spent in `t` costs `m · (1 − price of t's budget − price of the horizon's)`.
 */
export function* pricedPeople(
  model: RecomputedScenario,
  price: PriceTables,
  choices: HeldChoices,
  useCosts: boolean,
): Generator<PricedDecision> {
  const { T } = model;
  const costOf = (money: number, t: number) =>
    (useCosts ? money : 0) - money * (price.budget[t] + price.horizonBudget);
  for (const [k, people] of model.people.entries()) {
    if (people === undefined) continue;
    const [capacity, flow, seats] = [price.capacity[k], price.headcount[k], price.seats[model.siteOfTeam[k]]];
    const overtime = price.overtime[k];
    const skills = price.secondSkills[k];
    const flowAt = (t: number) => (t < T ? flow[t] : 0);
    for (let t = 0; t < T; t += 1) {
      const hours = people.hoursPerHead[t];
      yield decision(people.mostHeads[t], [
        costOf(people.pay[t], t),
        -flow[t],
        people.staying * flowAt(t + 1),
        hours * capacity[t],
        people.maxOvertimeShare * hours * overtime[t],
        -seats[t],
        ...skills.map(({ heads }) => heads[t]),
      ]);
      if (t >= people.releasesFrom && people.maxReleased > 0)
        yield decision(Math.min(people.mostHeads[t], people.maxReleased), [
          costOf(people.releaseCost, t),
          -flow[t],
          -price.releases[k][t],
          ...skills.map(({ released }) => released[t]),
        ]);
      if (people.maxOvertimeShare > 0)
        yield decision(people.maxOvertimeShare * hours * people.mostHeads[t], [
          costOf(people.overtimeCost[t], t),
          capacity[t],
          -overtime[t],
        ]);
      yield* pricedSecondSkills(people, skills, t, T, capacity, costOf);
      if (t < people.hiresFrom || people.maxHires === 0 || !canBeOfUse(people, t, T)) continue;
      // Where no class begins, nobody is hired and nothing can be saved.
      if (choices.classOf(k, t) === 0) continue;
      const parts = [
        costOf(people.hiringCost + people.trainingCost, t),
        people.graduates * flowAt(t + people.headAfter),
        -price.hires[k][t],
        -price.classes[k][t],
      ];
      for (let at = t; at < T && at < t + people.headAfter; at += 1) {
        const hire = hireAt(people, t, at)!;
        parts.push(costOf(hire.pay, at), (hire.gives - hire.takes) * capacity[at], -hire.heads * seats[at]);
        if (hire.isTrainee) parts.push(-hire.heads * price.trainees[k][at]);
      }
      yield decision(people.maxHires, parts);
    }
  }
}

/** Heads with a second skill, heads whose training begins, and heads who have it and are released, in a period. */
function* pricedSecondSkills(
  people: RecomputedPeople,
  prices: readonly SecondSkillPrices[],
  t: number,
  T: number,
  capacity: Float64Array,
  costOf: (money: number, t: number) => number,
): Generator<PricedDecision> {
  const { staying, mostHeads, maxReleased } = people;
  for (const [i, second] of people.secondSkills.entries()) {
    const { trained, heads, released, begins, hours } = prices[i];
    const trainedAt = (at: number) => (at < T ? trained[at] : 0);
    yield decision(mostHeads[t], [
      -trained[t],
      staying * trainedAt(t + 1),
      -heads[t],
      people.hoursPerHead[t] * hours[t],
    ]);
    if (canRelease(people, t))
      yield decision(Math.min(mostHeads[t], maxReleased), [-trained[t], -released[t]]);
    if (!canBegin(people, second, t, T)) continue;
    const { after, cost, trainerHours, maxTrained } = second;
    const parts = [
      costOf(cost, t),
      Math.pow(staying, after) * trainedAt(t + after),
      -begins[t],
      -trainerHours * capacity[t],
    ];
    for (let age = 0; age < after; age += 1) parts.push(-Math.pow(staying, age) * heads[t + age]);
    yield decision(maxTrained, parts);
  }
}

function decision(most: number, parts: readonly number[]): PricedDecision {
  return {
    reducedCost: parts.reduce((sum, part) => sum + part, 0),
    scale: parts.reduce((size, part) => Math.max(size, Math.abs(part)), 0),
    most,
  };
}
