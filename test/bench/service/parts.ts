import { cancels } from './cancels.ts';
import { coldStart } from './cold-start.ts';
import type { Effort } from './effort.ts';
import { importTable } from './import-table.ts';
import { overload } from './overload.ts';
import { reads } from './reads.ts';
import { solves } from './solves.ts';
import { submissions } from './submissions.ts';

/** Everything that is measured, each part with servers of its own. */
export const PARTS: Readonly<Record<string, (effort: Effort) => Promise<Record<string, number>>>> = {
  'cold-start': coldStart,
  reads,
  submissions,
  solves,
  cancels,
  import: importTable,
  overload,
};
