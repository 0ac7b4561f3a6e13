import { readFileSync, writeFileSync } from 'node:fs';
import { withFamiliesTable } from './families-table.ts';
import { openApiYaml } from './openapi-yaml.ts';

/** Writes every file that is made from the code: run by `npm run generate`, held by tests. */
const root = (path: string) => new URL(`../${path}`, import.meta.url);
writeFileSync(root('openapi.yaml'), openApiYaml());
const modelsReadme = root('models/README.md');
writeFileSync(modelsReadme, withFamiliesTable(readFileSync(modelsReadme, 'utf8')));
