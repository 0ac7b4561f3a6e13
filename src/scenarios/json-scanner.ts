import type { Fault } from '../../models/fault.ts';
import { jsonPointer } from '../../models/fault.ts';
import {
  endOfNumber,
  endOfSpace,
  endOfString,
  endOfWord,
  JsonSyntaxError,
  rangeFault,
} from './json-tokens.ts';
import { printable } from '../../models/printable.ts';

/** What a scan of a JSON text found, before anything is built from the text. */
export interface JsonScan {
  /** Faults in the order of the text, at most `MAX_JSON_FAULTS`; the one that stopped the scan is the last. */
  readonly faults: readonly Fault[];
  /** False where the scan stopped early: the text must not be parsed. */
  readonly isComplete: boolean;
  /** True where some object has a member called `__proto__`. */
  readonly hasProtoMember: boolean;
}

/** Arrays and objects may be nested this deep; a scenario needs far less. */
const MAX_JSON_DEPTH = 32;
/** So many faults are listed. */
const MAX_JSON_FAULTS = 100;

/**
 * One object may have so many different fields. Every object here has a small set of known fields, and one with a
 * million keys keeps `JSON.parse` busy for seconds.
 */
const MAX_FIELDS = 10_000;
/**
 * A text may have so many arrays and objects: more than the largest scenario that is accepted, and few enough to be
 * parsed in seconds. Without it, tens of megabytes of empty objects would keep a process busy for half a minute.
 */
const MAX_CONTAINERS = 3_000_000;
const MANY_KEYS = 16;
const MAX_KEY_CHARACTERS = 100;

const TOO_DEEP = `Arrays and objects are nested more than ${MAX_JSON_DEPTH} deep here. Send fewer levels.`;
const TOO_MANY_FIELDS = `An object has more than ${MAX_FIELDS} fields here. Send only fields that are known.`;

const TOO_MANY_CONTAINERS = `The text has more than ${MAX_CONTAINERS} arrays and objects. Send a smaller scenario.`;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** An array or object that is open at the present position; reused by every container at the same depth. */
interface Container {
  isObject: boolean;
  /** Members or elements begun so far. */
  count: number;
  /** The key of the present member; in an array, left over and without meaning. */
  key: string;
  /** The different keys so far; what stands from `keyCount` on is left over. */
  readonly keys: string[];
  keyCount: number;
  /** The same keys, kept only for an object that has many. */
  readonly manyKeys: Set<string>;
}

interface Scan {
  readonly text: string;
  at: number;
  depth: number;
  /** Arrays and objects begun so far, at any depth. */
  begun: number;
  readonly containers: readonly Container[];
  readonly faults: Fault[];
  hasProtoMember: boolean;
}

/** Ends a scan of JSON that is well formed so far; never leaves this file. */
class ScanStop extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Checks a text against the grammar of JSON (RFC 8259) and against what `JSON.parse` would pass over in silence:
 * repeated keys, `__proto__`, numbers outside the range of a double and excessive nesting.
 *
 * It is a loop with a stack of fixed size, so no text can exhaust the call stack. What it accepts `JSON.parse` accepts
 * too. Messages repeat nothing of the text but shortened keys.
 */
export function scanJson(text: string): JsonScan {
  const scan: Scan = {
    text,
    at: 0,
    depth: 0,
    begun: 0,
    containers: Array.from({ length: MAX_JSON_DEPTH }, newContainer),
    faults: [],
    hasProtoMember: false,
  };
  const stoppedBy = faultThatStops(scan);
  const faults =
    stoppedBy === undefined ? scan.faults : [...scan.faults.slice(0, MAX_JSON_FAULTS - 1), stoppedBy];
  return { faults, isComplete: stoppedBy === undefined, hasProtoMember: scan.hasProtoMember };
}

function newContainer(): Container {
  return { isObject: false, count: 0, key: '', keys: [], keyCount: 0, manyKeys: new Set() };
}

function faultThatStops(scan: Scan): Fault | undefined {
  try {
    scanDocument(scan);
    return undefined;
  } catch (error) {
    if (error instanceof ScanStop) {
      return { pointer: pointerHere(scan), code: error.code, message: error.message };
    }
    if (error instanceof JsonSyntaxError) {
      const message = `The text is not JSON: ${placeOf(scan.text, error.offset)}. ${error.reason}`;
      return { pointer: '', code: 'invalid-json', message };
    }
    throw error;
  }
}

function scanDocument(scan: Scan): void {
  scanValue(scan);
  while (scan.depth > 0) {
    scanStep(scan, scan.containers[scan.depth - 1]);
  }
  if (!Number.isNaN(nextCode(scan))) {
    throw new JsonSyntaxError(scan.at, 'The document is complete before this place. Remove what follows.');
  }
}

/** One member, one element, or the end of the innermost open container. */
function scanStep(scan: Scan, container: Container): void {
  const code = nextCode(scan);
  if (code === (container.isObject ? CLOSE_BRACE : CLOSE_BRACKET)) {
    scan.at += 1;
    scan.depth -= 1;
    return;
  }
  if (container.count > 0) {
    expect(scan, COMMA, 'A comma or the closing bracket is expected here.');
    scan.at += 1;
  }
  container.count += 1;
  if (container.isObject) {
    scanKey(scan, container);
  }
  scanValue(scan);
}

