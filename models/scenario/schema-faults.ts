import { z } from 'zod';
import { type Fault, jsonPointer } from '../fault.ts';
import { printable } from '../printable.ts';
import { scenarioSchema } from './schema.ts';

/** More faults than this are not collected: nobody reads them, and a hostile body could ask for millions. */
export const MAX_FAULTS = 100;

const LISTS = ['periods', 'sites', 'teams', 'workflows', 'placements'] as const;
const unread = z.array(z.unknown());

/** The scenario with its lists left unread: their items are checked one by one. */
const shell = scenarioSchema.extend({
  periods: unread,
  sites: unread,
  teams: unread,
  workflows: unread,
  placements: unread.optional(),
});

/**
 * Everything that is wrong with the form of a scenario: types, unknown and missing fields, ranges, lengths.
 *
 * Lists are checked item by item and the work stops once `MAX_FAULTS` faults are found, so that a body with a million
 * wrong items costs no more than one with a hundred.
 */
export function schemaFaults(value: unknown): Fault[] {
  const faults = faultsOf(shell, value, []);
  const record = value as Record<string, unknown>;
  for (const list of LISTS) {
    const items: unknown = faults.length === 0 || isRecord(value) ? record[list] : undefined;
    if (!Array.isArray(items)) continue;
    const schema = listSchema(list);
    faults.push(...faultsOf(schema.length, items, [list]));
    for (let i = 0; i < items.length && faults.length < MAX_FAULTS; i += 1) {
      faults.push(...faultsOf(schema.item, items[i], [list, i]));
    }
  }
  return faults.slice(0, MAX_FAULTS);
}

/** One schema's issues with a value as faults, found at `path` from the root of the document. */
export function faultsOf(schema: z.ZodType, value: unknown, path: readonly PropertyKey[]): Fault[] {
  const result = schema.safeParse(value);
  if (result.success) return [];
  return result.error.issues
    .slice(0, MAX_FAULTS)
    .flatMap((issue) => faultsOfIssue(issue, value, [...path, ...issue.path]));
}

const listSchemas = new Map<string, { length: z.ZodType; item: z.ZodType }>();

/** A list's own limits (its length) and the schema of one item, taken from the scenario schema. */
function listSchema(list: (typeof LISTS)[number]): { length: z.ZodType; item: z.ZodType } {
  const known = listSchemas.get(list);
  if (known !== undefined) return known;
  const field = scenarioSchema.shape[list];
  const array = field instanceof z.ZodOptional ? field.unwrap() : field;
  const checks = array.def.checks ?? [];
  const schema = { length: z.array(z.unknown()).check(...(checks as [])), item: array.element };
  listSchemas.set(list, schema);
  return schema;
}

function faultsOfIssue(issue: z.core.$ZodIssue, root: unknown, path: readonly PropertyKey[]): Fault[] {
  const pointer = jsonPointer(path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.slice(0, MAX_FAULTS).map((key) => ({
        pointer: jsonPointer([...path, key.slice(0, MAX_POINTER_KEY)]),
        code: 'unknown-field',
        message: `There is no field ${quoted(key)} here. Remove it or correct its spelling.`,
      }));
    case 'invalid_type':
      return [typeFault(pointer, issue.expected, valueAt(root, issue.path))];
    case 'too_small':
      return [{ pointer, code: 'too-small', message: sizeMessage(issue, 'at least', issue.minimum) }];
    case 'too_big':
      return [{ pointer, code: 'too-large', message: sizeMessage(issue, 'at most', issue.maximum) }];
    case 'invalid_value':
      if (valueAt(root, issue.path) === undefined)
        return [missingField(pointer, `one of ${issue.values.map(String).join(', ')}`)];
      return [
        { pointer, code: 'not-allowed-value', message: `Use one of ${issue.values.map(String).join(', ')}.` },
      ];
    case 'invalid_format':
      return [
        {
          pointer,
          code: 'invalid-format',
          message: issue.format === 'date' ? 'Use an ISO date such as 2027-01-31.' : issue.message,
        },
      ];
    default:
      return [{ pointer, code: 'invalid-value', message: issue.message }];
  }
}

function typeFault(pointer: string, expected: string, actual: unknown): Fault {
  if (actual === undefined) return missingField(pointer, article(expected));
  const message = `Expected ${article(expected)}, got ${found(actual, expected)}.`;
  return { pointer, code: 'wrong-type', message };
}

function missingField(pointer: string, remedy: string): Fault {
  return { pointer, code: 'missing-field', message: `This field is missing. Give ${remedy}.` };
}

function found(actual: unknown, expected: string): string {
  if (actual === null) return 'null';
  if (Array.isArray(actual)) return 'a list';
  // A number where a number belongs is 1.5 for a whole one, or infinite: its kind would say nothing.
  if (typeof actual === 'number' && (expected === 'number' || expected === 'int')) return String(actual);
  return article(typeof actual);
}

function article(type: string): string {
  if (type === 'int') return 'a whole number';
  if (type === 'array') return 'a list';
  if (type === 'record') return 'an object';
  return /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`;
}

function sizeMessage(
  { origin, message }: { readonly origin: string; readonly message: string },
  comparison: string,
  limit: number | bigint,
): string {
  // A text's schema says what it may be.
  if (origin === 'string') return message;
  const size = `${comparison} ${String(limit)}`;
  return origin === 'array'
    ? `Must be a list of ${size} ${limit === 1 ? 'item' : 'items'}.`
    : `Must be ${size}.`;
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const segment of path)
    value =
      isRecord(value) || Array.isArray(value) ? (value as Record<PropertyKey, unknown>)[segment] : undefined;
  return value;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const MAX_QUOTED = 40;

/** A key in a pointer is cut here: the pointer must not grow with the input. */
const MAX_POINTER_KEY = 100;

/** A user's own word inside a message: quoted, and shortened so that no message grows with the input. */
export function quoted(text: string): string {
  return `"${printable(text, MAX_QUOTED)}"`;
}
