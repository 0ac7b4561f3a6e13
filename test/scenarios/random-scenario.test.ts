import { expect, it } from 'vitest';
import { z } from 'zod';
import { scenarioSchema } from '../../models/scenario/schema.ts';
import { draw, draws } from '../properties/solve-draws.ts';
import { randomScenario } from './random-scenario.ts';
import { scenarioWithContracts } from './with-contracts.ts';
import { scenarioWithCrossTraining } from './with-cross-training.ts';
import { scenarioWithClasses, scenarioWithPeople } from './with-people.ts';

/** A choice, which the properties of linear programs do not hold for: `choices.test.ts` draws it. */
const LEFT_TO_OTHERS = ['workflows.maxSites'];

it('draws the same scenario for the same seed', () => {
  expect(randomScenario(7)).toEqual(randomScenario(7));
  expect(randomScenario(7)).not.toEqual(randomScenario(8));
});

it('draws every field of the contract but those left to suites of their own', () => {
  const scenarios = draws().flatMap((seed) => [
    randomScenario(seed),
    scenarioWithPeople(seed),
    scenarioWithClasses(seed),
    scenarioWithContracts(seed),
    scenarioWithCrossTraining(seed),
  ]);
  const drawn = new Set(scenarios.flatMap((scenario) => [...fieldsIn(scenario)]));
  const missing = fieldsOf(z.toJSONSchema(scenarioSchema)).filter((field) => !drawn.has(field));
  expect(missing.filter((field) => !LEFT_TO_OTHERS.includes(field))).toEqual([]);
});

it('draws every value that a choice of the contract has', () => {
  const scenarios = draws().map(randomScenario);
  const teams = scenarios.flatMap((scenario) => scenario.teams);
  const placements = scenarios.flatMap((scenario) => scenario.placements ?? []);
  const rules = scenarios.flatMap((scenario) => scenario.rules ?? []);
  for (const basis of ['productive-hour', 'paid-hour', 'fte-period', 'contact'] as const) {
    expect(teams.some(({ rate, paid }) => rate.basis === basis && paid !== 'capacity')).toBe(true);
    expect(teams.some(({ rate, paid }) => rate.basis === basis && paid === 'capacity')).toBe(
      basis !== 'contact',
    );
  }
  expect(teams.some(({ capacity }) => capacity.some(({ hours }) => hours === null))).toBe(true);
  expect(placements.some(({ allowed }) => allowed === true)).toBe(true);
  expect(placements.some(({ allowed }) => allowed === false)).toBe(true);
  for (const list of ['workflow', 'period'] as const) {
    const of = list === 'workflow' ? 'inHouseShare' : 'budget';
    const keyed = rules.flatMap((rule) => (rule[of] ?? []) as Partial<Record<typeof list, string>>[]);
    expect(keyed.some((rule) => rule[list] === undefined)).toBe(true);
    expect(keyed.some((rule) => rule[list] !== undefined)).toBe(true);
  }
  const isShort = ({ periods, teams }: (typeof scenarios)[number]) =>
    teams.some(({ capacity }) => capacity.length < periods.length);
  expect(scenarios.some(isShort)).toBe(true);
  expect(scenarios.some(({ workflows }) => workflows.some(({ id }) => id === '__proto__'))).toBe(true);
});

it('draws scenarios with a plan most often, and scenarios without one often', () => {
  const statuses = draws().map((seed) => draw(seed).plan.status);
  const share = (wanted: string) => statuses.filter((status) => status === wanted).length / statuses.length;
  expect(share('optimal')).toBeGreaterThan(0.5);
  expect(share('infeasible')).toBeGreaterThan(0.15);
});

/** The paths of all fields a value has; list positions are left out. */
function fieldsIn(value: unknown, path = ''): Set<string> {
  if (Array.isArray(value)) return new Set(value.flatMap((item) => [...fieldsIn(item, path)]));
  if (typeof value !== 'object' || value === null) return new Set([path]);
  return new Set(
    Object.entries(value).flatMap(([key, field]) => {
      const inner = path === '' ? key : `${path}.${key}`;
      return [inner, ...fieldsIn(field, inner)];
    }),
  );
}

interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Record<string, JsonSchema>;
  readonly properties?: Record<string, JsonSchema>;
  readonly items?: JsonSchema;
}

/** The paths of all fields a schema permits. */
function fieldsOf(schema: unknown): string[] {
  const root = schema as JsonSchema;
  const walk = (reference: JsonSchema, path: string): string[] => {
    const name = reference.$ref?.split('/').at(-1);
    const node = name === undefined ? reference : (root.$defs?.[name] ?? {});
    if (node.items) return walk(node.items, path);
    return Object.entries(node.properties ?? {}).flatMap(([key, field]) => {
      const inner = path === '' ? key : `${path}.${key}`;
      return [inner, ...walk(field, inner)];
    });
  };
  return walk(root, '');
}
