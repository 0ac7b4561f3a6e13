import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openPostgresStore } from '../../src/store/postgres/open-postgres-store.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import type { PlanAttempt, PlanRecord, PlanState, Store } from '../../src/store/store.ts';
import { SeededRandom } from '../scenarios/seeded-random.ts';
import { describeWithPostgres, freshDatabase } from '../src/store/postgres/fresh-database.ts';
import { caseCount } from './case-count.ts';

const TENANT = 'default';
const CLIENTS = 20;
const SCENARIOS = ['s1', 's2', 's3'];

/** What a client did and when: `began` and `ended` count all beginnings and ends of all clients. */
interface Happened {
  readonly began: number;
  readonly ended: number;
}

interface Edit extends Happened {
  readonly scenario: string;
  readonly from: number;
  /** The revision it made, unless another one was faster. */
  readonly made?: number;
}

interface Look extends Happened {
  readonly scenario: string;
  readonly head: number;
}

interface Sight extends Happened {
  readonly plan: string;
  readonly state: PlanState;
  readonly attempt: number;
}

/** A claim, or an end of an attempt that was written. */
interface Step extends Happened, PlanAttempt {
  readonly kind: 'claim' | 'finish' | 'fail' | 'giveBack';
}

class History {
  readonly edits: Edit[] = [];
  readonly looks: Look[] = [];
  readonly sights: Sight[] = [];
  readonly steps: Step[] = [];
  #time = 0;

  async time<Result>(work: Promise<Result>): Promise<Happened & { readonly result: Result }> {
    const began = this.#time++;
    const result = await work;
    return { began, ended: this.#time++, result };
  }
}

describe('on SQLite', () => {
  it('everything that clients see at the same time could have happened one after the other', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'apportion-history-'));
    await holdsFor(await openSqliteStore(folder), 1);
    rmSync(folder, { recursive: true, force: true });
  });
});

describeWithPostgres('on PostgreSQL', () => {
  it('everything that clients see at the same time could have happened one after the other', async () => {
    await holdsFor(await openPostgresStore(await freshDatabase()), 2);
  });
});

async function holdsFor(store: Store, seed: number): Promise<void> {
  const history = new History();
  for (const id of SCENARIOS) await store.scenarios.create(TENANT, id, revision());
  const operations = caseCount(60, 5000);
  await Promise.all(
    Array.from({ length: CLIENTS }, (_, client) =>
      actAsClient(store, history, new SeededRandom(seed * 1000 + client), `${client}`, operations),
    ),
  );
  for (const scenario of SCENARIOS) expectOneLine(history, scenario);
  const plans = new Set(history.sights.map(({ plan }) => plan));
  expect(plans.size).toBeGreaterThan(operations / 2);
  for (const plan of plans) expectLegalSteps(history, plan, (await store.plans.find(TENANT, plan))!);
  await store.close();
}

async function actAsClient(
  store: Store,
  history: History,
  random: SeededRandom,
  client: string,
  operations: number,
): Promise<void> {
  const { scenarios, plans } = store;
  const heads = new Map(SCENARIOS.map((id) => [id, 1]));
  const submitted: string[] = [];
  const attempts: PlanAttempt[] = [];
  const see = (plan: PlanRecord | undefined, when: Happened) => {
    if (plan) history.sights.push({ ...when, plan: plan.id, state: plan.state, attempt: plan.attempt });
  };
  const acts: (() => Promise<void>)[] = [
    async () => {
      const scenario = random.pick(SCENARIOS);
      const from = heads.get(scenario)!;
      const { result, ...when } = await history.time(scenarios.revise(TENANT, scenario, from, revision()));
      const made = typeof result === 'object' ? { made: result.revision } : {};
      history.edits.push({ ...when, scenario, from, ...made });
      if (typeof result === 'object') heads.set(scenario, result.revision);
    },
    async () => {
      const scenario = random.pick(SCENARIOS);
      const { result, ...when } = await history.time(scenarios.find(TENANT, scenario));
      history.looks.push({ ...when, scenario, head: result!.head });
      heads.set(scenario, result!.head);
    },
    async () => {
      const id = `p${client}-${submitted.length}`;
      submitted.push(id);
      const { result, ...when } = await history.time(plans.submit(TENANT, plan(id)));
      see(result, when);
    },
    async () => {
      const { result, ...when } = await history.time(plans.claim());
      if (!result) return;
      const { tenant, id, attempt } = result;
      attempts.push({ tenant, id, attempt });
      history.steps.push({ ...when, kind: 'claim', tenant, id, attempt });
      see(result, when);
    },
    async () => {
      // Also one that was given up before: it must be refused.
      if (attempts.length === 0) return;
      const attempt = random.pick(attempts);
      const kind = random.pick(['finish', 'fail', 'giveBack'] as const);
      const end = {
        finish: () => plans.finish(attempt, { state: 'finished', summary: '{}', fields: [], origin: ORIGIN }),
        fail: () => plans.fail(attempt, { reason: 'engine' }),
        giveBack: () => plans.giveBack(attempt),
      }[kind];
      const { result, ...when } = await history.time(end());
      if (result) history.steps.push({ ...when, kind, ...attempt });
    },
    async () => {
      if (submitted.length === 0) return;
      const id = random.pick(submitted);
      const isCancel = random.chance(0.2);
      const { result, ...when } = await history.time(
        isCancel ? plans.cancel(TENANT, id) : plans.find(TENANT, id),
      );
      see(result, when);
    },
  ];
  for (let operation = 0; operation < operations; operation += 1) await random.pick(acts)();
}

