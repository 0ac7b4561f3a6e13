import { writeFileSync } from 'node:fs';
import { openApiYaml } from './openapi-yaml.ts';

/** Writes every file that is made from the code: run by `npm run generate`, held by tests. */
writeFileSync(new URL('../openapi.yaml', import.meta.url), openApiYaml());
