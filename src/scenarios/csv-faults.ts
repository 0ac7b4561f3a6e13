/** One thing wrong with a CSV file. */
export interface CsvFault {
  readonly file: string;
  /** Physical line in the file, counted from 1; the first line of a row that takes several. */
  readonly line: number;
  /** The header name of the column; absent where the fault is not in one column. */
  readonly column?: string;
  readonly code: string;
  /** What is wrong and how to mend it; what it repeats of the file is shortened and printable. */
  readonly message: string;
}

/** What is wrong with a cell or a place in the file. The message is built only if it will be listed. */
export interface CsvProblem {
  readonly code: string;
  readonly message: () => string;
}

/** A problem of the file itself, after which nothing more can be read. */
export interface CsvStop extends CsvProblem {
  readonly line: number;
}

/** Collects the faults of one file. */
export interface CsvFaultList {
  readonly file: string;
  readonly faults: CsvFault[];
  /** All faults found, listed or not. */
  count: number;
}

/** So many faults of a file are listed; the others are only counted. */
const MAX_CSV_FAULTS = 100;

/** A list without faults for the file of that name. */
export function newFaultList(file: string): CsvFaultList {
  return { file, faults: [], count: 0 };
}

/** Counts a fault, and lists it while there is room. */
export function addFault(list: CsvFaultList, line: number, problem: CsvProblem, column?: string): void {
  list.count += 1;
  if (list.faults.length < MAX_CSV_FAULTS) {
    const where = column === undefined ? { line } : { line, column };
    list.faults.push({ file: list.file, ...where, code: problem.code, message: problem.message() });
  }
}
