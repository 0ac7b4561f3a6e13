import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Plan, planSchema } from '../../models/plan.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { type Explanation, explanationSchema } from '../../models/explanation.ts';
import { explanationText } from '../../src/exports/explanation-text.ts';
import { planText } from '../../src/exports/plan-text.ts';
import { undocumented } from '../src/http/documented-answer.ts';
import { type Answer, post, startService, type TestService } from '../src/http/test-service.ts';
import { newFolder, run } from '../src/command-line/terminal-session.ts';
import { hostileNames } from '../scenarios/hostile-names.ts';
import { withoutGuards } from '../../src/exports/csv-text.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService({ recycleAfterRequests: 1_000_000 });
});
afterAll(() => service.close());

/** Every entity and every label is called `name`; one team of two is in use, and its capacity has a price. */
function namedScenario(name: string): Scenario {
  return {
    name,
    currency: 'USD',
    periods: [{ id: name }],
    sites: [
      { id: name, name, operator: 'bpo', vendor: name, country: name, timeZone: name, controls: [name] },
      { id: 'other site', operator: 'in-house' },
    ],
    teams: [
      {
        id: name,
        name,
        site: name,
        skills: [name],
        rate: { basis: 'productive-hour', amount: 10 },
        capacity: [{ period: name, hours: 60 }],
      },
      {
        id: 'other team',
        site: 'other site',
        rate: { basis: 'productive-hour', amount: 20 },
        capacity: [{ period: name, hours: 100 }],
      },
    ],
    workflows: [
      { id: name, name, channel: name, skills: [name], demand: [{ period: name, hours: 50 }] },
      { id: 'other workflow', demand: [{ period: name, hours: 50 }] },
    ],
    placements: [{ workflow: name, team: name, period: name, costPerDemandHour: 5 }],
    rules: { vendorShare: [{ vendor: name, maxShare: 0.9 }], budget: [{ period: name, amount: 1e6 }] },
  };
}

const names = Object.entries(hostileNames).flatMap(([kind, list]) =>
  list.map((name) => ({ kind, name, shown: JSON.stringify(name).slice(0, 40) })),
);

/** As the contract says: 1 to 100 characters, none of them a control character or a lone surrogate. */
const isLegal = (name: string) =>
  name !== '' && Array.from(name).length <= 100 && !/[\p{Cc}\p{Cs}]/u.test(name);

const legal = names.filter(({ name }) => isLegal(name));
const illegal = names.filter(({ name }) => !isLegal(name));

it('has more than 120 names of both kinds, all different', () => {
  expect(new Set(names.map(({ name }) => name)).size).toBe(names.length);
  expect([legal.length > 80, illegal.length > 20, names.length > 120]).toEqual([true, true, true]);
});

let plainExplanation: Explanation;
beforeAll(async () => {
  const about = { workflows: ['plain'], teams: ['plain'] };
  const answer = await post(`${service.url}/v1/explanations`, { scenario: namedScenario('plain'), about });
  plainExplanation = explanationSchema.parse(JSON.parse(answer.text));
});

