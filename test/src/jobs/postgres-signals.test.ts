import pg from 'pg';
import { afterEach, expect, it } from 'vitest';
import { PostgresSignals } from '../../../src/jobs/postgres-signals.ts';
import { until } from '../http/test-service.ts';
import { describeWithPostgres, freshDatabase } from '../store/postgres/fresh-database.ts';

describeWithPostgres('signals through PostgreSQL', () => {
  const open: PostgresSignals[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((signals) => signals.close()));
  });

  async function listener(url: string): Promise<{ signals: PostgresSignals; heard: string[] }> {
    const signals = new PostgresSignals(url);
    open.push(signals);
    const heard: string[] = [];
    signals.onSignal((name) => heard.push(name));
    await until(() => signals.isListening, 'a connection');
    return { signals, heard };
  }

  it('reach all others, not the sender, whatever is in their names', async () => {
    const url = await freshDatabase();
    const [first, second, third] = [await listener(url), await listener(url), await listener(url)];
    const names = ['queue', '["default","p\\u0000 é 😀"]', "'; drop table plans; --"];
    for (const name of names) first.signals.send(name);
    await until(() => second.heard.length === 3 && third.heard.length === 3, 'all signals');
    expect(second.heard.sort()).toEqual([...names].sort());
    expect(first.heard).toEqual([]);
  });

  it('come again by themselves after their connection was cut', async () => {
    const url = await freshDatabase();
    const [first, second] = [await listener(url), await listener(url)];
    const administrator = new pg.Client({ connectionString: url });
    await administrator.connect();
    await administrator.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'apportion signals' and datname = current_database()",
    );
    await administrator.end();
    await until(() => !first.signals.isListening && !second.signals.isListening, 'the cut');
    await until(() => first.signals.isListening && second.signals.isListening, 'new connections');
    first.signals.send('queue');
    await until(() => second.heard.includes('queue'), 'a signal');
  });
});
