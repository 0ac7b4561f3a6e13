import type { LinearProgram } from '../../models/linear-program.ts';

/** The columns and rows of one period, as positions in the program. */
export interface PeriodPart {
  readonly columns: Int32Array;
  readonly rows: Int32Array;
}

const NO_PERIOD = -1;

/**
 * A program taken apart by period. What ties periods together is in no part: columns of work that waits, and rows with columns
 * of several periods.
 */
export function periodParts(program: LinearProgram): readonly PeriodPart[] {
  const periodOfColumn = new Int32Array(program.columns.length);
  program.columns.forEach((key, column) => {
    periodOfColumn[column] = key.kind === 'backlog' || !('period' in key) ? NO_PERIOD : key.period;
  });
  const periodOfRow = new Int32Array(program.rows.length);
  for (let row = 0; row < periodOfRow.length; row += 1)
    periodOfRow[row] = onlyPeriod(program, row, periodOfColumn);
  const [columns, rows] = [positionsByPeriod(periodOfColumn), positionsByPeriod(periodOfRow)];
  return Array.from(columns, ([period, ofPeriod]) => ({
    columns: new Int32Array(ofPeriod),
    rows: new Int32Array(rows.get(period) ?? []),
  }));
}

/** The period of a row's columns, as far as they have one; none where they have several. */
function onlyPeriod(
  { rowStart, columnIndex }: LinearProgram,
  row: number,
  periodOfColumn: Int32Array,
): number {
  let only = NO_PERIOD;
  for (let i = rowStart[row]; i < rowStart[row + 1]; i += 1) {
    const period = periodOfColumn[columnIndex[i]];
    if (period === NO_PERIOD) continue;
    if (only !== NO_PERIOD && only !== period) return NO_PERIOD;
    only = period;
  }
  return only;
}

function positionsByPeriod(periods: Int32Array): Map<number, number[]> {
  const positions = new Map<number, number[]>();
  for (let position = 0; position < periods.length; position += 1) {
    const period = periods[position];
    if (period === NO_PERIOD) continue;
    const ofPeriod = positions.get(period);
    if (ofPeriod === undefined) positions.set(period, [position]);
    else ofPeriod.push(position);
  }
  return positions;
}

/** Which of many things are alike but for their period: `groupOf` each, a number below `count`. */
export interface Likeness {
  readonly count: number;
  readonly groupOf: Int32Array;
}

export function alikeColumns({ columns }: LinearProgram): Likeness {
  return likeness(columns, (key) => {
    if (key.kind === 'placement') return key.workflow * MOST_TEAMS + key.team;
    return `${key.kind} ${'workflow' in key ? key.workflow : ''} ${'team' in key ? key.team : ''} ${'skill' in key ? key.skill : ''} ${key.kind === 'billed' ? `${key.vendor} ${key.slice}` : ''}`;
  });
}

/** Rows whose ids make the same text count as alike too: a poorer start, no other answer. */
export function alikeRows({ rows }: LinearProgram): Likeness {
  return likeness(
    rows,
    ({ family, subject: { workflow = '', team = '', skill = '', site = '', vendor = '' } }) =>
      [family, workflow, team, skill, site, vendor].join(' '),
  );
}

/** More teams than a scenario may have. */
const MOST_TEAMS = 2 ** 20;

function likeness<Key>(keys: readonly Key[], sameFor: (key: Key) => string | number): Likeness {
  const groups = new Map<string | number, number>();
  const groupOf = new Int32Array(keys.length);
  keys.forEach((key, i) => {
    const same = sameFor(key);
    const known = groups.get(same);
    if (known === undefined) groups.set(same, groups.size);
    groupOf[i] = known ?? groups.size - 1;
  });
  return { count: groups.size, groupOf };
}