describe.each(legal)('$kind: $shown', ({ name }) => {
  const scenario = namedScenario(name);

  it('comes back from a solve as it was sent', async () => {
    const plan = planOf(await post(`${service.url}/v1/solve`, { scenario }));
    expectNames(plan, name);
    const priced = plan.sensitivity && 'constraints' in plan.sensitivity ? plan.sensitivity.constraints : [];
    const capacity = priced.find(
      ({ family, subject }) => family === 'team-capacity' && subject.team === name,
    );
    expect(capacity?.label).toBe(`Capacity of ${name} in ${name}`);
  });

  it('comes back from an explanation as it was sent and asked about, and does not break its text', async () => {
    const about = { workflows: [name], teams: [name] };
    const answer = await post(`${service.url}/v1/explanations`, { scenario, about });
    expect(undocumented('post', '/v1/explanations', answer)).toBeUndefined();
    const explanation = explanationSchema.parse(JSON.parse(answer.text));
    expect(explanation.placements).toMatchObject([{ workflow: name, team: name, periods: [name] }]);
    const text = explanationText(scenario, explanation, false);
    expect(text.replaceAll('\n', '')).not.toMatch(STEERS_A_TERMINAL);
    // No name adds a line.
    const plain = explanationText(namedScenario('plain'), plainExplanation, false);
    expect(text.split('\n')).toHaveLength(plain.split('\n').length);
  });

  it('stands in the key of a program and not in the program', async () => {
    for (const format of ['lp', 'mps']) {
      const answer = await post(`${service.url}/v1/model`, { scenario, format });
      expect(undocumented('post', '/v1/model', answer)).toBeUndefined();
      const { program, key } = JSON.parse(answer.text) as { program: string; key: { columns: object[] } };
      const ofName = expect.objectContaining({ workflow: name, team: name, period: name }) as object;
      expect(key.columns).toContainEqual(ofName);
      expect(program).toMatch(/^[\x20-\x7e\n]*$/);
    }
  });

  it('stands in a sensitivity table whole, and where no spreadsheet runs it', async () => {
    const cellsOf = async (table: string) => {
      const answer = await post(`${service.url}/v1/sensitivity-table`, { scenario, table });
      expect(undocumented('post', '/v1/sensitivity-table', answer)).toBeUndefined();
      expect(answer.type).toBe('text/csv; charset=utf-8');
      return parse(answer.text, { bom: true }).map(([, cell]) => cell);
    };
    const placements = await cellsOf('variables');
    // The one character that is added goes again, and what is left is what was sent.
    expect(placements.map(withoutGuards)).toContain(`${name} at ${name} in ${name}`);
    for (const cell of placements) expect(cell).not.toMatch(/^[\s"]*[=+\-@＝＋－＠]/);
    expect((await cellsOf('constraints')).map(withoutGuards)).toContain(`Capacity of ${name} in ${name}`);
  });

  it('comes back from CSV files as it was written', async () => {
    const quoted = `"${name.replaceAll('"', '""')}"`;
    const capacity = `team,period,hours\n${quoted},${quoted},60\nother team,${quoted},100\n`;
    const demand = `workflow,period,hours\n${quoted},${quoted},50\nother workflow,${quoted},50\n`;
    const outcome = await service.pool.run({
      kind: 'solve-files',
      parts: [JSON.stringify(scenario), capacity, demand].map((text) => Buffer.from(text)),
      options: { capacity: 'capacity.csv', demand: 'demand.csv' },
    });
    if (outcome.kind !== 'reply') throw new Error(`The outcome is ${outcome.kind}.`);
    expectNames(planSchema.parse(JSON.parse(outcome.body.toString())), name);
  });

  it('does not turn, break or clear the text of the command line', async () => {
    const plan = planOf(await post(`${service.url}/v1/solve`, { scenario }));
    const text = planText(scenario, plan);
    expect(text.replaceAll('\n', '')).not.toMatch(STEERS_A_TERMINAL);
    // No name adds a line.
    expect(text.split('\n')).toHaveLength(planText(namedScenario('plain'), plan).split('\n').length);
  });
});

/** Control characters, changes of direction, line and paragraph separators. */
const STEERS_A_TERMINAL = /[\p{Cc}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u2028\u2029]/u;

describe.each(illegal)('$kind: $shown', ({ name }) => {
  it.each(['/v1/solve', '/v1/explanations', '/v1/model', '/v1/sensitivity-table'] as const)(
    'is refused by %s at each place',
    async (path) => {
      const scenario = namedScenario(name);
      const further = {
        '/v1/solve': {},
        '/v1/explanations': {},
        '/v1/model': { format: 'lp' },
        '/v1/sensitivity-table': { table: 'variables' },
      };
      const body = { scenario, ...further[path] };
      const answer = await post(service.url + path, body);
      expect(answer.status).toBe(400);
      expect(undocumented('post', path, answer)).toBeUndefined();
      const { errors } = JSON.parse(answer.text) as { errors: { pointer: string; message: string }[] };
      const pointers = errors.map(({ pointer }) => pointer);
      const ids = ['periods/0/id', 'sites/0/id', 'teams/0/id', 'workflows/0/id', 'teams/0/skills/0'];
      expect(pointers).toEqual(expect.arrayContaining(ids.map((place) => `/scenario/${place}`)));
      for (const { message } of errors) {
        expect(message).not.toMatch(STEERS_A_TERMINAL);
        expect(message.length).toBeLessThan(400);
      }
    },
  );
});

it('takes two spellings of one name for one', async () => {
  for (const [composed, decomposed] of [
    ['Zürich', 'Zu\u0308rich'],
    ['Å', '\u212b'],
    ['가', '\u1100\u1161'],
  ]) {
    const twins = namedScenario(composed);
    twins.workflows[1].id = decomposed;
    const refused = await post(`${service.url}/v1/solve`, { scenario: twins });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('/scenario/workflows/1/id');

    const referred = namedScenario(composed);
    referred.teams[0].site = decomposed;
    referred.placements![0].team = decomposed;
    expectNames(planOf(await post(`${service.url}/v1/solve`, { scenario: referred })), composed);
  }
});

describe('the command line', () => {
  const folder = newFolder();
  afterAll(() => {
    folder.remove();
  });
  const byForm = new Map(legal.map(({ name }) => [name.normalize(), name]));
  const scenario: Scenario = {
    ...namedScenario('plain'),
    workflows: [...byForm.values()].map((id) => ({ id, demand: [{ period: 'plain', hours: 1 }] })),
    placements: [],
    rules: {},
  };

  it('solves, proves and exports a scenario with all of them', async () => {
    const file = folder.write('scenario.json', scenario);
    const out = folder.path('plan.json');
    const solved = await run('solve', file, '--out', out);
    expect(solved.exit).toBe(0);
    expect(solved.printed.replaceAll('\n', '')).not.toMatch(STEERS_A_TERMINAL);
    expect((await run('verify', file, out)).exit).toBe(0);
    expect((await run('export-model', file, '--format', 'mps')).printed).toMatch(/^[\x20-\x7e\n]*$/);
  });
});

it('leaves Object.prototype and the service as they were', () => {
  expect(Reflect.ownKeys(Object.prototype).filter((key) => !isStandard(key))).toEqual([]);
  expect(service.mistakes).toEqual([]);
});

function isStandard(key: string | symbol): boolean {
  return [
    ...['constructor', '__proto__', '__defineGetter__', '__defineSetter__', '__lookupGetter__'],
    ...['__lookupSetter__', 'hasOwnProperty', 'isPrototypeOf', 'propertyIsEnumerable'],
    ...['toLocaleString', 'toString', 'valueOf'],
  ].includes(String(key));
}

function planOf(answer: Answer): Plan {
  expect(answer.status, answer.text.slice(0, 300)).toBe(200);
  expect(undocumented('post', '/v1/solve', answer)).toBeUndefined();
  const plan = planSchema.parse(JSON.parse(answer.text));
  expect(plan.status).toBe('optimal');
  return plan;
}

/** Every place of the plan in which the name must stand, character by character. */
function expectNames(plan: Plan, name: string): void {
  const line = plan.allocation?.find(
    ({ team, workflow }) => team !== 'other team' && workflow !== 'other workflow',
  );
  expect(line).toMatchObject({ workflow: name, team: name, site: name, period: name });
  expect(plan.sites?.map(({ site }) => site).filter((site) => site !== 'other site')).toEqual([name]);
  expect(plan.certificate?.duals?.every(({ subject }) => [undefined, name].includes(subject.period))).toBe(
    true,
  );
}
