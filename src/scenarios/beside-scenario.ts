import { contentPieces, jsonBytes } from './kept-content.ts';

/** What stands before and after a scenario in `{ …fields, "scenario": … }`; `fields` is an object with at least one field, as JSON. */
export function aroundScenario(fields: string): readonly [before: Buffer, after: Buffer] {
  return [Buffer.from(`${fields.slice(0, -1)},"scenario":`), Buffer.from('}')];
}

/** `{ …fields, "scenario": … }` with a kept scenario. */
export function besideScenario(fields: string, content: Buffer): Buffer {
  const [before, after] = aroundScenario(fields);
  return Buffer.concat(
    [before, ...contentPieces(content), after],
    before.length + jsonBytes(content) + after.length,
  );
}
