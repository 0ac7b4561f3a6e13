import fc from 'fast-check';
import { randomScenario } from '../../scenarios/random-scenario.ts';
import { openApiFile } from './documented-schema.ts';
import { fullBody } from './full-body.ts';
import { placesIn } from './hostile-bodies.ts';

interface SchemaNode {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
  readonly minItems?: number;
  readonly anyOf?: readonly SchemaNode[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly format?: string;
  readonly pattern?: string;
}

const schemas = openApiFile().components.schemas as Readonly<Record<string, SchemaNode>>;

/** What the body of an operation has besides, or in place of, that of a solve. */
const FURTHER_FIELDS = {
  SolveRequest: {},
  ExplainRequest: { options: { timeLimitSeconds: 2 } },
  RepairRequest: { options: undefined },
  ModelRequest: { options: undefined, format: 'mps' },
  SensitivityTableRequest: { options: { timeLimitSeconds: 20 }, table: 'constraints' },
};

/** Bodies for a schema of `openapi.yaml`: as it describes them, near it, and anything else that is JSON, as text. */
export function drawnBodies(schemaName: keyof typeof FURTHER_FIELDS): fc.Arbitrary<string> {
  const asDescribed = described(schemas[schemaName], 'wild').map(quick);
  const meantWell = described(schemas[schemaName], 'tame').map(quick).map(withSense);
  const known = fc.oneof(
    fc.constant(fullBody as unknown),
    fc.integer({ min: 1, max: 400 }).map((seed): unknown => ({ scenario: randomScenario(seed) })),
  );
  const complete = known.map((body) => ({ ...(body as object), ...FURTHER_FIELDS[schemaName] }));
  return fc.oneof(
    { weight: 1, arbitrary: asDescribed.map((body) => JSON.stringify(body)) },
    { weight: 3, arbitrary: meantWell.map((body) => JSON.stringify(body)) },
    { weight: 4, arbitrary: mutated(fc.oneof(complete, meantWell)) },
    { weight: 1, arbitrary: fc.json({ maxDepth: 4 }) },
    { weight: 1, arbitrary: brokenText(complete) },
  );
}

/** `tame`: ordinary numbers, short plain texts; `wild`: whatever the schema permits. */
type Temper = 'tame' | 'wild';

/** A value as its schema describes it; lists are short. */
function described(node: SchemaNode, temper: Temper): fc.Arbitrary<unknown> {
  if (node.$ref !== undefined) return described(schemas[node.$ref.split('/').pop()!], temper);
  if (node.const !== undefined) return fc.constant(node.const);
  if (node.enum !== undefined) return fc.constantFrom(...node.enum);
  if (node.anyOf !== undefined) return fc.oneof(...node.anyOf.map((part) => described(part, temper)));
  switch (node.type) {
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(node.properties ?? {}).map(([name, part]) => [name, described(part, temper)]),
        ),
        { requiredKeys: [...(node.required ?? [])] },
      );
    case 'array':
      return fc.array(described(node.items ?? {}, temper), { minLength: node.minItems ?? 0, maxLength: 3 });
    case 'integer':
      return fc.integer({ min: node.minimum ?? 0, max: Math.min(node.maximum ?? 9, 9) });
    case 'number':
      return numbers(node.minimum ?? 0, node.maximum ?? 1e9, temper);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return texts(node, temper);
  }
}

function numbers(min: number, max: number, temper: Temper): fc.Arbitrary<number> {
  const ordinary = fc.integer({ min: Math.ceil(min), max: Math.floor(Math.min(max, 1000)) });
  if (temper === 'tame') return ordinary;
  return fc.oneof(
    { weight: 3, arbitrary: ordinary },
    { weight: 1, arbitrary: fc.double({ min, max, noNaN: true }) },
    { weight: 1, arbitrary: fc.constantFrom(min, max) },
  );
}

function texts({ pattern, format }: SchemaNode, temper: Temper): fc.Arbitrary<string> {
  if (temper === 'tame' && format === 'date') return fc.constant('2027-01-01');
  if (format === 'date') return fc.constantFrom('2027-01-01', '2027-12-31', '2027-02-30');
  if (pattern !== undefined) return fc.constantFrom('USD', 'EUR');
  const plain = fc.constantFrom('a', 'b', 'c');
  if (temper === 'tame') return plain;
  return fc.oneof(
    { weight: 9, arbitrary: plain },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 110 }) },
  );
}

/** No body may keep the suite waiting. */
function quick(body: unknown): unknown {
  const { options } = body as { options?: { timeLimitSeconds?: number } };
  if (options?.timeLimitSeconds !== undefined)
    options.timeLimitSeconds = Math.min(options.timeLimitSeconds, 2);
  return body;
}

