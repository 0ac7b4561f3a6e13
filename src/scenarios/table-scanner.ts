const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Bytes that follow each other and are all of a table, or all not. */
export interface Run {
  readonly bytes: Uint8Array;
  /** Whether they stand between the brackets of an item's table. */
  readonly isTable: boolean;
  /** Whether the table ends after them; every table has one such run, an empty one too. */
  readonly isEnd: boolean;
}

/** How deep a member of the scenario, and one of an item in a list, stands. */
const MEMBER_DEPTH = 1;
const FIELD_DEPTH = 3;

/**
 * Finds the tables in a kept scenario: in every object of the list, the array under the name of the table. The scenario is JSON that was written by
 * us, without escapes in names, and comes in pieces that may be cut anywhere.
 */
export class TableScanner {
  readonly #list: string;
  readonly #table: string;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  /** Whether the next string is a name, at the two depths at which names are read. */
  #isNameNext = false;
  /** The name that is being read. */
  #name: string | undefined;
  #isInList = false;
  #isTableNext = false;
  /** How deep the brackets of the present table are; 0 outside of tables. */
  #tableDepth = 0;

  constructor(list: string, table: string) {
    this.#list = list;
    this.#table = table;
  }

  /** Takes the next piece apart. The runs are views of it. */
  *runs(piece: Uint8Array): Generator<Run, void> {
    let start = 0;
    for (let at = 0; at < piece.length; at += 1) {
      const byte = piece[at];
      if (this.#isInString) {
        this.#inString(byte);
        continue;
      }
      switch (byte) {
        case QUOTE:
          this.#isInString = true;
          if (this.#isNameNext) this.#name = '';
          break;
        case COMMA:
          this.#isNameNext = this.#hasNames();
          break;
        case OPEN_BRACE:
          this.#depth += 1;
          this.#isTableNext = false;
          this.#isNameNext = this.#hasNames();
          break;
        case OPEN_BRACKET:
          this.#depth += 1;
          if (!this.#isTableNext) break;
          this.#isTableNext = false;
          this.#tableDepth = this.#depth;
          yield { bytes: piece.subarray(start, at + 1), isTable: false, isEnd: false };
          start = at + 1;
          break;
        case CLOSE_BRACKET:
        case CLOSE_BRACE:
          if (this.#depth === this.#tableDepth) {
            yield { bytes: piece.subarray(start, at), isTable: true, isEnd: true };
            start = at;
            this.#tableDepth = 0;
          }
          this.#depth -= 1;
      }
    }
    yield { bytes: piece.subarray(start), isTable: this.#tableDepth > 0, isEnd: false };
  }

  /** Of the objects at these depths, and of lists in their place, where a comma is before no name. */
  #hasNames(): boolean {
    return this.#depth === MEMBER_DEPTH || (this.#depth === FIELD_DEPTH && this.#isInList);
  }

  #inString(byte: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === BACKSLASH) this.#isEscaped = true;
    else if (byte === QUOTE) {
      this.#isInString = false;
      this.#endName();
      return;
    }
    if (this.#name !== undefined) this.#name += String.fromCharCode(byte);
  }

  #endName(): void {
    if (this.#name === undefined) return;
    if (this.#depth === MEMBER_DEPTH) this.#isInList = this.#name === this.#list;
    else this.#isTableNext = this.#name === this.#table;
    this.#name = undefined;
    this.#isNameNext = false;
  }
}
