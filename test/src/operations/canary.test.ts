import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { KilledService } from '../../chaos/killed-service.ts';
import { openApiFile } from '../http/documented-schema.ts';
import { fullScenario } from '../http/full-body.ts';
import { largeScenario } from '../http/large-scenario.ts';
import { until } from '../http/test-service.ts';

/** Every text of a user begins with this, and every number is one of those below. */
const TEXT = 'canary';
const NUMBERS = ['7919.1301', '6451.7703', '5281.9907', '3307.4413', '90917.5531', '1.2071', '8123.4409'];

let folder: string;
let service: KilledService;
/** Everything that was answered: what is looked for must be found there. */
let answers = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'apportion-canary-'));
  service = new KilledService({ DATA_DIR: folder, LOG_LEVEL: 'trace' });
  await service.start();
}, 60_000);

afterAll(async () => {
  await service.kill();
  rmSync(folder, { recursive: true });
});

/** A scenario in which every field occurs, and every name, id and rate can be recognised. */
const scenario = JSON.parse(
  [
    [
      /"(Every field|austin(-en)?|Austin|manila(-en|-new|-old)?|Manila( EN)?|acme|orders|Orders|clean-room|chat|payments|P1|P2)"/g,
      `"${TEXT}-$1"`,
    ],
    [/"amount":30\b/g, `"amount":${NUMBERS[0]}`],
    [/"amount":10\b/g, `"amount":${NUMBERS[1]}`],
    [/"costPerDemandHour":16.4/g, `"costPerDemandHour":${NUMBERS[2]}`],
    [/"shortfallCostPerHour":300/g, `"shortfallCostPerHour":${NUMBERS[3]}`],
    [/"amount":900000/g, `"amount":9${NUMBERS[4]}`],
    [/"handlingFactor":1.2/g, `"handlingFactor":${NUMBERS[5]}`],
    [/"hours":200/g, `"hours":${NUMBERS[6]}`],
  ].reduce((text, [from, to]) => text.replaceAll(from, to as string), JSON.stringify(fullScenario)),
) as object;

const comment = `${TEXT} comment`;
const CAPACITY = [
  'team,period,fte,paid_hours_per_fte,shrinkage',
  `${TEXT}-manila-en,${TEXT}-P1,10,${NUMBERS[6]},0.3`,
  ...['new', 'old'].flatMap((team) =>
    ['P1', 'P2'].map((period) => `${TEXT}-manila-${team},${TEXT}-${period},,${NUMBERS[6]},0.3`),
  ),
  '',
].join('\n');
const DEMAND = `workflow,period,hours\n${TEXT}-orders,${TEXT}-P1,${NUMBERS[6]}\n`;

/** What a request with a body is sent with when all is well. */
const BODIES: Record<string, unknown> = {
  solve: { scenario, options: { sensitivity: 'full' } },
  explain: { scenario, about: { workflows: [`${TEXT}-orders`] } },
  findRepairs: { scenario },
  exportModel: { scenario, format: 'lp' },
  sensitivityTable: { scenario, table: 'variables' },
  recomputeInvoices: {
    contract: { vendor: `${TEXT}-acme`, volume: 'hours', charge: { by: 'unit', rate: Number(NUMBERS[0]) } },
    currency: 'USD',
    periods: [`${TEXT}-P1`],
    delivered: [{ period: `${TEXT}-P1`, hours: Number(NUMBERS[1]) }],
  },
  createScenario: { scenario, comment },
  replaceScenario: { scenario, comment },
  patchScenario: { name: `${TEXT} patched` },
  importCapacity: CAPACITY,
  importDemand: DEMAND,
  labelRevision: { label: `${TEXT} label` },
  copyScenario: { name: `${TEXT} copy`, comment },
  submitPlan: { options: { sensitivity: 'full' } },
  createBackup: {},
  replayPlan: {},
};

const QUERIES: Partial<Record<string, string>> = {
  comparePlans: '?plans=',
  readRevisionDifferences: '?from=2',
};

interface Operation {
  readonly operationId: string;
  readonly requestBody?: object;
}

