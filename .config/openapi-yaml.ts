import { stringify } from 'yaml';
import { openApiDocument } from '../src/http/openapi-document.ts';

/** The API's description as the text of `openapi.yaml`. */
export function openApiYaml(): string {
  return `# Generated from the schemas by \`npm run generate\`; do not edit.\n${stringify(openApiDocument(), { lineWidth: 110, aliasDuplicateObjects: false })}`;
}
