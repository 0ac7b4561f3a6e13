/** A cell of a CSV file: a finite number, or a text, empty where there is nothing to say. */
export type CsvCell = number | string;

/**
 * A table as CSV (RFC 4180): a header, CRLF line ends, a comma between cells, a point for decimals.
 *
 * Numbers have as many digits as it takes to read the same doubles back. Texts are quoted where they must be, and none is run by
 * a spreadsheet (`neutral`). A table with anything beyond ASCII begins with a byte order mark, without which a spreadsheet
 * takes UTF-8 for Windows-1252.
 */
export function csvText(header: readonly string[], rows: Iterable<readonly CsvCell[]>): string {
  let text = lineOf(header);
  for (const cells of rows) text += lineOf(cells);
  return BEYOND_ASCII.test(text) ? `\uFEFF${text}` : text;
}

function lineOf(cells: readonly CsvCell[]): string {
  return `${cells.map(written).join(',')}\r\n`;
}

const BEYOND_ASCII = /[\u0080-\uffff]/;

function written(cell: CsvCell): string {
  if (typeof cell === 'string') return quoted(neutral(cell));
  // No spreadsheet reads "NaN" or "Infinity" as what it is.
  if (!Number.isFinite(cell)) throw new Error('A cell of a CSV file holds finite numbers only.');
  return String(cell);
}

/**
 * Where a spreadsheet could begin to read a formula: where the text begins, and after a separator in it, because a spreadsheet
 * of a country with decimal commas splits at semicolons, whatever the quotes. Quotes and spaces in front count for nothing; a tab
 * or a line break in front is lost in some of them.
 */
const BEGINS_FORMULA = /^(?=[ "']*[\t\r\n])|(?<=^|[;\t\r\n])(?=[ "']*[=+\-@\0＝＋－＠])/g;

/**
 * A text that no spreadsheet runs (CWE-1236): an apostrophe goes before each place where a formula could begin.
 *
 * Nothing is lost: at such a place every text has gained one apostrophe, also one that had some, so the text as it was is
 * what is left without the first.
 */
function neutral(text: string): string {
  return text.replace(BEGINS_FORMULA, "'");
}

/** A text that `neutral` has written, as it was: without the first apostrophe wherever a formula could begin behind it. */
export function withoutGuards(text: string): string {
  return text.replace(GUARD, '');
}

const GUARD = /^'(?=[ "']*[\t\r\n])|(?<=^|[;\t\r\n])'(?=[ "']*[=+\-@\0＝＋－＠])/g;

function quoted(text: string): string {
  return /[",\r\n]|^ | $/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
