/**
 * `{ …fields, "scenario": … }` in pieces: the scenario is JSON that can have many megabytes, and is not parsed for that.
 *
 * `fields` is an object with at least one field, as JSON.
 */
export function besideScenario(fields: string, scenario: Buffer): readonly Buffer[] {
  return [Buffer.from(`${fields.slice(0, -1)},"scenario":`), scenario, Buffer.from('}')];
}