type Fields = Record<string, unknown>;

/** The same body with ids that differ and references that lead somewhere; numbers and everything else stay. */
function withSense(drawn: unknown): unknown {
  const body = structuredClone(drawn) as {
    scenario: Record<string, Fields[] | undefined> & { rules?: object };
  };
  const { scenario } = body;
  const lists = { periods: 'p', sites: 's', teams: 'k', workflows: 'w' } as const;
  for (const [list, letter] of Object.entries(lists)) {
    scenario[list]?.forEach((entity, at) => (entity.id = `${letter}${at}`));
  }
  const pick = (list: keyof typeof lists, at: number) => {
    const count = scenario[list]?.length ?? 0;
    return count === 0 ? 'none' : `${lists[list]}${at % count}`;
  };
  scenario.sites?.forEach((site, at) => {
    if (site.operator === 'bpo') site.vendor = `v${at % 2}`;
    else delete site.vendor;
    delete site.seats;
  });
  scenario.teams?.forEach((team, at) => {
    team.site = pick('sites', at);
    team.rate = { ...(team.rate as object), basis: 'productive-hour' };
    delete team.paid;
  });
  const entries = (list: 'teams' | 'workflows', field: string, forms: readonly (readonly string[])[]) => {
    scenario[list]?.forEach((entity) => {
      const kept = (entity[field] as Fields[]).slice(0, scenario.periods?.length);
      entity[field] = kept.map((entry, t): Fields => {
        const form = forms.find((names) => names.every((name) => Object.hasOwn(entry, name))) ?? [];
        const sizes: Fields =
          form.length > 0
            ? Object.fromEntries<unknown>(form.map((name) => [name, entry[name]]))
            : { hours: 10 };
        return { ...sizes, period: pick('periods', t) };
      });
    });
  };
  entries('teams', 'capacity', [['fte', 'paidHoursPerFte', 'shrinkage'], ['hours']]);
  entries('workflows', 'demand', [['contacts', 'ahtSeconds'], ['hours']]);
  scenario.placements?.splice(1);
  for (const placement of scenario.placements ?? []) {
    Object.assign(placement, {
      workflow: pick('workflows', 0),
      team: pick('teams', 0),
      period: pick('periods', 0),
    });
  }
  delete scenario.rules;
  const { about } = body as { about?: Partial<Record<'workflows' | 'teams' | 'vendors', string[]>> };
  if (about?.workflows) about.workflows = [pick('workflows', 0)];
  if (about?.teams) about.teams = [pick('teams', 0)];
  delete about?.vendors;
  return body;
}

/** Up to three places of a body removed, moved, or replaced by JSON of any kind. */
function mutated(bodies: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom<unknown>(
      0,
      -0,
      1,
      -1,
      1.5,
      1e-6,
      1e-7,
      1e9,
      1e10,
      1e300,
      null,
      true,
      '',
      'p0',
      '__proto__',
    ),
    fc.constantFrom<unknown>('\ud800', '\0', '\u202e', 'x'.repeat(101), [], {}, [null], { id: 'p0' }),
  );
  const change = fc.record({
    at: fc.nat(9999),
    from: fc.nat(9999),
    how: fc.constantFrom('put', 'drop', 'move'),
    value,
  });
  return fc
    .tuple(bodies, fc.oneof(fc.array(change, { maxLength: 0 }), fc.array(change, { maxLength: 3 })))
    .map(([body, changes]) => {
      const copy = structuredClone(body) as object;
      for (const { at, from, how, value: replacement } of changes) {
        const places = placesIn(copy);
        if (places.length === 0) break;
        const { path } = places[at % places.length];
        const parent = path
          .slice(0, -1)
          .reduce<unknown>((part, key) => (part as Fields)[key], copy) as Fields;
        const key = String(path.at(-1));
        if (how === 'drop') Reflect.deleteProperty(parent, key);
        else parent[key] = structuredClone(how === 'move' ? places[from % places.length].value : replacement);
      }
      return JSON.stringify(quick(copy));
    });
}

/** A valid text with a piece cut out, doubled or replaced by noise. */
function brokenText(bodies: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  return fc
    .tuple(bodies, fc.nat(9999), fc.nat(20), fc.string({ unit: 'binary', maxLength: 5 }))
    .map(([body, at, length, noise]) => {
      const text = JSON.stringify(body);
      const start = at % text.length;
      return text.slice(0, start) + noise + text.slice(start + length);
    });
}
