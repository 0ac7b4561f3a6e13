import { expect, it } from 'vitest';
import { z } from 'zod';
import { families } from '../../../models/constraints/index.ts';
import { planSchema } from '../../../models/plan.ts';
import { scenarioSchema } from '../../../models/scenario/schema.ts';

interface Schema {
  readonly type?: string | readonly string[];
  readonly $ref?: string;
  readonly [keyword: string]: unknown;
}

const document = z.toJSONSchema(scenarioSchema, { io: 'input' }) as Schema;
const schemas = schemasIn(document, '');

it('caps every list and every text of a scenario', () => {
  const uncapped = schemas.filter(({ schema }) =>
    schema.type === 'array'
      ? typeof schema.maxItems !== 'number'
      : schema.type === 'string' &&
        typeof schema.maxLength !== 'number' &&
        schema.enum === undefined &&
        schema.format === undefined &&
        schema.const === undefined,
  );
  expect(uncapped.map(({ path }) => path)).toEqual([]);
});

it('bounds every number of a scenario on both sides', () => {
  const unbounded = schemas.filter(
    ({ schema }) =>
      (schema.type === 'number' || schema.type === 'integer') &&
      (typeof schema.minimum !== 'number' || typeof schema.maximum !== 'number'),
  );
  expect(unbounded.map(({ path }) => path)).toEqual([]);
});

it('takes no list, text or number whose type it does not state', () => {
  const untyped = schemas.filter(
    ({ schema }) =>
      schema.type === undefined && !['$ref', 'anyOf', 'oneOf', 'allOf'].some((key) => key in schema),
  );
  expect(untyped.map(({ path }) => path)).toEqual([]);
});

it('refuses unknown fields in every object', () => {
  const open = schemas.filter(
    ({ schema }) => schema.type === 'object' && schema.additionalProperties !== false,
  );
  expect(open.map(({ path }) => path)).toEqual([]);
});

it('keeps levels whole numbers', () => {
  const levels = schemas.filter(({ path }) =>
    /(securityTier|complexity|maxComplexity|maxSites)$/i.test(path),
  );
  expect(levels.length).toBeGreaterThanOrEqual(5);
  expect(levels.filter(({ schema }) => schema.type !== 'integer').map(({ path }) => path)).toEqual([]);
});

it('has the fields of every family', () => {
  const paths = schemas.map(({ path }) => path);
  for (const family of families) {
    for (const shape of Object.values<object>(family.inputs)) {
      for (const field of Object.keys(shape)) {
        expect(paths.some((path) => path.endsWith(`/${field}`))).toBe(true);
      }
    }
  }
});

it('describes a plan without transforms, so that a plan can be read back', () => {
  expect(z.toJSONSchema(planSchema, { io: 'input' })).toEqual(z.toJSONSchema(planSchema, { io: 'output' }));
});

/** Every schema in a JSON schema document with the path that leads to it. */
function schemasIn(schema: Schema, path: string): { path: string; schema: Schema }[] {
  const below = (part: unknown, name: string) => schemasIn(part as Schema, `${path}/${name}`);
  const parts = [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, part]) => below(part, name)),
    ...Object.entries(schema.$defs ?? {}).flatMap(([name, part]) => below(part, `$defs/${name}`)),
    ...(schema.items === undefined ? [] : below(schema.items, 'items')),
    ...['anyOf', 'oneOf', 'allOf'].flatMap((key) =>
      ((schema[key] ?? []) as Schema[]).flatMap((part, at) =>
        part.type === 'null' ? [] : below(part, `${key}/${at}`),
      ),
    ),
  ];
  return [{ path, schema }, ...parts];
}
