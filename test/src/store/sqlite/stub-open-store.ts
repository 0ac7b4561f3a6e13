/** Another process that wants the folder: prints why it cannot have it, or is killed once it has written something. */
import { openSqliteStore } from '../../../../src/store/sqlite/open-sqlite-store.ts';
import type { StoreError } from '../../../../src/store/store-error.ts';

const [folder, end] = process.argv.slice(2);
try {
  const store = await openSqliteStore(folder);
  await store.scenarios.create('default', 'kept', {
    name: 'kept',
    sha256: 'digest',
    content: Buffer.from('{}'),
    change: { kind: 'created' },
  });
  if (end === 'kill') process.kill(process.pid, 'SIGKILL');
  await store.close();
} catch (error) {
  const { kind, message } = error as StoreError;
  process.stderr.write(`${kind}: ${message}\n`);
  process.exitCode = 1;
}
