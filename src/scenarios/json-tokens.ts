const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const UPPER_E = 0x45;
const BACKSLASH = 0x5c;
const LOWER_E = 0x65;
const LOWER_F = 0x66;
const LOWER_N = 0x6e;
const LOWER_T = 0x74;

const SMALLEST_NORMAL_DOUBLE = 2.2250738585072014e-308;
/** The shortest literal outside the range of a double is as long as `1e309`. */
const SHORTEST_OUT_OF_RANGE = 5;

/** The text is not JSON. `offset` is where, `reason` a full sentence that repeats nothing of the text. */
export class JsonSyntaxError extends Error {
  readonly offset: number;
  readonly reason: string;

  constructor(offset: number, reason: string) {
    super(reason);
    this.offset = offset;
    this.reason = reason;
  }
}

/** The first offset from `at` on that is not white space. */
export function endOfSpace(text: string, at: number): number {
  let end = at;
  for (let code = text.charCodeAt(end); isSpace(code); code = text.charCodeAt(end)) {
    end += 1;
  }
  return end;
}

function isSpace(code: number): boolean {
  return code === SPACE || code === LINE_FEED || code === CARRIAGE_RETURN || code === TAB;
}

/** The offset after the string whose opening quote is at `start`. Throws `JsonSyntaxError`. */
export function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === BACKSLASH) {
      at += escapeLength(text, at);
    } else if (code < SPACE) {
      throw new JsonSyntaxError(
        at,
        'A string has a control character here. Close the string before it, or escape the character.',
      );
    }
  }
  throw new JsonSyntaxError(start, 'The string that opens here is never closed.');
}

/** How many characters follow the backslash at `at` and belong to it. */
function escapeLength(text: string, at: number): number {
  const letter = text.charAt(at + 1);
  if (letter !== '' && '"\\/bfnrt'.includes(letter)) return 1;
  if (letter === 'u' && /^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, at + 6))) return 5;
  throw new JsonSyntaxError(at, 'The string has an escape here that JSON does not know.');
}

/** The offset after `true`, `false` or `null` if one is at `start`, otherwise `start`. */
export function endOfWord(text: string, start: number): number {
  const code = text.charCodeAt(start);
  const word = code === LOWER_T ? 'true' : code === LOWER_F ? 'false' : code === LOWER_N ? 'null' : '';
  return text.startsWith(word, start) ? start + word.length : start;
}

/** The offset after the number at `start`. Throws `JsonSyntaxError` if there is none. */
export function endOfNumber(text: string, start: number): number {
  const digits = text.charCodeAt(start) === MINUS ? start + 1 : start;
  // JSON has no leading zeros: after a zero at the front comes no other digit.
  let end = text.charCodeAt(digits) === ZERO ? digits + 1 : endOfDigits(text, digits);
  if (text.charCodeAt(end) === POINT) {
    end = endOfDigits(text, end + 1);
  }
  if (isExponentSign(text.charCodeAt(end))) {
    const sign = text.charCodeAt(end + 1);
    end = endOfDigits(text, sign === PLUS || sign === MINUS ? end + 2 : end + 1);
  }
  return end;
}

function endOfDigits(text: string, start: number): number {
  let end = start;
  for (let code = text.charCodeAt(end); code >= ZERO && code <= NINE; code = text.charCodeAt(end)) {
    end += 1;
  }
  if (end === start) {
    throw new JsonSyntaxError(
      start,
      start < text.length ? 'A value is expected here, written as JSON has it.' : 'The text ends too early.',
    );
  }
  return end;
}

function isExponentSign(code: number): boolean {
  return code === LOWER_E || code === UPPER_E;
}

/**
 * Whether the number literal from `start` to `end` leaves the range in which a double keeps its full precision.
 *
 * Zero, however written, is in range. A result below the smallest normal double counts as an underflow, because
 * digits of the literal are lost there.
 */
export function rangeFault(text: string, start: number, end: number): 'overflow' | 'underflow' | undefined {
  if (end - start < SHORTEST_OUT_OF_RANGE) return undefined;
  const literal = text.slice(start, end);
  const size = Math.abs(Number(literal));
  if (size === Infinity) return 'overflow';
  if (size >= SMALLEST_NORMAL_DOUBLE) return undefined;
  const mantissa = literal.split(/[eE]/, 1)[0];
  return /[1-9]/.test(mantissa) ? 'underflow' : undefined;
}
