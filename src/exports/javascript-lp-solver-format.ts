import { type LinearProgram, rightHandSide, senseOfRow } from '../../models/linear-program.ts';
import { columnName, CONSTANT_NAME, rowName } from './program-key.ts';

/** A program as the library `javascript-lp-solver` takes it: every column ≥ 0, those in `binaries` 0 or 1. */
export interface JavascriptLpSolverModel {
  readonly optimize: string;
  readonly opType: 'min';
  readonly constraints: Readonly<Record<string, { min: number } | { max: number } | { equal: number }>>;
  readonly variables: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly binaries?: Readonly<Record<string, 1>>;
  readonly options: { readonly presolve: false };
}

const LIMIT = { '<=': 'max', '>=': 'min', '=': 'equal' } as const;

/** The name of the objective; no column or row has it. */
const OBJECTIVE = 'cost';

/**
 * The program as the library's JSON model. Its names are opaque, because the library writes its own results under
 * `feasible`, `bounded` and `result`: a variable of that name would overwrite them.
 */
export function javascriptLpSolverModel(program: LinearProgram): JavascriptLpSolverModel {
  const variables = program.columns.map((_, column): [string, Record<string, number>] => [
    columnName(column),
    { [OBJECTIVE]: program.cost[column] },
  ]);
  const constraints = program.rows.map((_, row) => {
    for (let i = program.rowStart[row]; i < program.rowStart[row + 1]; i += 1) {
      variables[program.columnIndex[i]][1][rowName(row)] = program.coefficient[i];
    }
    return [rowName(row), { [LIMIT[senseOfRow(program, row)]]: rightHandSide(program, row) }];
  });
  const binaries = program.columns.flatMap((_, column) =>
    program.isBinary[column] ? [[columnName(column), 1]] : [],
  );
  return {
    optimize: OBJECTIVE,
    opType: 'min',
    constraints: Object.fromEntries(constraints) as JavascriptLpSolverModel['constraints'],
    variables: Object.fromEntries(variables),
    ...(binaries.length > 0 && { binaries: Object.fromEntries(binaries) as Record<string, 1> }),
    // Its presolve makes nothing smaller, but takes 1e10 for infinity and sets the cost of what it fixes to 0.
    options: { presolve: false },
  };
}

/**
 * Writes a program as the library's JSON model.
 *
 * `constant` is money owed whatever the plan does; it enters as a column fixed at 1.
 */
export function writeJavascriptLpSolver(program: LinearProgram, constant: number): string {
  const model = javascriptLpSolverModel(program);
  const hasConstant = constant !== 0 || program.columns.length === 0;
  const whole: JavascriptLpSolverModel = hasConstant
    ? {
        ...model,
        constraints: { ...model.constraints, [CONSTANT_NAME]: { equal: 1 } },
        variables: { ...model.variables, [CONSTANT_NAME]: { [OBJECTIVE]: constant, [CONSTANT_NAME]: 1 } },
      }
    : model;
  return `${JSON.stringify(whole, null, 1)}\n`;
}
