import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StoreError } from '../../../src/store/store-error.ts';
import type { KeptAnswer, NewPlan, NewRevision, PlanResult, Store } from '../../../src/store/store.ts';

/** A store to be tested, empty and with a clock that the test sets. */
export type OpenStore = (now: () => number) => Promise<Store>;

const TENANT = 'default';

/** What every store does, whatever database is under it. */
export function describeStore(name: string, open: OpenStore): void {
  describe(`${name} as a store`, () => {
    let store: Store;
    let clock = 0;

    beforeEach(async () => {
      clock = 1_000_000;
      store = await open(() => clock);
    });
    afterEach(async () => {
      await store.close();
    });

    describe('of scenarios', () => {
      it('keeps every revision as it was written, byte for byte', async () => {
        await store.scenarios.create(TENANT, 's1', revisionOf('{"name":"first – é 日本 😀"}'));
        clock += 5;
        const second = revisionOf('{"name":"second"}', { comment: 'fewer hours' });
        expect(await store.scenarios.revise(TENANT, 's1', 1, second)).toEqual({
          scenario: 's1',
          revision: 2,
          sha256: second.sha256,
          change: { kind: 'created' },
          comment: 'fewer hours',
          createdAt: 1_000_005,
        });
        expect(await textOf(store, 's1', 1)).toBe('{"name":"first – é 日本 😀"}');
        expect(await textOf(store, 's1', 2)).toBe('{"name":"second"}');
        expect(await store.scenarios.content(TENANT, 's1', 3)).toBeUndefined();
        expect(await store.scenarios.find(TENANT, 's1')).toEqual({
          id: 's1',
          name: 'a scenario',
          head: 2,
          createdAt: 1_000_000,
          changedAt: 1_000_005,
          isDeleted: false,
        });
        const revisions = await store.scenarios.revisions(TENANT, 's1');
        expect(revisions.map(({ revision }) => revision)).toEqual([2, 1]);
      });

      it('keeps bytes of any kind and size', async () => {
        const content = Buffer.alloc(
          3_000_000,
          Uint8Array.from({ length: 251 }, (_, i) => i),
        );
        await store.scenarios.create(TENANT, 's1', { ...revisionOf(''), content });
        expect((await store.scenarios.content(TENANT, 's1', 1))?.equals(content)).toBe(true);
      });

      it('lets one of many changes of the same revision through', async () => {
        await store.scenarios.create(TENANT, 's1', revisionOf('{}'));
        const tries = Array.from({ length: 50 }, (_, i) =>
          store.scenarios.revise(TENANT, 's1', 1, revisionOf(`{"try":${i}}`)),
        );
        const outcomes = await Promise.all(tries);
        expect(outcomes.filter((outcome) => outcome === 'stale')).toHaveLength(49);
        expect((await store.scenarios.find(TENANT, 's1'))?.head).toBe(2);
        expect(await store.scenarios.revisions(TENANT, 's1')).toHaveLength(2);
      });

      it('knows nothing of a scenario that is not there, or belongs to another tenant', async () => {
        await store.scenarios.create(TENANT, 's1', revisionOf('{}'));
        expect(await store.scenarios.revise('other', 's1', 1, revisionOf('{}'))).toBe('missing');
        expect(await store.scenarios.remove('other', 's1', 1)).toBe('missing');
        expect(await store.scenarios.find('other', 's1')).toBeUndefined();
        expect(await store.scenarios.content('other', 's1', 1)).toBeUndefined();
        expect(await store.scenarios.revision('other', 's1', 1)).toBeUndefined();
        expect(await store.scenarios.revisions('other', 's1')).toEqual([]);
        expect(await store.scenarios.label('other', 's1', 1, 'mine')).toBe('missing');
        expect((await store.scenarios.list('other', 10)).items).toEqual([]);
      });

      it('keeps the history of what is deleted, and takes no more changes of it', async () => {
        await store.scenarios.create(TENANT, 's1', revisionOf('{"name":"kept"}'));
        expect(await store.scenarios.remove(TENANT, 's1', 2)).toBe('stale');
        expect(await store.scenarios.remove(TENANT, 's1', 1)).toBe('removed');
        expect(await store.scenarios.remove(TENANT, 's1', 1)).toBe('missing');
        expect(await store.scenarios.revise(TENANT, 's1', 1, revisionOf('{}'))).toBe('missing');
        expect((await store.scenarios.find(TENANT, 's1'))?.isDeleted).toBe(true);
        expect((await store.scenarios.list(TENANT, 10)).items).toEqual([]);
        expect(await textOf(store, 's1', 1)).toBe('{"name":"kept"}');
      });

      it('lists from the newest change to the oldest, page by page, each once', async () => {
        for (let i = 0; i < 7; i += 1) {
          // Two of the same millisecond are told apart by their ids.
          clock += i % 2;
          await store.scenarios.create(TENANT, `s${i}`, revisionOf('{}'));
        }
        const seen: string[] = [];
        let page = await store.scenarios.list(TENANT, 3);
        seen.push(...page.items.map(({ id }) => id));
        while (page.next) {
          page = await store.scenarios.list(TENANT, 3, page.next);
          seen.push(...page.items.map(({ id }) => id));
        }
        expect(seen).toEqual(['s6', 's5', 's4', 's3', 's2', 's1', 's0']);
      });

      it('gives a label to one revision of a scenario at a time', async () => {
        await store.scenarios.create(TENANT, 's1', revisionOf('{}'));
        await store.scenarios.revise(TENANT, 's1', 1, revisionOf('{"n":2}'));
        expect(await store.scenarios.label(TENANT, 's1', 1, 'as signed')).toMatchObject({
          label: 'as signed',
        });
        expect(await store.scenarios.label(TENANT, 's1', 2, 'as signed')).toBe('taken');
        expect(await store.scenarios.label(TENANT, 's1', 1, undefined)).not.toHaveProperty('label');
        expect(await store.scenarios.label(TENANT, 's1', 2, 'as signed')).toMatchObject({ revision: 2 });
        expect(await store.scenarios.label(TENANT, 's1', 3, 'else')).toBe('missing');
      });
    });

    describe('of plans', () => {
      beforeEach(async () => {
        await store.scenarios.create(TENANT, 's1', revisionOf('{}'));
        await store.scenarios.create('other', 's1', revisionOf('{}'));
      });

      it('gives each plan to one who asks, the oldest first', async () => {
        for (const id of ['p1', 'p2', 'p3']) {
          clock += 1;
          await store.plans.submit(TENANT, planOf(id));
        }
        const first = await store.plans.claim();
        expect(first).toMatchObject({ id: 'p1', state: 'running', attempt: 1, startedAt: 1_000_003 });
        const claims = await Promise.all(Array.from({ length: 4 }, () => store.plans.claim()));
        expect(claims.flatMap((claim) => claim?.id ?? []).sort()).toEqual(['p2', 'p3']);
        expect((await store.plans.running()).map(({ id }) => id).sort()).toEqual(['p1', 'p2', 'p3']);
      });

      it('begins that of a tenant with nothing running before more of a busy one', async () => {
        for (const id of ['a1', 'a2', 'a3']) await store.plans.submit(TENANT, planOf(id));
        clock += 1;
        await store.plans.submit('other', planOf('b1'));
        const order = [];
        for (let i = 0; i < 4; i += 1) order.push((await store.plans.claim())?.id);
        expect(order).toEqual(['a1', 'b1', 'a2', 'a3']);
        expect(await store.plans.queued()).toEqual(new Map());
      });

      it('writes a result once, and only that of the running attempt', async () => {
        await store.plans.submit(TENANT, planOf('p1'));
        const first = { tenant: TENANT, id: 'p1', attempt: 1 };
        expect(await store.plans.finish(first, resultOf('{"status":"early"}'))).toBe(false);
        await store.plans.claim();
        expect(await store.plans.fail(first, { reason: 'engine', stage: 'solve' })).toBe(true);
        await store.plans.claim();
        // Whoever was slow has lost.
        expect(await store.plans.finish(first, resultOf('{"status":"late"}'))).toBe(false);
        expect(await store.plans.fail(first, { reason: 'engine' })).toBe(false);
        const second = { ...first, attempt: 2 };
        clock += 7;
        expect(await store.plans.finish(second, resultOf('{"status":"optimal"}'))).toBe(true);
        expect(await store.plans.finish(second, resultOf('{"status":"twice"}'))).toBe(false);
        expect(await store.plans.find(TENANT, 'p1')).toMatchObject({
          state: 'finished',
          attempt: 2,
          summary: '{"status":"optimal"}',
          finishedAt: 1_000_007,
          origin: { product: '1.2.3' },
          failures: [{ attempt: 1, reason: 'engine', stage: 'solve', startedAt: 1_000_000 }],
        });
        const fields = await store.plans.fields(TENANT, 'p1', ['allocation', 'sensitivity', 'absent']);
        expect([...fields].map(([field, content]) => [field, content.toString()]).sort()).toEqual([
          ['allocation', '[1]'],
          ['sensitivity', '{}'],
        ]);
        expect(await store.plans.fields('other', 'p1', ['allocation'])).toEqual(new Map());
      });

      it('keeps of a replay which plan it makes again, and how it came out', async () => {
        const replay = {
          identical: false,
          differs: ['sensitivity'],
          totalCost: { original: 500, replay: 480 },
          madeWith: { replay: resultOf('{}').origin },
        };
        await store.plans.submit(TENANT, planOf('p1'));
        const submitted = await store.plans.submit(TENANT, { ...planOf('p2'), replayOf: 'p1' });
        expect(submitted).toMatchObject({ replayOf: 'p1', state: 'queued' });
        await store.plans.claim();
        const claimed = await store.plans.claim();
        expect(claimed).toMatchObject({ id: 'p2', replayOf: 'p1' });
        await store.plans.finish(claimed!, { ...resultOf('{"status":"optimal"}'), replay });
        expect(await store.plans.find(TENANT, 'p2')).toMatchObject({ replayOf: 'p1', replay });
        expect(await store.plans.find(TENANT, 'p1')).not.toHaveProperty('replayOf');
      });

      it('puts a plan aside that took three planning processes down, not one whose service was lost', async () => {
        await store.plans.submit(TENANT, planOf('p1'));
        const reasons = ['service', 'engine', 'service', 'engine', 'service', 'engine'] as const;
        for (const [i, reason] of reasons.entries()) {
          expect((await store.plans.claim())?.attempt).toBe(i + 1);
          await store.plans.fail({ tenant: TENANT, id: 'p1', attempt: i + 1 }, { reason });
        }
        expect(await store.plans.claim()).toBeUndefined();
        const plan = await store.plans.find(TENANT, 'p1');
        expect(plan).toMatchObject({ state: 'quarantined', attempt: 6, finishedAt: 1_000_000 });
        expect(plan?.failures.map(({ reason }) => reason)).toEqual(reasons);
      });

      it('puts a plan aside that was running each of twenty times the service was lost', async () => {
        await store.plans.submit(TENANT, planOf('p1'));
        let attempt = 0;
        while (await store.plans.claim())
          await store.plans.fail(
            { tenant: TENANT, id: 'p1', attempt: (attempt += 1) },
            { reason: 'service' },
          );
        expect(attempt).toBe(20);
        expect((await store.plans.find(TENANT, 'p1'))?.state).toBe('quarantined');
      });

      it('takes signs of life from the running attempt only, and shows what it is at', async () => {
        await store.plans.submit(TENANT, planOf('p1'));
        const first = { tenant: TENANT, id: 'p1', attempt: 1 };
        expect(await store.plans.beat(first, '{"stage":"solve"}')).toBe(false);
        const begun = await store.plans.claim();
        expect(await store.plans.beat(first, '{"stage":"solve"}')).toBe(true);
        const seen = await store.plans.find(TENANT, 'p1');
        expect(seen).toMatchObject({ beat: begun!.beat + 1, progress: '{"stage":"solve"}' });
        await store.plans.giveBack(first);
        expect(await store.plans.beat(first, '{"stage":"solve"}')).toBe(false);
        await store.plans.claim();
        expect(await store.plans.beat(first, '{"stage":"solve"}')).toBe(false);
        expect(await store.plans.find(TENANT, 'p1')).not.toHaveProperty('progress');
      });

      it('queues what is given back, and counts no failure', async () => {
        await store.plans.submit(TENANT, planOf('p1'));
        await store.plans.claim();
        expect(await store.plans.giveBack({ tenant: TENANT, id: 'p1', attempt: 1 })).toBe(true);
        expect(await store.plans.giveBack({ tenant: TENANT, id: 'p1', attempt: 1 })).toBe(false);
        expect(await store.plans.claim()).toMatchObject({ attempt: 2, failures: [] });
      });

      it('cancels what is queued and what runs, for good, and nothing else', async () => {
        await store.plans.submit(TENANT, planOf('p1'));
        await store.plans.submit(TENANT, planOf('p2'));
        await store.plans.claim();
        expect((await store.plans.cancel(TENANT, 'p1'))?.state).toBe('cancelled');
        expect((await store.plans.cancel(TENANT, 'p2'))?.state).toBe('cancelled');
        const late = { tenant: TENANT, id: 'p1', attempt: 1 };
        expect(await store.plans.finish(late, resultOf('{}'))).toBe(false);
        expect((await store.plans.find(TENANT, 'p1'))?.state).toBe('cancelled');
        expect(await store.plans.claim()).toBeUndefined();
        expect(await store.plans.cancel(TENANT, 'p3')).toBeUndefined();
        expect(await store.plans.cancel('other', 'p1')).toBeUndefined();
      });

      it('ends what has waited too long, to the millisecond', async () => {
        await store.plans.submit(TENANT, { ...planOf('p1'), expiresAt: clock + 1000 });
        clock += 999;
        expect(await store.plans.expire()).toEqual([]);
        clock += 1;
        expect(await store.plans.claim()).toBeUndefined();
        expect(await store.plans.expire()).toEqual([{ tenant: TENANT, id: 'p1' }]);
        expect(await store.plans.find(TENANT, 'p1')).toMatchObject({ state: 'expired', finishedAt: clock });
      });

      it('says how many wait and run, of all tenants, and since when the oldest waits', async () => {
        expect(await store.plans.load()).toEqual({ queued: 0, running: 0 });
        await store.plans.submit(TENANT, planOf('p1'));
        clock += 7;
        await store.plans.submit(TENANT, planOf('p2'));
        clock += 7;
        await store.plans.submit(TENANT, planOf('p3'));
        await store.plans.claim();
        expect(await store.plans.load()).toEqual({ queued: 2, running: 1, oldestQueuedAt: clock - 7 });
      });

      it('lists the plans of a scenario from the newest to the oldest', async () => {
        for (const id of ['p1', 'p2', 'p3']) {
          clock += 1;
          await store.plans.submit(TENANT, planOf(id));
        }
        const page = await store.plans.list(TENANT, 's1', 2);
        expect(page.items.map(({ id }) => id)).toEqual(['p3', 'p2']);
        const last = await store.plans.list(TENANT, 's1', 2, page.next);
        expect(last.items.map(({ id }) => id)).toEqual(['p1']);
        expect(last.next).toBeUndefined();
        expect((await store.plans.list('other', 's1', 2)).items).toEqual([]);
      });
    });

    describe('of what must not be done twice', () => {
      const key = { key: 'k1', fingerprint: 'POST /x abc' };
      const made: KeptAnswer = { status: 201, headers: { location: '/x/1' }, body: '{}' };

      it('does it once for two hundred at a time, and answers all the same', async () => {
        let count = 0;
        const work = async ({ scenarios }: Pick<Store, 'scenarios'>) => {
          count += 1;
          await scenarios.create(TENANT, `s${count}`, revisionOf('{}'));
          return made;
        };
        const all = await Promise.all(Array.from({ length: 200 }, () => store.once(TENANT, key, work)));
        expect(all.filter((once) => once !== 'mismatch' && !once.isReplay)).toHaveLength(1);
        expect(all.every((once) => once !== 'mismatch' && once.answer.body === '{}')).toBe(true);
        expect((await store.scenarios.list(TENANT, 10)).items).toHaveLength(1);
      });

      it('refuses the same key for another request, but not for another tenant or after a day', async () => {
        const work = () => Promise.resolve(made);
        expect(await store.once(TENANT, key, work)).toEqual({ answer: made, isReplay: false });
        expect(await store.once(TENANT, { ...key, fingerprint: 'else' }, work)).toBe('mismatch');
        expect(await store.once('other', key, work)).toEqual({ answer: made, isReplay: false });
        clock += 24 * 3600 * 1000 - 1;
        expect(await store.once(TENANT, key, work)).toEqual({ answer: made, isReplay: true });
        clock += 1;
        expect(await store.once(TENANT, { ...key, fingerprint: 'else' }, work)).toMatchObject({
          isReplay: false,
        });
        // Of the other tenant: this one has used its key again.
        expect(await store.forgetAnswers()).toBe(1);
        expect(await store.forgetAnswers()).toBe(0);
      });

      it('keeps nothing of work that failed', async () => {
        const failing = async ({ scenarios }: Pick<Store, 'scenarios'>): Promise<KeptAnswer> => {
          await scenarios.create(TENANT, 's1', revisionOf('{}'));
          throw new Error('not so');
        };
        await expect(store.once(TENANT, key, failing)).rejects.toThrow('not so');
        expect(await store.scenarios.find(TENANT, 's1')).toBeUndefined();
        expect(await store.once(TENANT, key, () => Promise.resolve(made))).toMatchObject({ isReplay: false });
      });

      it('shows nobody what is not kept in the end, and writes nothing of others with it', async () => {
        const ids = Array.from({ length: 30 }, (_, index) => `s${index}`);
        const failing = (id: string) =>
          store.once(TENANT, undefined, async ({ scenarios }) => {
            await scenarios.create(TENANT, id, revisionOf('{}'));
            throw new Error('not so');
          });
        const work = ids.map(async (id) => {
          const ended = expect(failing(id)).rejects.toThrow('not so');
          // Others read, and write on their own, while these transactions are open.
          const seen = [];
          for (let look = 0; look < 5; look += 1) seen.push(await store.scenarios.find(TENANT, id));
          await store.scenarios.create(TENANT, `kept ${id}`, revisionOf('{}'));
          await store.plans.submit(TENANT, { ...planOf(id), scenario: `kept ${id}` });
          await ended;
          return seen;
        });
        const seen = await Promise.all(work);
        expect(seen.flat().filter((each) => each !== undefined)).toEqual([]);
        for (const id of ids) expect((await store.plans.find(TENANT, id))?.state).toBe('queued');
      });
    });

    it('says that it is not available once it is closed', async () => {
      await store.close();
      const tries = [store.check(), store.scenarios.find(TENANT, 's1'), store.plans.claim()];
      for (const attempt of tries) await expect(attempt).rejects.toMatchObject({ kind: 'unavailable' });
      await expect(store.once(TENANT, undefined, () => Promise.reject(new Error()))).rejects.toBeInstanceOf(
        StoreError,
      );
    });

    it('says of an id that exists already that it does', async () => {
      await store.scenarios.create(TENANT, 's1', revisionOf('{}'));
      const again = store.scenarios.create(TENANT, 's1', revisionOf('{}'));
      await expect(again).rejects.toMatchObject({ kind: 'conflict' });
      await expect(again).rejects.toBeInstanceOf(StoreError);
      await store.check();
    });
  });
}

/** A revision; its digest is made up, for a store does not look into what it keeps. */
function revisionOf(content: string, more: Partial<NewRevision> = {}): NewRevision {
  return {
    name: 'a scenario',
    sha256: `digest of ${content}`,
    content: Buffer.from(content),
    change: { kind: 'created' },
    ...more,
  };
}

function planOf(id: string): NewPlan {
  return { id, scenario: 's1', revision: 1, sha256: 'digest', options: '{}', expiresAt: 9_000_000_000_000 };
}

function resultOf(summary: string): PlanResult {
  return {
    state: 'finished',
    summary,
    fields: [
      { field: 'allocation', content: Buffer.from('[1]') },
      { field: 'sensitivity', content: Buffer.from('{}') },
    ],
    origin: { product: '1.2.3', node: 'v20', platform: 'linux x64' },
  };
}

async function textOf(store: Store, id: string, revision: number): Promise<string | undefined> {
  return (await store.scenarios.content(TENANT, id, revision))?.toString();
}
