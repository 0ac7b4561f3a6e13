import { writeFileSync } from 'node:fs';
import { sampleFiles } from './sample-files.ts';

// Run by `node --import tsx data/realistic-quarter/generate.ts`; writes into this folder.
for (const [name, text] of Object.entries(sampleFiles)) {
  writeFileSync(new URL(name, import.meta.url), text);
}