async function ask(method: string, path: string, body: unknown, headers: Record<string, string> = {}) {
  const type = typeof body === 'string' ? 'text/csv' : 'application/json';
  const patch = method === 'patch' ? 'application/merge-patch+json' : type;
  const response = await fetch(`${service.url}${path}`, {
    method: method.toUpperCase(),
    headers: { ...(body !== undefined && { 'content-type': patch }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  answers += text;
  return { status: response.status, text };
}

const idOf = (text: string) => (JSON.parse(text) as { id: string }).id;

it('says nothing of a user in its log, whatever is asked, well or badly, and whatever is lost on the way', async () => {
  const kept = idOf((await ask('post', '/v1/scenarios', BODIES.createScenario)).text);
  const [plan, second] = await Promise.all(
    [1, 2].map(async () => {
      const prefer = { prefer: 'wait=20' };
      return idOf((await ask('post', `/v1/scenarios/${kept}/plans`, BODIES.submitPlan, prefer)).text);
    }),
  );
  const operations = Object.entries(openApiFile().paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...(operation as Operation) })),
  );
  // Deleted last, for all others need it.
  operations.sort((a, b) => Number(a.method === 'delete') - Number(b.method === 'delete'));

  const statuses = new Map<string, number>();
  for (const { path, method, operationId, requestBody } of operations) {
    const body = BODIES[operationId];
    expect([operationId, body !== undefined]).toEqual([operationId, requestBody !== undefined]);
    const address = path.replace('{scenario}', kept).replace('{plan}', plan).replace('{revision}', '1');
    const query = QUERIES[operationId]?.replace('plans=', `plans=${plan},${second}`) ?? '';
    const well = await ask(method, address + query, body, {
      'if-match': '*',
      'idempotency-key': `${TEXT}-${operationId}`,
    });
    statuses.set(operationId, well.status);

    const [wrongQuery, wrongHeaders] = [
      `?limit=${TEXT}&cursor=${TEXT}&from=${TEXT}&decimal=${TEXT}`,
      { 'if-match': TEXT },
    ];
    await ask(method, path.replaceAll(/\{\w+\}/g, `${TEXT}-nothing`), body, { prefer: `wait=${TEXT}` });
    for (const wrong of requestBody
      ? [`{"${TEXT}":${NUMBERS[0]}`, { [TEXT]: TEXT }, { scenario: { [TEXT]: 1 } }]
      : [body])
      await ask(method, address + wrongQuery, wrong, wrongHeaders);
  }
  await ask('get', `/${TEXT}/%`, undefined);
  expect([...statuses].filter(([, status]) => status >= 400)).toEqual([]);

  await loseProcesses();
  expect(answers).toContain(`${TEXT}-orders`);
  for (const number of NUMBERS.slice(0, 4)) expect(answers).toContain(number);

  await until(() => service.output.includes('"change":"failed"'), 'the log');
  const lines = service.output.trim().split('\n');
  expect(lines.length).toBeGreaterThan(3 * operations.length);
  expect(lines.filter((line) => line.toLowerCase().includes(TEXT))).toEqual([]);
  expect(lines.filter((line) => NUMBERS.some((number) => line.includes(number)))).toEqual([]);
  expectWholeLines(lines);
  const { text: metrics } = await ask('get', '/metrics', undefined);
  for (const marker of [TEXT, ...NUMBERS, kept, plan]) expect(metrics).not.toContain(marker);
}, 120_000);

/** Kills the planning processes while a plan of a kept scenario and one that is not kept are worked on. */
async function loseProcesses(): Promise<void> {
  const many = largeScenario(30, 30, 30);
  const body = { scenario: { ...many, name: `${TEXT} large` } };
  const large = idOf((await ask('post', '/v1/scenarios', body)).text);
  const solve = ask('post', '/v1/solve', body);
  const plan = idOf((await ask('post', `/v1/scenarios/${large}/plans`, {})).text);
  for (let kill = 0; kill < 40; kill += 1) {
    service.killPlanningProcess((count) => kill % count);
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (service.output.includes('"change":"failed"')) break;
  }
  await solve;
  await ask('post', `/v1/plans/${plan}/cancel`, undefined);
}

/** Every line but the one for people is JSON with fields that are known. */
function expectWholeLines(all: readonly string[]): void {
  const lines = all.filter((line) => !line.startsWith('Apportion is serving at http'));
  expect(lines).toHaveLength(all.length - 1);
  const known = [
    'level',
    'time',
    'pid',
    'msg',
    'version',
    'requestId',
    'method',
    'route',
    'status',
    'milliseconds',
    'bytesIn',
  ];
  known.push(
    'bytesOut',
    'isAborted',
    'change',
    'plan',
    'attempt',
    'reason',
    'seconds',
    'count',
    'pool',
    'kind',
    'name',
    'bytes',
  );
  const fields = new Set(lines.flatMap((line) => Object.keys(JSON.parse(line) as object)));
  expect([...fields].filter((field) => !known.includes(field))).toEqual([]);
  expect(lines.filter((line) => /"route":"\/(healthz|livez|readyz|metrics)"/.test(line))).toEqual([]);
}
