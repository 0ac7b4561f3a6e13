import type { CsvFaultList } from './csv-faults.ts';
import { addFault } from './csv-faults.ts';
import { closestName } from './closest-name.ts';
import { MAX_CSV_COLUMNS } from './csv-reader.ts';
import { printable } from '../../models/printable.ts';

/** The columns a table may have: those always needed, and the forms in which a row can give its amounts. */
export interface CsvLayout {
  readonly always: readonly string[];
  readonly forms: readonly (readonly string[])[];
  /** Columns of forms that a file may leave out. */
  readonly optional: readonly string[];
}

/** The columns a file has. */
export interface CsvColumns {
  /** Cells in the header, and so in every row. */
  readonly width: number;
  /** The columns of each form that the file uses: of one, or of several, of which every row fills one. */
  readonly forms: readonly (readonly string[])[];
  /** Position of each known column. */
  readonly position: ReadonlyMap<string, number>;
}

const MAX_NAME_CHARACTERS = 40;

/**
 * Reads the header row: names in any order and letter case, white space around them ignored.
 *
 * All faults are added to the list. Returns undefined where they leave open which column is which, so that the rows
 * cannot be read; with a column too many they still can. Codes: `too-many-columns`, `missing-header`,
 * `empty-column-name`, `unknown-column`, `duplicate-column`, `missing-column`, `mixed-forms`.
 */
export function readCsvHeader(
  cells: readonly string[],
  line: number,
  layout: CsvLayout,
  faults: CsvFaultList,
): CsvColumns | undefined {
  const known = [...layout.always, ...layout.forms.flat()];
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const wholeRow = wholeRowProblem(cells, names, known);
  if (wholeRow !== undefined) {
    addFault(faults, line, { code: wholeRow[0], message: () => wholeRow[1] });
    return undefined;
  }
  const report = (code: string, message: string, column?: string) => {
    addFault(faults, line, { code, message: () => message }, column);
  };
  const position = readNames(names, known, report);
  const forms = chooseForms(position, layout, report);
  const isCertain = forms !== undefined && new Set(names).size === names.length;
  return isCertain ? { width: cells.length, forms, position } : undefined;
}

type Report = (code: string, message: string, column?: string) => void;

/** A reason to say nothing about single columns: the row is no header at all. */
function wholeRowProblem(
  cells: readonly string[],
  names: readonly string[],
  known: readonly string[],
): [code: string, message: string] | undefined {
  if (cells.length > MAX_CSV_COLUMNS) {
    return [
      'too-many-columns',
      `The header has more than ${MAX_CSV_COLUMNS} columns. Remove what is not needed.`,
    ];
  }
  if (!names.some((name) => known.includes(name))) {
    return ['missing-header', `The first row must name the columns. Possible are ${listed(known)}.`];
  }
  return undefined;
}

/** Position of each known column, the first one where a name is repeated. */
function readNames(names: readonly string[], known: readonly string[], report: Report): Map<string, number> {
  const position = new Map<string, number>();
  names.forEach((name, i) => {
    const shown = printable(name, MAX_NAME_CHARACTERS);
    if (name === '') {
      report('empty-column-name', `Column ${i + 1} has no name. Name it, or remove it.`);
    } else if (names.indexOf(name) < i) {
      report('duplicate-column', `The column "${shown}" stands twice. Keep one of the two.`, shown);
    } else if (known.includes(name)) {
      position.set(name, i);
    } else {
      report('unknown-column', unknownColumn(shown, closestName(name, known), known), shown);
    }
  });
  return position;
}

function unknownColumn(shown: string, closest: string | undefined, known: readonly string[]): string {
  const hint = closest === undefined ? `Possible are ${listed(known)}.` : `Did you mean "${closest}"?`;
  return `The column "${shown}" is not known. ${hint}`;
}

/** The forms that the file uses; undefined with faults if there is none, or columns of one are missing. */
function chooseForms(
  position: ReadonlyMap<string, number>,
  { always, forms, optional }: CsvLayout,
  report: Report,
): readonly (readonly string[])[] | undefined {
  const isPresent = (name: string) => position.has(name);
  const used = forms.filter((form) => form.some(isPresent));
  const needed = used.flat().filter((name) => !optional.includes(name));
  const isMixture = used.length > 1 && !needed.every(isPresent);
  if (isMixture) {
    const either = forms.map(listed).join(' or ');
    report('mixed-forms', `Use either ${either}, or all of them and fill one form in each row.`);
  } else if (used.length === 0) {
    report('missing-column', `Columns with the amounts are missing. Add ${forms.map(listed).join(' or ')}.`);
  }
  const missing = [...always, ...(isMixture ? [] : needed)].filter((name) => !isPresent(name));
  for (const name of missing) {
    report('missing-column', `The column "${name}" is missing. Add it.`, name);
  }
  const isComplete = used.length > 0 && !isMixture && missing.length === 0;
  return isComplete ? used.map((form) => form.filter(isPresent)) : undefined;
}

function listed(names: readonly string[]): string {
  return names.join(', ');
}
