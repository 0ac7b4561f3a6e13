import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

/** `openapi.yaml` as it stands in the project. */
export function openApiFile(): Document {
  return parse(readFileSync(new URL('../../../openapi.yaml', import.meta.url), 'utf8')) as Document;
}

/** A schema of `openapi.yaml`, read back from the file, as something that can check an answer. */
export function documentedSchema(name: string): z.ZodType {
  const text = JSON.stringify(openApiFile().components.schemas).replaceAll(
    '"#/components/schemas/',
    '"#/$defs/',
  );
  const $defs = JSON.parse(text) as Record<string, never>;
  return z.fromJSONSchema({ $ref: `#/$defs/${name}`, $defs });
}
