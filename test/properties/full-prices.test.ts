import { expect, it } from 'vitest';
import { holdChoices, unusedChoices } from '../../models/choices.ts';
import { type LinearProgram, senseOfRow, textOfLimit } from '../../models/linear-program.ts';
import type { ConstraintReport, LimitEnd, Plan } from '../../models/plan.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { optimumOf, withMovedRow } from '../models/moved-row.ts';
import { smallScenario, team, workflow } from '../models/small-scenario.ts';
import { randomScenario } from '../scenarios/random-scenario.ts';
import { SeededRandom } from '../scenarios/seeded-random.ts';
import { tiedScenario } from '../scenarios/tied-scenario.ts';
import { atSeed, draws, engine, programOf, solve } from './solve-draws.ts';

/** The step of a derivative, in units of the limit. */
const STEP = 1e-3;
/** Of the cost: what solving twice may differ by. */
const NOISE = 2e-12;

/** Small whole numbers, so that ties abound; all demand meets all capacity, and in every other one nothing may fall short. */
function transportation(seed: number): Scenario {
  const random = new SeededRandom(seed);
  const teams = Array.from({ length: random.whole(2, 5) }, (_, i) => ({
    id: `team ${i}`,
    hours: random.whole(1, 4),
  }));
  const total = teams.reduce((sum, { hours }) => sum + hours, 0);
  const cuts = Array.from({ length: random.whole(1, 3) }, () => random.whole(0, total)).sort((a, b) => a - b);
  const demands = [...cuts, total].map((cut, i) => cut - (cuts[i - 1] ?? 0));
  return smallScenario({
    teams: teams.map(({ id, hours }) => team(id, 'luzon', 0, hours)),
    workflows: demands.map((hours, i) => ({
      ...workflow(`workflow ${i}`, hours),
      ...(random.chance(0.5) && { shortfallCostPerHour: 20 }),
    })),
    placements: teams.flatMap(({ id }) =>
      demands.map((_, i) => ({ workflow: `workflow ${i}`, team: id, costPerDemandHour: random.whole(1, 4) })),
    ),
  });
}

const tried = { sides: 0, impossible: 0, differing: 0, ends: 0, nextPrices: 0 };

it('has the true price of every limit on both sides, as solving again measures it', () => {
  for (const seed of draws(0.4))
    atSeed(seed, () => {
      checkEveryLimit(randomScenario(seed));
    });
  expect(tried.sides).toBeGreaterThan(1000);
  expect(Math.min(...Object.values(tried))).toBeGreaterThan(10);
});

it('has it on transportation problems with ties, where demand exactly meets capacity', () => {
  for (const seed of draws())
    atSeed(seed, () => {
      checkEveryLimit(transportation(seed));
    });
  expect(Math.min(...Object.values(tried))).toBeGreaterThan(20);
});

it('has it where limits bind at the same place, and names those for which loosening one alone is worth nothing', () => {
  const held = { explained: 0, bySame: 0 };
  for (const seed of draws())
    atSeed(seed, () => {
      const scenario = tiedScenario(seed);
      const plan = solve(scenario, 'full');
      checkReport(programOf(scenario).program, plan);
      for (const { heldBy, sameAs = [] } of constraintsOf(plan)) {
        if (heldBy === undefined) continue;
        held[sameAs.length > 0 ? 'bySame' : 'explained'] += 1;
      }
    });
  expect(Math.min(...Object.values(held))).toBeGreaterThan(draws().length / 10);
});

it('has it with the yes/no choices of the plan held', () => {
  let plans = 0;
  for (const seed of draws(0.3)) {
    atSeed(seed, () => {
      const scenario = withChoices(seed);
      const plan = solve(scenario, 'full');
      if (plan.status !== 'optimal') return;
      plans += 1;
      const { data, program } = programOf(scenario);
      const placed = new Set(plan.allocation!.map((line) => nameOf(line)));
      const used = Float64Array.from(program.columns, (key) => {
        if (key.kind !== 'placement') return 0;
        const [workflow, team] = [data.workflows[key.workflow].id, data.teams[key.team].id];
        return Number(placed.has(nameOf({ workflow, team, period: data.periods[key.period].id })));
      });
      checkReport(holdChoices(data, program, unusedChoices(data, program, used)).solved, plan);
    });
  }
  expect(plans).toBeGreaterThan(draws(0.3).length / 4);
});

function withChoices(seed: number): Scenario {
  const random = new SeededRandom(seed);
  const scenario = randomScenario(seed);
  return {
    ...scenario,
    sites: scenario.sites.map((site) => ({ ...site, openingCost: random.whole(0, 2000) })),
    workflows: scenario.workflows.map((each, w) => (w === 0 ? { ...each, maxSites: 1 } : each)),
  };
}

function nameOf({ workflow, team, period }: { workflow: string; team: string; period: string }): string {
  return JSON.stringify([workflow, team, period]);
}

function checkEveryLimit(scenario: Scenario): void {
  const plan = solve(scenario, 'full');
  if (plan.status === 'optimal') checkReport(programOf(scenario).program, plan);
}

