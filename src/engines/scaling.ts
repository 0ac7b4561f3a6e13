import { hasChoices } from '../../models/choices.ts';
import type { ProgramChange } from '../../models/changed-program.ts';
import type { BasisRanges, LinearProgram } from '../../models/linear-program.ts';
import type { EngineAnswer } from './engine.ts';

/**
 * Engines hold limits and costs to absolute tolerances, so a program in billions is solved as one in thousands: hours
 * are divided by one power of two, money by another, and each row by the size of its own coefficients. Powers of two
 * change no digit. Programs of ordinary size are left as they are.
 */
export interface Scaling {
  readonly program: LinearProgram;
  /** Turns a change of the program into the same change of the scaled one. */
  readonly scale: (change: ProgramChange) => ProgramChange;
  /** Turns an answer to the scaled program into one to the program itself. */
  readonly unscale: (answer: EngineAnswer) => EngineAnswer;
}

/** Where the largest size is at least this and at most the bound for its kind, nothing is scaled. */
const LEAST = 2 ** -10;
const MOST_COST = 2 ** 20;
/** A budget is a limit too, and millions are an ordinary budget. */
const MOST_LIMIT = 2 ** 27;

export function scaleProgram(program: LinearProgram): Scaling {
  // A choice is 0 or 1 in any unit: its column cannot be scaled with the hours.
  if (hasChoices(program)) return asItIs(program);
  // Where every coefficient is of ordinary size, so are those of each row.
  const isOrdinary = factorFor(MOST_COST, program.coefficient) === 1;
  const rowFactor = program.rows.map((_, row) =>
    isOrdinary ? 1 : factorFor(MOST_COST, coefficientsOf(program, row)),
  );
  const hourFactor = factorFor(MOST_LIMIT, program.rowLower, program.rowUpper);
  const costFactor = factorFor(MOST_COST, program.cost);
  if (hourFactor === 1 && costFactor === 1 && rowFactor.every((factor) => factor === 1)) {
    return asItIs(program);
  }
  const scaled: LinearProgram = {
    ...program,
    cost: program.cost.map((cost) => cost * costFactor),
    rowLower: program.rowLower.map((limit, row) => limit * hourFactor * rowFactor[row]),
    rowUpper: program.rowUpper.map((limit, row) => limit * hourFactor * rowFactor[row]),
    coefficient: scaledCoefficients(program, rowFactor),
  };
  const factors = { hourFactor, costFactor, rowFactor };
  return {
    program: scaled,
    scale: (change) => scaleChange(change, factors),
    unscale: (answer) => unscale(answer, factors),
  };
}

function asItIs(program: LinearProgram): Scaling {
  return { program, scale: (change) => change, unscale: (answer) => answer };
}

function scaleChange(
  { rightHandSides = [], costs = [] }: ProgramChange,
  { hourFactor, costFactor, rowFactor }: Factors,
): ProgramChange {
  return {
    rightHandSides: rightHandSides.map(({ row, value }) => ({
      row,
      value: value * hourFactor * rowFactor[row],
    })),
    costs: costs.map(({ column, value }) => ({ column, value: value * costFactor })),
  };
}

/**
 * The power of two that brings the middle of the sizes to 1; 1 where all are of ordinary size. The middle, because
 * bringing the largest to 1 would push the smallest below the tolerances.
 */
function factorFor(mostAllowed: number, ...lists: readonly Float64Array[]): number {
  let [least, most] = [Infinity, 0];
  for (const values of lists) {
    for (let i = 0; i < values.length; i += 1) {
      const size = Math.abs(values[i]);
      if (size === 0 || size === Infinity) continue;
      if (size < least) least = size;
      if (size > most) most = size;
    }
  }
  if (most === 0 || (most <= mostAllowed && most >= LEAST)) return 1;
  return 2 ** -Math.round((Math.log2(least) + Math.log2(most)) / 2);
}

function coefficientsOf({ rowStart, coefficient }: LinearProgram, row: number): Float64Array {
  return coefficient.subarray(rowStart[row], rowStart[row + 1]);
}

function scaledCoefficients(
  { rows, rowStart, coefficient }: LinearProgram,
  rowFactor: readonly number[],
): Float64Array {
  const scaled = coefficient.slice();
  rows.forEach((_, row) => {
    for (let i = rowStart[row]; i < rowStart[row + 1]; i += 1) scaled[i] *= rowFactor[row];
  });
  return scaled;
}

interface Factors {
  readonly hourFactor: number;
  readonly costFactor: number;
  readonly rowFactor: readonly number[];
}

function unscale(answer: EngineAnswer, { hourFactor, costFactor, rowFactor }: Factors): EngineAnswer {
  if (answer.status === 'infeasible' && answer.ray) {
    return { ...answer, ray: answer.ray.map((weight, row) => weight * rowFactor[row]) };
  }
  if (answer.status !== 'optimal') return answer;
  const limit = (value: number, row: number) => value / hourFactor / rowFactor[row];
  const cost = (value: number) => value / costFactor;
  const ranges: BasisRanges | undefined = answer.ranges && {
    ...answer.ranges,
    rowDown: answer.ranges.rowDown.map(limit),
    rowUp: answer.ranges.rowUp.map(limit),
    costDown: answer.ranges.costDown.map(cost),
    costUp: answer.ranges.costUp.map(cost),
  };
  return {
    status: 'optimal',
    columnValue: answer.columnValue.map((value) => value / hourFactor),
    ...(answer.rowPrice && {
      rowPrice: answer.rowPrice.map((price, row) => (price / costFactor) * rowFactor[row]),
    }),
    ...(ranges && { ranges }),
  };
}
