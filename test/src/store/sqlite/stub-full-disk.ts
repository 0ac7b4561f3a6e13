/** Writes a backup to a folder with little room: prints how that ended, and what is in the folder then. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SqliteBackups } from '../../../../src/store/sqlite/sqlite-backups.ts';
import { SqliteFile } from '../../../../src/store/sqlite/sqlite-file.ts';
import type { StoreError } from '../../../../src/store/store-error.ts';

const [folder, full] = process.argv.slice(2);
const file = new SqliteFile(join(folder, 'apportion.db'));
const thread = await file.thread();
await thread.run('create table t (content blob)', []);
await thread.run('insert into t values (?)', [Buffer.alloc(4_000_000, 'x')]);
const backups = new SqliteBackups(full, (copy) => thread.run('vacuum into ?', [copy]));
const ended = await backups.write().catch((error: unknown) => (error as StoreError).kind);
process.stdout.write(JSON.stringify([ended, readdirSync(full)]));
await thread.run('insert into t values (?)', ['goes on']);
await file.close();
