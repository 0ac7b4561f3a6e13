import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openApiYaml } from '../../../.config/openapi-yaml.ts';
import { documentedSchema, openApiFile } from './documented-schema.ts';
import { fullBody } from './full-body.ts';
import { numericFields } from './numeric-fields.ts';

describe('openapi.yaml', () => {
  it('is made from the schemas as they are now; `npm run generate` writes it', () => {
    expect(readFileSync(new URL('../../../openapi.yaml', import.meta.url), 'utf8')).toBe(openApiYaml());
  });

  it.each(['Scenario', 'InvoiceRequest'])('says the unit of every number in a %s', (schema) => {
    const unit =
      /hours|contacts|heads|people|trainees|money|share|per cent|periods|sites|seats|seconds|FTE|default 1|1 to \d|productiv|time/i;
    const fields = numericFields(schema);
    expect(fields.length).toBeGreaterThan(20);
    expect(fields.filter(({ description }) => !unit.test(description)).map(({ pattern }) => pattern)).toEqual(
      [],
    );
  });

  it('refers to nothing that it does not define', () => {
    const text = JSON.stringify(openApiFile());
    const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
      ([, name]) => name,
    );
    expect(references.length).toBeGreaterThan(20);
    const { schemas } = openApiFile().components;
    expect(references.filter((name) => !Object.hasOwn(schemas, name))).toEqual([]);
    expect(text).not.toContain('$defs');
  });

  it('accepts a request in which every field occurs, and refuses unknown fields and wrong types', () => {
    const schema = documentedSchema('SolveRequest');
    expect(schema.safeParse(fullBody).error).toBeUndefined();
    expect(schema.safeParse({ ...fullBody, more: 1 }).success).toBe(false);
    expect(schema.safeParse({ ...fullBody, scenario: { ...fullBody.scenario, name: 1 } }).success).toBe(
      false,
    );
    const plan = documentedSchema('Plan');
    expect(plan.safeParse({ status: 'failed', reason: 'engine' }).success).toBe(true);
    expect(plan.safeParse({ status: 'fine' }).success).toBe(false);
    expect(plan.safeParse({ status: 'optimal', total: 1 }).success).toBe(false);
  });
});
