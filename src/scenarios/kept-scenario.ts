import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Scenario } from '../../models/scenario/schema.ts';
import { keptContent } from './kept-content.ts';

/** A scenario as it is kept. */
export interface KeptScenario {
  readonly name: string;
  /** SHA-256 of its RFC 8785 form, in hexadecimal digits: the same for the same scenario, however it was written. */
  readonly sha256: string;
  /** Its JSON, with the members in the order in which they were sent, as `kept-content.ts` has it: in pieces, for it is only ever passed on. */
  readonly content: readonly Buffer[];
}

/** A list whose items are made one by one, as often as they are asked for, in place of those that the scenario has. */
export interface MadeList {
  readonly list: string;
  readonly items: () => Iterable<unknown>;
}

export function keptScenario(scenario: Scenario, made?: MadeList): KeptScenario {
  return {
    name: scenario.name,
    sha256: scenarioSha256(scenario, made),
    content: keptContent(inPieces(scenario, made, Object.keys(scenario), JSON.stringify)),
  };
}

export function scenarioSha256(scenario: Scenario, made?: MadeList): string {
  const hash = createHash('sha256');
  // The order of names in RFC 8785 is that of their UTF-16 units, which is how they are sorted here.
  const names = Object.keys(scenario).sort();
  for (const piece of inPieces(scenario, made, names, (value) => canonicalize(value)!)) hash.update(piece);
  return hash.digest('hex');
}

/** A text of a large scenario as a whole takes several times its size while it is made. */
const PIECE_CHARACTERS = 1024 ** 2;

/** A scenario as JSON, its members in an order, the items of its lists written one by one; in pieces of about a megabyte. */
function* inPieces(
  scenario: Scenario,
  made: MadeList | undefined,
  names: readonly string[],
  write: (value: unknown) => string,
): Generator<Buffer> {
  let piece = '';
  for (const part of partsOf(scenario, made, names, write)) {
    piece += part;
    if (piece.length < PIECE_CHARACTERS) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  yield Buffer.from(piece);
}

function* partsOf(
  scenario: Scenario,
  made: MadeList | undefined,
  names: readonly string[],
  write: (value: unknown) => string,
): Generator<string> {
  // A member that is undefined is not there in JSON.
  const members = names.flatMap((name) => {
    const value: unknown = scenario[name as keyof Scenario];
    return value === undefined ? [] : [[name, value] as const];
  });
  for (const [index, [name, value]] of members.entries()) {
    yield `${index === 0 ? '{' : ','}${write(name)}:`;
    if (!Array.isArray(value)) yield write(value);
    else if (value.length === 0) yield '[]';
    else {
      let before = '[';
      for (const item of made?.list === name ? made.items() : (value as unknown[])) {
        yield `${before}${write(item)}`;
        before = ',';
      }
      yield ']';
    }
  }
  yield members.length === 0 ? '{}' : '}';
}
