import { LARGEST_AMOUNT, SMALLEST_AMOUNT } from '../../models/scenario/fields.ts';
import type { NumberRule } from './csv-cells.ts';
import type { CsvSource, CsvTable, TableKind } from './csv-table-reader.ts';
import { readTable } from './csv-table-reader.ts';

/** A row of the capacity table; `hours` null = no limit. `line` is its first physical line. */
export interface CapacityRow {
  readonly line: number;
  /** The team. */
  readonly id: string;
  readonly entry:
    | { readonly period: string; readonly hours: number | null }
    | {
        readonly period: string;
        /** Absent for a team with a headcount. */
        readonly fte?: number;
        readonly paidHoursPerFte: number;
        readonly shrinkage: number;
      };
}

/** A row of the demand table. `line` is its first physical line. */
export interface DemandRow {
  readonly line: number;
  /** The workflow. */
  readonly id: string;
  readonly entry:
    | { readonly period: string; readonly hours: number }
    | { readonly period: string; readonly contacts: number; readonly ahtSeconds: number };
}

const quantity: NumberRule = {
  mayBeZero: true,
  smallest: SMALLEST_AMOUNT,
  largest: LARGEST_AMOUNT,
  mayBeUncapped: false,
};
const positive: NumberRule = { ...quantity, mayBeZero: false };
const shareBelowOne: NumberRule = { ...quantity, smallest: Number.MIN_VALUE, largest: 1 - SMALLEST_AMOUNT };

const capacity: TableKind = {
  first: 'team',
  forms: [
    { hours: { ...quantity, mayBeUncapped: true } },
    { fte: quantity, paid_hours_per_fte: positive, shrinkage: shareBelowOne },
  ],
};

/** The same where the plan says how many FTE there are in some teams. */
const capacityWithPeople: TableKind = {
  first: 'team',
  forms: [
    { hours: { ...quantity, mayBeUncapped: true } },
    { paid_hours_per_fte: positive, shrinkage: shareBelowOne, fte: quantity },
  ],
  optional: 'fte',
};

const demand: TableKind = {
  first: 'workflow',
  forms: [{ hours: quantity }, { contacts: quantity, aht_seconds: positive }],
};

/**
 * Reads `team,period,hours` or `team,period,fte,paid_hours_per_fte,shrinkage`, columns in any order; with the columns of both, every
 * row fills one form and leaves the cells of the other empty. Where some teams have a headcount, `fte` may be empty or missing.
 *
 * Numbers have a decimal point, or a comma where that is declared, and no thousands separators; what could be read in two ways is
 * a fault, never a guess.
 * All faults are reported at once. A file with only a header is an empty table.
 */
export function readCapacityCsv(bytes: Uint8Array, source: CsvSource): CsvTable<CapacityRow> {
  if (source.hasPeople) {
    return readTable(bytes, source, capacityWithPeople, (line, id, period, numbers): CapacityRow => {
      if (numbers.length === 1) return { line, id, entry: { period, hours: numbers[0] } };
      const [paidHoursPerFte, shrinkage, fte] = numbers as number[];
      const each = { paidHoursPerFte, shrinkage };
      return { line, id, entry: numbers.length === 2 ? { period, ...each } : { period, fte, ...each } };
    });
  }
  return readTable(bytes, source, capacity, (line, id, period, numbers): CapacityRow => {
    if (numbers.length === 1) return { line, id, entry: { period, hours: numbers[0] } };
    const [fte, paidHoursPerFte, shrinkage] = numbers as number[];
    return { line, id, entry: { period, fte, paidHoursPerFte, shrinkage } };
  });
}

/** Reads `workflow,period,hours` or `workflow,period,contacts,aht_seconds`, under the same rules as capacity. */
export function readDemandCsv(bytes: Uint8Array, source: CsvSource): CsvTable<DemandRow> {
  return readTable(bytes, source, demand, (line, id, period, numbers): DemandRow => {
    const [first, ahtSeconds] = numbers as number[];
    if (numbers.length === 1) return { line, id, entry: { period, hours: first } };
    return { line, id, entry: { period, contacts: first, ahtSeconds } };
  });
}