function constraintsOf({ sensitivity }: Plan): ConstraintReport[] {
  if (sensitivity === undefined || 'unavailable' in sensitivity) throw new Error('There are no prices.');
  expect(sensitivity.constraintsNotDone).toBeUndefined();
  return sensitivity.constraints;
}

/** `program` is what the prices are of: it is solved again with each limit moved. */
function checkReport(program: LinearProgram, plan: Plan): void {
  const constraints = constraintsOf(plan);
  const rows = program.rows.flatMap(({ isDefinition }, row) => (isDefinition ? [] : [row]));
  expect(constraints).toHaveLength(rows.length);
  const cost = optimumOf(engine, program)!;
  constraints.forEach((report, i) => {
    const { family, subject, shareOf } = program.rows[rows[i]];
    expect([report.family, report.subject]).toEqual([family, subject]);
    const at = (step: number) => optimumOf(engine, withMovedRow(program, rows[i], step));
    checkSide(report, report.costOfOneMore, report.allowableIncrease, 1, cost, at);
    if (report.limit > 0 || shareOf) {
      checkSide(report, report.savingOfOneLess, report.allowableDecrease, -1, cost, at);
    } else expect(report.savingOfOneLess).toBeNull();
    checkEnd(report.increaseEnd, report, 1, cost, at);
    checkEnd(report.decreaseEnd, report, -1, cost, at);
    if (report.costOfOneMore !== report.savingOfOneLess) tried.differing += 1;
    checkHolders(report, program, rows[i]);
  });
}

/** What holds a limit is reached; once that is looser, by far, loosening the limit saves something. */
function checkHolders({ heldBy = [], label }: ConstraintReport, program: LinearProgram, row: number): void {
  if (heldBy.length === 0) return;
  const looser = (from: LinearProgram, at: number, by: number) =>
    withMovedRow(from, at, senseOfRow(from, at) === '>=' ? -by : by);
  const holders = heldBy.map((limit) =>
    program.rows.findIndex((key) => textOfLimit(key) === textOfLimit(limit)),
  );
  const without = holders.reduce((from, at) => looser(from, at, 100 * STEP), program);
  const saving = optimumOf(engine, without)! - optimumOf(engine, looser(without, row, STEP))!;
  if (!(saving > 1e-6)) throw new Error(`${label} is not held by ${JSON.stringify(heldBy)}.`);
}

function checkSide(
  report: ConstraintReport,
  price: number | null | undefined,
  reach: number | null,
  sign: 1 | -1,
  cost: number,
  at: (step: number) => number | undefined,
): void {
  const step = Math.min(
    STEP,
    sign < 0 ? report.limit || STEP : STEP,
    reach === null || reach === 0 ? STEP : reach / 2,
  );
  const moved = at(sign * step);
  const what = `${report.label} moved by ${sign * step}`;
  tried.sides += 1;
  if (price === null) {
    tried.impossible += 1;
    if (moved !== undefined) throw new Error(`${what} is possible and costs ${moved} instead of ${cost}.`);
    return;
  }
  if (moved === undefined) throw new Error(`${what} is impossible, and is said to cost ${price}.`);
  const slope = (sign * (moved - cost)) / step;
  expectNear(slope, price!, (NOISE * Math.max(1, Math.abs(cost))) / step, what);
}

/** At the end of a side the cost is what is said, and so is the price from there on. */
function checkEnd(
  end: LimitEnd | undefined,
  report: ConstraintReport,
  sign: 1 | -1,
  cost: number,
  at: (step: number) => number | undefined,
): void {
  if (end === undefined) return;
  const reach = sign > 0 ? report.allowableIncrease! : report.allowableDecrease!;
  tried.ends += 1;
  // A hair before it: the engine counts an end that rounding puts beyond itself as impossible.
  const there = at(sign * reach * (1 - 1e-7));
  const what = `${report.label} at its end, moved by ${sign * reach}`;
  if (there === undefined) throw new Error(`${what} is impossible.`);
  const price = sign > 0 ? report.costOfOneMore! : report.savingOfOneLess!;
  expectNear(there - cost, sign * reach * price, 1e-7 * Math.max(1, Math.abs(cost)), what);
  // The engine takes what is beyond by less than a ten-millionth for the end itself.
  const step = Math.max(STEP, 1e-7 * Math.abs(report.limit + sign * reach));
  const beyond = at(sign * (reach + step));
  if (end.nextPrice === null) {
    if (beyond !== undefined) throw new Error(`${what}, there is a plan beyond.`);
    return;
  }
  if (beyond === undefined || (sign < 0 && reach + step > report.limit)) return;
  tried.nextPrices += 1;
  // Convex: beyond the end a unit costs at least the next price, and more than the price before.
  const slope = (sign * (beyond - cost - sign * reach * price)) / step;
  const noise = (1e-8 * Math.max(1, Math.abs(cost))) / step;
  expect(sign * (slope - end.nextPrice)).toBeGreaterThan(-noise);
  expect(sign * (end.nextPrice - price)).toBeGreaterThan(0);
}

function expectNear(actual: number, expected: number, tolerance: number, what: string): void {
  if (Math.abs(actual - expected) <= tolerance + 1e-6 * Math.max(1, Math.abs(expected))) return;
  throw new Error(`${what}: ${actual} instead of ${expected}.`);
}
