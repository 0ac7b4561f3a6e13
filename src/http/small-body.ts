import type { z } from 'zod';
import { faultsOf } from '../../models/scenario/schema-faults.ts';
import { readStrictJson } from '../scenarios/strict-json.ts';
import { invalidRequest } from './run-planning.ts';

/** A body of a few kilobytes, read and checked here: throws a problem with all that is wrong with it. */
export function smallBodyOf<Body>(body: unknown, schema: z.ZodType<Body>): Body {
  const { value, faults } = readStrictJson(Buffer.isBuffer(body) ? body : Buffer.alloc(0));
  const all = value === undefined ? faults : [...faults, ...faultsOf(schema, value, [])];
  if (all.length > 0) throw invalidRequest(all);
  return value as Body;
}
