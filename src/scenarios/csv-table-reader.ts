import type { CsvId, DecimalSign, NumberRule } from './csv-cells.ts';
import { idColumn, readNumberCell, shownId } from './csv-cells.ts';
import type { CsvFault, CsvFaultList, CsvProblem } from './csv-faults.ts';
import { addFault, newFaultList } from './csv-faults.ts';
import type { CsvColumns } from './csv-header.ts';
import { readCsvHeader } from './csv-header.ts';
import { readCsvRecords } from './csv-reader.ts';
import { type MakeRow, TableRows } from './table-rows.ts';

/** Where a table comes from. */
export interface CsvSource {
  /** What to call the file in faults. */
  readonly fileName: string;
  /** If given, ids outside these sets are faults: teams or workflows in `first`; all after Unicode NFC. */
  readonly knownIds?: { readonly first: ReadonlySet<string>; readonly periods: ReadonlySet<string> };
  /** The decimal sign of its numbers; a point unless said otherwise. */
  readonly decimal?: DecimalSign;
  /** Whether some teams have a headcount, so that capacity in FTE may leave out how many there are. */
  readonly hasPeople?: boolean;
}

/** A table read from a file: either its rows or its faults, never both. */
export interface CsvTable<Row> {
  /** In the order of the file; empty if there is any fault, because a part of a table is not the table. */
  readonly rows: TableRows<Row>;
  /** In the order of the file; at most 100. */
  readonly faults: readonly CsvFault[];
  /** All faults found, listed or not. Reading ends when there are 100,000, for the parser is slow with bad rows. */
  readonly faultCount: number;
}

const MAX_COUNTED_FAULTS = 100_000;

/** One kind of table: what its rows are about, and its columns of numbers in each of its forms. */
export interface TableKind {
  readonly first: 'team' | 'workflow';
  readonly forms: readonly Readonly<Record<string, NumberRule>>[];
  /** The last column of a form where rows may leave it empty, and files out. */
  readonly optional?: string;
}

/** Reads a table of that kind; the rules are those of `csv-tables.ts`. */
export function readTable<Row>(
  bytes: Uint8Array,
  { fileName, knownIds, decimal = 'point' }: CsvSource,
  kind: TableKind,
  makeRow: MakeRow<Row>,
): CsvTable<Row> {
  const faults = newFaultList(fileName);
  const layout = {
    always: [kind.first, 'period'],
    forms: kind.forms.map((form) => Object.keys(form)),
    optional: kind.optional === undefined ? [] : [kind.optional],
  };
  const rows = new TableRows(makeRow);
  let records = 0;
  // Stays undefined where the header leaves open which column is which.
  let readRow: ReadRow | undefined;
  const stop = readCsvRecords(bytes, (cells, line) => {
    records += 1;
    if (records === 1) {
      const columns = readCsvHeader(cells, line, layout, faults);
      readRow = columns && rowReader(kind, columns, { knownIds, decimal }, faults, rows);
    } else {
      readRow?.(cells, line);
    }
    return readRow !== undefined && faults.count < MAX_COUNTED_FAULTS;
  });
  if (stop !== undefined) {
    addFault(faults, stop.line, stop);
  } else if (records === 0) {
    addFault(faults, 1, emptyFile(layout.forms[0], layout.always));
  }
  return { rows: rows.close(faults.count > 0), faults: faults.faults, faultCount: faults.count };
}

/** Reads one row; what is wrong with it goes to the list of faults. */
type ReadRow = (cells: readonly string[], line: number) => void;

