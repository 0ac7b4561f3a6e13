import { expect, it } from 'vitest';
import { buildAllocationModel } from '../../models/allocation-model.ts';
import { withoutChoices } from '../../models/choices.ts';
import { type LinearProgram, textOfLimit } from '../../models/linear-program.ts';
import { partOfProgram } from '../../models/part-of-program.ts';
import type { Diagnosis } from '../../models/diagnosis.ts';
import type { IneligiblePlacement } from '../../models/planning-data.ts';
import { normaliseScenario } from '../../models/scenario/normalise-scenario.ts';
import { elasticProgram } from '../../models/repairs/elastic-program.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from '../models/small-scenario.ts';
import { attempt } from '../../src/planning/repair-attempt.ts';
import { solveAndExplain } from '../../src/planning/solve-and-explain.ts';
import { withDefaults } from '../../src/planning/solve-options.ts';
import { tightScenario } from '../scenarios/infeasible-scenario.ts';
import { isValid } from '../scenarios/random-scenario.ts';
import { SeededRandom } from '../scenarios/seeded-random.ts';
import { atSeed, checkDraws, draws, engine, programOf, solve } from './solve-draws.ts';

it('names rules that cannot all hold, and that can without any one of them', () => {
  let conflicts = 0;
  checkDraws(draws(), (scenario, { status, diagnosis }) => {
    if (status !== 'infeasible' || diagnosis === undefined || diagnosis.conflict.length === 0) return;
    conflicts += 1;
    expect(diagnosis.irreducible).toBe(true);
    expectIrreducible(programOf(scenario).program, diagnosis);
  });
  expect(conflicts).toBeGreaterThan(draws().length / 20);
});

it('says of every team that may not take the work in conflict whether it alone would end the conflict', () => {
  const count = { ending: 0, idle: 0 };
  for (const seed of draws(0.4)) {
    atSeed(seed, () => {
      const scenario = tightScenario(seed);
      if (!isValid(scenario)) return;
      const options = withDefaults({ timeLimitSeconds: 60, sensitivity: 'none', repairs: false });
      const { status, diagnosis } = solveAndExplain(scenario, options, engine, () => {}).plan!;
      if (status !== 'infeasible' || diagnosis?.restsOn === undefined) return;
      const { conflict, restsOn } = diagnosis;
      const concerned = new Set(
        conflict.flatMap(({ family, subject }) => (family === 'demand' ? [subject.workflow!] : [])),
      );
      const named = restsOn.map((entry) => JSON.stringify(entry));
      const { data } = programOf(scenario);
      for (const workflow of concerned)
        for (const entry of data.ineligible(data.positions.workflow(workflow))) {
          const ends = isSatisfiable(withPermission(scenario, entry), conflict);
          if (ends === undefined) continue;
          count[ends ? 'ending' : 'idle'] += 1;
          expect([entry, named.includes(JSON.stringify(entry))]).toEqual([entry, ends]);
        }
    });
  }
  expect(count.ending).toBeGreaterThan(10);
  expect(count.idle).toBeGreaterThan(10);
});

/** The scenario in which one workflow needs nothing, and every team that may not take it is forbidden to but one. */
function withPermission(scenario: Scenario, { workflow, team, period }: IneligiblePlacement): Scenario {
  const { data } = programOf(scenario);
  const same = (one: string, other: string) => one.normalize() === other.normalize();
  const others = data
    .ineligible(data.positions.workflow(workflow))
    .filter((entry) => !same(entry.team, team) || entry.period !== period)
    .map((entry) => ({
      workflow,
      team: entry.team,
      ...(entry.period !== undefined && { period: entry.period }),
      allowed: false,
    }));
  const given = (scenario.placements ?? []).map((placement) => {
    const { allowed: _allowed, ...rest } = placement;
    return same(placement.workflow, workflow) ? rest : placement;
  });
  const merged = new Map<string, (typeof given)[number]>();
  for (const placement of [...given, ...others]) {
    const key = JSON.stringify(
      [placement.workflow, placement.team, placement.period].map((id) => id?.normalize()),
    );
    merged.set(key, { ...merged.get(key), ...placement });
  }
  return {
    ...scenario,
    placements: [...merged.values()],
    workflows: scenario.workflows.map((each) =>
      same(each.id, workflow)
        ? {
            ...each,
            skills: [],
            securityTier: 1,
            controls: [],
            complexity: 1,
            allowedCountries: undefined,
            deniedCountries: undefined,
          }
        : each,
    ),
  };
}

/** Whether a scenario's limits of a conflict can all hold; undefined where the scenario has no costs for that. */
function isSatisfiable(scenario: Scenario, conflict: Diagnosis['conflict']): boolean | undefined {
  const { data } = normaliseScenario(scenario);
  if (!data) return undefined;
  const program = withoutChoices(buildAllocationModel(data));
  const members = new Set(conflict.map(textOfLimit));
  const rows = program.rows.flatMap((key, row) =>
    key.isDefinition || members.has(textOfLimit(key)) ? [row] : [],
  );
  const part = partOfProgram(program, rows, [...program.columns.keys()]);
  return engine.solve(part, { timeLimitSeconds: 60, ranges: false }).status === 'optimal';
}

it('names limits that no choices satisfy, and that some do without any one of them', () => {
  let conflicts = 0;
  for (const seed of draws(0.4)) {
    atSeed(seed, () => {
      const scenario = withHardChoices(seed);
      if (!isValid(scenario)) return;
      const { status, diagnosis } = solve(scenario, 'none');
      const { conflict = [] } = diagnosis ?? {};
      if (status !== 'infeasible' || conflict.length === 0 || conflict[0].weight !== undefined) return;
      conflicts += 1;
      expect(diagnosis?.irreducible).toBe(true);
      const limits = conflict.map(textOfLimit);
      expect(canHold(scenario, limits)).toBe(false);
      for (const limit of limits) {
        const others = limits.filter((each) => each !== limit);
        expect([limit, canHold(scenario, others)]).toEqual([limit, true]);
      }
    });
  }
  expect(conflicts).toBeGreaterThan(draws().length / 50);
});