function scanKey(scan: Scan, container: Container): void {
  expect(scan, QUOTE, 'A field name in double quotes is expected here.');
  const { text, at: start } = scan;
  scan.at = endOfString(text, start);
  const written = text.slice(start + 1, scan.at - 1);
  // Two spellings of one key collide in the parsed object, so keys are compared without their escapes.
  container.key = written.includes('\\') ? (JSON.parse(`"${written}"`) as string) : written;
  checkKey(scan, container);
  expect(scan, COLON, 'A colon is expected here.');
  scan.at += 1;
}

function checkKey(scan: Scan, container: Container): void {
  const { key } = container;
  if (hasKey(container, key)) {
    reportDuplicate(scan, key);
  } else {
    addKey(container, key);
  }
  if (key === '__proto__') {
    scan.hasProtoMember = true;
    report(scan, 'unknown-field', 'The field "__proto__" is not known. Remove it.');
  }
}

/** Comparing a few keys one by one is faster than hashing each. */
function hasKey({ keys, keyCount, manyKeys }: Container, key: string): boolean {
  if (keyCount >= MANY_KEYS) return manyKeys.has(key);
  for (let i = 0; i < keyCount; i += 1) {
    if (keys[i] === key) return true;
  }
  return false;
}

function addKey(container: Container, key: string): void {
  const { keys, manyKeys } = container;
  keys[container.keyCount] = key;
  container.keyCount += 1;
  if (container.keyCount === MANY_KEYS) {
    manyKeys.clear();
    keys.slice(0, MANY_KEYS).forEach((known) => manyKeys.add(known));
  } else if (container.keyCount > MANY_KEYS) {
    manyKeys.add(key);
  }
  if (container.keyCount > MAX_FIELDS) throw new ScanStop('too-many-fields', TOO_MANY_FIELDS);
}

/** Scans a whole string, number or word; of an array or object only the opening bracket. */
function scanValue(scan: Scan): void {
  switch (nextCode(scan)) {
    case OPEN_BRACE:
      openContainer(scan, true);
      return;
    case OPEN_BRACKET:
      openContainer(scan, false);
      return;
    case QUOTE:
      scan.at = endOfString(scan.text, scan.at);
      return;
    default:
      scanWordOrNumber(scan);
  }
}

function openContainer(scan: Scan, isObject: boolean): void {
  if (scan.depth === MAX_JSON_DEPTH) throw new ScanStop('too-deep', TOO_DEEP);
  scan.begun += 1;
  if (scan.begun > MAX_CONTAINERS) throw new ScanStop('too-many-values', TOO_MANY_CONTAINERS);
  const container = scan.containers[scan.depth];
  container.isObject = isObject;
  container.count = 0;
  container.keyCount = 0;
  scan.depth += 1;
  scan.at += 1;
}

function scanWordOrNumber(scan: Scan): void {
  const start = scan.at;
  scan.at = endOfWord(scan.text, start);
  if (scan.at > start) return;
  refuseNoNumber(scan);
  scan.at = endOfNumber(scan.text, start);
  const fault = rangeFault(scan.text, start, scan.at);
  if (fault === 'overflow') {
    report(scan, 'number-overflow', 'The number is too large for a double. Use one of at most 1e9 in size.');
  } else if (fault === 'underflow') {
    report(
      scan,
      'number-underflow',
      'The number is too close to 0 for a double. Use 0 or at least 1e-6 in size.',
    );
  }
}

/** What programs write that have a number JSON does not; the field it stands in says more than its column. */
const NO_NUMBER = /[+-]?(?:nan|inf(?:inity)?)(?!\w)/iy;

function refuseNoNumber(scan: Scan): void {
  NO_NUMBER.lastIndex = scan.at;
  const word = NO_NUMBER.exec(scan.text)?.[0];
  if (word === undefined) return;
  const remedy = `JSON knows no ${word}. Give a number, or leave the field out.`;
  throw new ScanStop('invalid-json', `The text is not JSON: ${placeOf(scan.text, scan.at)}. ${remedy}`);
}

/** The character code after any white space, which is skipped; NaN at the end of the text. */
function nextCode(scan: Scan): number {
  scan.at = endOfSpace(scan.text, scan.at);
  return scan.text.charCodeAt(scan.at);
}

function expect(scan: Scan, code: number, reason: string): void {
  const found = nextCode(scan);
  if (found !== code) {
    throw new JsonSyntaxError(scan.at, Number.isNaN(found) ? 'The text ends too early.' : reason);
  }
}

function report(scan: Scan, code: string, message: string): void {
  if (scan.faults.length < MAX_JSON_FAULTS) {
    scan.faults.push({ pointer: pointerHere(scan), code, message });
  }
}

function reportDuplicate(scan: Scan, key: string): void {
  // A body of nothing but repeated keys must not cost a message for each.
  if (scan.faults.length === MAX_JSON_FAULTS) return;
  const name = printable(key, MAX_KEY_CHARACTERS);
  report(scan, 'duplicate-key', `The field "${name}" stands twice in one object. Keep one of the two.`);
}

/** The pointer of the present value. Keys longer than any known field are cut, lest a fault repeat a long body. */
function pointerHere(scan: Scan): string {
  const path = scan.containers
    .slice(0, scan.depth)
    .filter(({ count }) => count > 0)
    .map(({ isObject, key, count }) => (isObject ? key.slice(0, MAX_KEY_CHARACTERS) : count - 1));
  return jsonPointer(path);
}

function placeOf(text: string, offset: number): string {
  let line = 1;
  let lineStart = 0;
  for (const { index, 0: lineBreak } of text.slice(0, offset).matchAll(/\r\n|\r|\n/g)) {
    line += 1;
    lineStart = index + lineBreak.length;
  }
  return `line ${line}, column ${offset - lineStart + 1}`;
}