function rowReader<Row>(
  kind: TableKind,
  columns: CsvColumns,
  { knownIds, decimal }: { knownIds: CsvSource['knownIds']; decimal: DecimalSign },
  faults: CsvFaultList,
  rows: TableRows<Row>,
): ReadRow {
  const readId = idReader(kind.first, columns, faults, knownIds?.first);
  const readPeriod = idReader('period', columns, faults, knownIds?.periods);
  const readNumbers = numbersReader(kind, columns, decimal, faults);
  return (cells, line) => {
    const wrongShape = shapeProblem(cells, columns.width);
    if (wrongShape !== undefined) {
      addFault(faults, line, wrongShape);
      return;
    }
    const id = readId(cells, line);
    const period = readPeriod(cells, line);
    const numbers = readNumbers(cells, line);
    if (!id || !period) return;
    // Rows with faults in their numbers are begun, too: one that repeats them has a fault of its own.
    const first = rows.begin(id, period, line);
    if (first !== undefined) addFault(faults, line, repeatedRow(kind.first, id, period, first));
    // Of a file with faults no row counts.
    else if (faults.count === 0) rows.end(numbers);
  };
}

function shapeProblem(cells: readonly string[], width: number): CsvProblem | undefined {
  if (cells.every((cell) => cell === '')) {
    return {
      code: 'empty-row',
      message: () => 'All cells of the row are empty. Remove the row.',
    };
  }
  if (cells.length === width) return undefined;
  const isLong = cells.length > width;
  return {
    code: isLong ? 'too-many-cells' : 'too-few-cells',
    message: () =>
      `The row has ${cells.length} cells and the header ${width}. ${
        isLong ? 'Put a cell that contains what separates the columns in quotes.' : 'Add what is missing.'
      }`,
  };
}

/** Reads the id of a row; undefined if the cell has a fault. */
function idReader(
  what: string,
  { position }: CsvColumns,
  faults: CsvFaultList,
  known: ReadonlySet<string> | undefined,
): (cells: readonly string[], line: number) => CsvId | undefined {
  const at = position.get(what)!;
  const readCell = idColumn(what, known);
  return (cells, line) => {
    const id = readCell(cells[at]);
    if (id.problem === undefined) return id;
    addFault(faults, line, id.problem, what);
    return undefined;
  };
}

/** Reads the numbers of a row, in the order of the form that it fills; those with faults are left out. */
function numbersReader(
  kind: TableKind,
  { forms, position }: CsvColumns,
  decimal: DecimalSign,
  faults: CsvFaultList,
): (cells: readonly string[], line: number) => (number | null)[] {
  const rules = Object.assign({}, ...kind.forms) as Readonly<Record<string, NumberRule>>;
  const used = forms.map((form) =>
    form.map((name) => ({ name, at: position.get(name)!, rule: rules[name] })),
  );
  return (cells, line) => {
    const filled =
      used.length === 1 ? used : used.filter((form) => form.some(({ at }) => cells[at].trim() !== ''));
    if (filled.length !== 1) {
      addFault(faults, line, formProblem(filled.length, forms));
      return [];
    }
    const numbers: (number | null)[] = [];
    for (const { name, at, rule } of filled[0]) {
      if (name === kind.optional && cells[at].trim() === '') continue;
      const number = readNumberCell(cells[at], rule, decimal);
      if (typeof number === 'object' && number !== null) {
        addFault(faults, line, number, name);
      } else {
        numbers.push(number);
      }
    }
    return numbers;
  };
}

/** In a file with several forms a row fills exactly one. */
function formProblem(filled: number, forms: CsvColumns['forms']): CsvProblem {
  const either = forms.map((form) => form.join(', ')).join(' or ');
  return filled === 0
    ? { code: 'missing-number', message: () => `The row has no amount. Fill ${either}.` }
    : { code: 'mixed-forms', message: () => `The row fills several forms. Fill ${either}, not both.` };
}

function repeatedRow(what: string, id: CsvId, period: CsvId, first: number): CsvProblem {
  const message = () =>
    `The ${what} ${shownId(id.text)} has the period ${shownId(period.text)} already on line ${first}. Keep one of the rows.`;
  return { code: 'duplicate-row', message };
}

function emptyFile(form: readonly string[], always: readonly string[]): CsvProblem {
  const header = [...always, ...form].join(',');
  return {
    code: 'empty-file',
    message: () => `The file is empty. Its first row must name the columns: ${header}.`,
  };
}