/** A random scenario whose choices are hard to make: dear sites under a budget, one site only, and minimum hours. */
function withHardChoices(seed: number): Scenario {
  const random = new SeededRandom(seed);
  const scenario = structuredClone(tightScenario(seed));
  for (const site of scenario.sites) if (random.chance(0.6)) site.openingCost = random.whole(1, 2000);
  for (const workflow of scenario.workflows) {
    if (random.chance(0.5)) workflow.maxSites = 1;
    if (random.chance(0.3)) workflow.minimumTeamHours = random.whole(1, 200);
  }
  const { totalCost } = solve(
    { ...scenario, sites: scenario.sites.map((site) => ({ ...site, openingCost: 0 })) },
    'none',
  );
  if (totalCost !== undefined) scenario.rules = { ...scenario.rules, budget: [{ amount: totalCost + 100 }] };
  return scenario;
}

/** Whether there is a plan with these limits kept, and all others changed as far as it takes: a plan that is solved and proven. */
function canHold(scenario: Scenario, kept: readonly string[]): boolean {
  const { data } = programOf(scenario);
  const may = { kind: () => true, limit: () => true };
  const elastic = elasticProgram(scenario, data, may);
  const given = elastic.reliefs.filter(
    ({ family, limit }) => !kept.includes(textOfLimit({ family, subject: limit })),
  );
  const options = withDefaults({ timeLimitSeconds: 60 });
  const work = { scenario, conflict: [], options, engine, secondsLeft: () => 60, may, data, elastic };
  const tried = attempt(work, given);
  if (tried.outcome === 'not-done') throw new Error('It could not be found out.');
  return tried.repair.suffices;
}

it('finds a planted conflict, whatever stands around it', () => {
  for (const seed of draws(0.6)) {
    atSeed(seed, () => {
      const { scenario, planted } = withPlantedConflict(seed);
      const { status, diagnosis } = solve(scenario);
      expect(status).toBe('infeasible');
      expect(diagnosis?.irreducible).toBe(true);
      const named = diagnosis!.conflict.map(textOfLimit);
      expect(named.sort()).toEqual(
        planted.map(([family, subject]) => textOfLimit({ family, subject })).sort(),
      );
    });
  }
});

type Limit = readonly [family: string, subject: object];

/** A scenario with room for everything but one thing: `planted` are exactly the limits that are in its way. */
function withPlantedConflict(seed: number): { scenario: Scenario; planted: readonly Limit[] } {
  const random = new SeededRandom(seed);
  const periods = ['P1', 'P2', 'P3'].slice(0, random.whole(1, 3));
  const short = random.pick(periods);
  const own = random.whole(10, 90);
  const excess = random.whole(1, 50);
  const scenario = smallScenario({
    periods: random.shuffled(periods).map((id) => ({ id })),
    sites: random.shuffled([inHouseSite('luzon'), vendorSite('cebu', 'acme')]),
    teams: random.shuffled([
      { ...team('own', 'luzon', 10, own, periods), skills: ['law'] },
      team('acme', 'cebu', 8, 1000, periods),
    ]),
    workflows: random.shuffled([
      workflow('hard', ...periods.map((id) => (id === short ? own + excess : own / 2))),
      workflow('easy', ...periods.map(() => random.whole(1, 5))),
    ]),
  });
  const change = (hard: Partial<Scenario['workflows'][number]>, rules: Scenario['rules']): Scenario => ({
    ...scenario,
    workflows: scenario.workflows.map((each) => (each.id === 'hard' ? { ...each, ...hard } : each)),
    ...(rules && { rules }),
  });
  const demand: Limit = ['demand', { workflow: 'hard', period: short }];
  const capacity: Limit = ['team-capacity', { team: 'own', period: short }];
  switch (random.whole(0, 2)) {
    case 0:
      // Only the own team may do it, and has too few hours.
      return { scenario: change({ skills: ['law'] }, undefined), planted: [demand, capacity] };
    case 1: {
      // Half of it must be done in house, and half of it is more than there is.
      const share = { workflow: 'hard', minShare: 1 - excess / (2 * (own + excess)) };
      const planted: Limit[] = [demand, capacity, ['in-house-share', { workflow: 'hard', period: short }]];
      return { scenario: change({}, { inHouseShare: [share] }), planted };
    }
    default: {
      // Work costs 8 an hour at least: there is money for the easy workflow, and too little for the hard one.
      const budget = { period: short, amount: 8 * (own + excess) - random.whole(1, 40) };
      return { scenario: change({}, { budget: [budget] }), planted: [demand, ['budget', { period: short }]] };
    }
  }
}

/** The limits of a conflict cannot all hold, and can without any one of them. */
function expectIrreducible(program: LinearProgram, { conflict }: Diagnosis): void {
  const keys = conflict.map(textOfLimit);
  const isSatisfiable = (kept: readonly string[]) => {
    const rows = program.rows.flatMap((key, row) =>
      key.isDefinition || kept.includes(textOfLimit(key)) ? [row] : [],
    );
    const part = partOfProgram(program, rows, [...program.columns.keys()]);
    return engine.solve(part, { timeLimitSeconds: 60, ranges: false }).status === 'optimal';
  };
  expect(isSatisfiable(keys)).toBe(false);
  for (const key of keys)
    expect([key, isSatisfiable(keys.filter((each) => each !== key))]).toEqual([key, true]);
}