/** All that was seen of a scenario fits one line of revisions, each made from the one before and none twice. */
function expectOneLine({ edits, looks }: History, scenario: string): void {
  const made = edits
    .filter((edit) => edit.scenario === scenario && edit.made !== undefined)
    .sort((a, b) => a.made! - b.made!);
  expect(made.map((edit) => edit.made)).toEqual(made.map((_, i) => i + 2));
  expect(made.map(({ from }) => from)).toEqual(made.map((_, i) => i + 1));
  // Whoever ended before another one began comes before it.
  let latestBeginning = -1;
  for (const { began, ended } of made) {
    expect(ended).toBeGreaterThan(latestBeginning);
    latestBeginning = Math.max(latestBeginning, began);
  }
  const makingOf = (head: number): Happened => made.at(head - 2) ?? { began: Infinity, ended: Infinity };
  for (const stale of edits.filter((edit) => edit.scenario === scenario && edit.made === undefined))
    expect(makingOf(stale.from + 1).began).toBeLessThan(stale.ended);
  for (const { began, ended, head } of looks.filter((look) => look.scenario === scenario)) {
    if (head > 1) expect(makingOf(head).began).toBeLessThan(ended);
    expect(makingOf(head + 1).ended).toBeGreaterThan(began);
  }
}

/** A plan goes through its states as it may: attempts one after the other, one result at most, and an end is an end. */
function expectLegalSteps({ sights, steps }: History, plan: string, atLast: PlanRecord): void {
  const seen = sights.filter((sight) => sight.plan === plan);
  for (const before of seen)
    for (const after of seen.filter(({ began }) => began > before.ended)) {
      expect(after.attempt).toBeGreaterThanOrEqual(before.attempt);
      if (isFinal(before.state))
        expect(after).toMatchObject({ state: before.state, attempt: before.attempt });
    }
  const own = steps.filter(({ id }) => id === plan);
  const claims = own.filter(({ kind }) => kind === 'claim').map(({ attempt }) => attempt);
  expect(claims.sort((a, b) => a - b)).toEqual(claims.map((_, i) => i + 1));
  const ends = own.filter(({ kind }) => kind !== 'claim');
  // Each attempt ends once, and it is written by whoever has it.
  expect(new Set(ends.map(({ attempt }) => attempt)).size).toBe(ends.length);
  const finishes = ends.filter(({ kind }) => kind === 'finish');
  expect(finishes).toHaveLength(atLast.state === 'finished' ? 1 : 0);
  expect(finishes.map(({ attempt }) => attempt)).toEqual(finishes.map(() => atLast.attempt));
}

function isFinal(state: PlanState): boolean {
  return state !== 'queued' && state !== 'running';
}

const ORIGIN = { product: 'test', node: 'test', platform: 'test' };

function revision() {
  return {
    name: 'a scenario',
    sha256: 'digest',
    content: Buffer.from('{}'),
    change: { kind: 'created' },
  } as const;
}

function plan(id: string) {
  return { id, scenario: 's1', revision: 1, sha256: 'digest', options: '{}', expiresAt: Date.now() + 1e9 };
}
