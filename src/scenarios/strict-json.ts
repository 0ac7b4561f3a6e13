import type { Fault } from '../../models/fault.ts';
import { scanJson } from './json-scanner.ts';
import { findInvalidUtf8, withoutByteOrderMark } from './utf8.ts';

/** A parsed document and what is wrong with its text. */
export interface StrictJson {
  /** The document; undefined if the text cannot be parsed. Present also where faults were found. */
  readonly value: unknown;
  /** At most 100, in the order of the text; pointers start at the root of the document. */
  readonly faults: readonly Fault[];
}

/**
 * Reads a JSON document as strictly as a plan deserves: nothing sent is dropped or bent without a fault.
 *
 * Beyond the grammar it refuses repeated keys, numbers that a double cannot hold, `__proto__` and nesting deeper than
 * 32. Repeated keys, numbers and `__proto__` do not hinder parsing, so that the checks of the schema can add their
 * faults to these. A member called `__proto__` is left out of the value.
 *
 * Codes: `invalid-utf8`, `invalid-json`, `too-deep`, `too-many-fields` (value undefined); `duplicate-key`, `unknown-field`,
 * `number-overflow`, `number-underflow`. Lone surrogates and NUL in strings are left to the schema.
 */
export function readStrictJson(bytes: Uint8Array): StrictJson {
  const invalid = findInvalidUtf8(bytes);
  if (invalid !== undefined) {
    return unreadable(
      'invalid-utf8',
      `The text is not UTF-8: byte ${invalid.offset} (counted from 0), line ${invalid.line}. Send it as UTF-8.`,
    );
  }
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(withoutByteOrderMark(bytes));
  if (text === '') {
    return unreadable('invalid-json', 'The text is empty. Send a JSON document.');
  }
  const { faults, isComplete, hasProtoMember } = scanJson(text);
  if (!isComplete) {
    return { value: undefined, faults };
  }
  const value: unknown = JSON.parse(text);
  if (hasProtoMember) {
    removeProtoMembers(value);
  }
  return { value, faults };
}

function unreadable(code: string, message: string): StrictJson {
  return { value: undefined, faults: [{ pointer: '', code, message }] };
}

/**
 * Deletes every own member called `__proto__`. `JSON.parse` makes it a harmless own property, but whoever copies the
 * object by assignment would set the prototype of the copy.
 */
function removeProtoMembers(document: unknown): void {
  const pending = [document];
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value === 'object' && value !== null) {
      Reflect.deleteProperty(value, '__proto__');
      for (const member of Object.values(value)) {
        pending.push(member);
      }
    }
  }
}
