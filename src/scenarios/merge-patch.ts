import { isRecord } from '../../models/scenario/schema-faults.ts';

/**
 * A document with a JSON Merge Patch (RFC 7386) applied; neither is changed.
 *
 * Objects are merged member by member, `null` takes a member away, anything else, lists too, replaces what was there.
 */
export function mergePatched(document: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const merged = new Map(Object.entries(isRecord(document) ? document : {}));
  for (const [name, value] of Object.entries(patch))
    if (value === null) merged.delete(name);
    else merged.set(name, mergePatched(merged.get(name), value));
  return Object.fromEntries(merged);
}
