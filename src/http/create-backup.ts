import { z } from 'zod';
import { HttpProblem } from './http-problem.ts';
import { json, problemResponses, reference } from './operation.ts';
import { readJsonBytes } from './read-json-bytes.ts';
import type { Route } from './route.ts';
import { STORE_PROBLEMS } from './scenarios/operation-parts.ts';
import { smallBodyOf } from './small-body.ts';

/** A body, though an empty one: a page of another site can post without one, and then nothing asks the browser's user. */
export const backupRequestSchema = z.strictObject({}).meta({ id: 'BackupRequest' });

export const backupSchema = z
  .strictObject({
    name: z.string().meta({ description: 'Its file in the folder `backups` of DATA_DIR.' }),
    bytes: z.int(),
    sha256: z.string().meta({ description: 'Of the file, in hexadecimal digits.' }),
    seconds: z.number().meta({ description: 'That it took to write.' }),
  })
  .meta({ id: 'Backup' });

const MOST_BYTES = 1024;

/** `POST /v1/backups`: a consistent copy of everything, written while the service runs. */
export const createBackup: Route = {
  method: 'post',
  path: '/v1/backups',
  operation: {
    operationId: 'createBackup',
    summary: 'Write a backup of everything that is kept',
    description:
      'Writes a consistent copy of the embedded store to the folder `backups` of DATA_DIR, with its SHA-256 in a file beside it. Other requests to the store wait meanwhile. `apportion restore` proves such a file and puts it in place.',
    tags: ['service'],
    requestBody: { required: true, content: json(reference('BackupRequest')) },
    responses: {
      '201': { description: 'It is on the disk.', content: json(reference('Backup')) },
      ...problemResponses({
        'invalid-request': 'The body is not `{}`.',
        'body-too-large': 'The body is too large.',
        'unsupported-media-type': 'The body is not application/json in UTF-8.',
        'backup-running': 'Another backup is being written.',
        'no-backups': 'The store is a PostgreSQL database, which has tools of its own.',
        ...STORE_PROBLEMS,
        'store-full': 'There is no room on the disk; nothing is left of the backup.',
      }),
    },
  },
  handlers: ({ store: { backups }, operations }) => [
    ...readJsonBytes(MOST_BYTES),
    async ({ body }, response) => {
      smallBodyOf(body, backupRequestSchema);
      if (!backups) throw new HttpProblem('no-backups', 'Use pg_dump: the store is a PostgreSQL database.');
      const written = await backups.write();
      if (written === 'busy')
        throw new HttpProblem('backup-running', 'Wait until it is written, then ask again.');
      operations.backupWritten(written);
      response.status(201).json(written);
    },
  ],
};
