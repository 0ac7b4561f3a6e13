import { afterEach, expect, it } from 'vitest';
import { openPostgresStore } from '../../../../src/store/postgres/open-postgres-store.ts';
import type { Store } from '../../../../src/store/store.ts';
import { describeStore } from '../store-conformance.ts';
import { describeWithPostgres, freshDatabase } from './fresh-database.ts';
import { startPostgres } from './real-postgres.ts';

describeWithPostgres('a PostgreSQL database', () => {
  describeStore('PostgreSQL', async (now) => openPostgresStore(await freshDatabase(), { now }));

  const stores: Store[] = [];
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
  });

  it('gets its tables once, however many services start at the same time', async () => {
    const url = await freshDatabase();
    const opened = await Promise.all(Array.from({ length: 8 }, () => openPostgresStore(url)));
    stores.push(...opened);
    await stores[0].scenarios.create('default', 's1', scenario());
    for (const store of stores) expect((await store.scenarios.find('default', 's1'))?.head).toBe(1);
  });

  it('lets several services count the queue one after the other', async () => {
    const url = await freshDatabase();
    stores.push(await openPostgresStore(url), await openPostgresStore(url));
    await stores[0].scenarios.create('default', 's1', scenario());
    // Each submits only what there is room for, as the service does: room for five in all.
    const submitted = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        stores[i % 2].once('default', undefined, async ({ plans }) => {
          const waiting = (await plans.queued()).get('default') ?? 0;
          if (waiting < 5) await plans.submit('default', plan(`p${i}`));
          return { status: waiting < 5 ? 202 : 429, headers: {}, body: '{}' };
        }),
      ),
    );
    const accepted = submitted.filter((once) => once !== 'mismatch' && once.answer.status === 202);
    expect(accepted).toHaveLength(5);
    expect(await stores[1].plans.queued()).toEqual(new Map([['default', 5]]));
  });

  it('is refused, without its password, where it is not there', async () => {
    const url = new URL(await freshDatabase());
    url.pathname = '/nowhere';
    await expect(openPostgresStore(url.href)).rejects.toThrow(
      `The database ${url.host}/nowhere cannot be used: 3D000 database "nowhere" does not exist. See DATABASE_URL.`,
    );
    url.password = 'wrong-one';
    await expect(openPostgresStore(url.href)).rejects.toThrow(/28P01 (?!.*wrong-one)/);
    url.port = '1';
    await expect(openPostgresStore(url.href)).rejects.toThrow(/127\.0\.0\.1:1\/nowhere .*ECONNREFUSED/);
  });

  it('is refused where it would lose what it has acknowledged', async () => {
    const postgres = await startPostgres({ fsync: 'off', synchronous_commit: 'off' });
    try {
      await expect(openPostgresStore(await postgres.createDatabase())).rejects.toThrow(
        'it runs with fsync and synchronous_commit off, so that a power cut loses what was acknowledged.',
      );
    } finally {
      await postgres.stop();
    }
  });
});

function scenario() {
  return {
    name: 'a scenario',
    sha256: 'digest',
    content: Buffer.from('{}'),
    change: { kind: 'created' },
  } as const;
}

function plan(id: string) {
  return { id, scenario: 's1', revision: 1, sha256: 'digest', options: '{}', expiresAt: Date.now() + 60_000 };
}
