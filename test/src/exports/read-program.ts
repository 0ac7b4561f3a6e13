import highsModule from 'highs';
import solverModule from 'javascript-lp-solver';
import type { ModelFormat } from '../../../src/exports/model-text.ts';

// The package describes its one type file as CommonJS, so its ES module's default export looks like a namespace.
const highs = await (highsModule as unknown as typeof highsModule.default)();

const jsonSolver = solverModule as unknown as typeof solverModule.default;

/** What a reader of an exported program finds in it. */
export interface ReadProgram {
  readonly status: 'optimal' | 'infeasible' | 'other';
  /** The least value of the objective, where there is one. */
  readonly optimum: number;
  /** By the names in the text. */
  readonly costs: Readonly<Record<string, number>>;
  readonly rows: Readonly<Record<string, readonly [lower: number, upper: number]>>;
}

/** Reads an exported program back with a solver's own reader, and solves it. */
export function readProgram(text: string, format: ModelFormat): ReadProgram {
  if (format === 'javascript-lp-solver') return readJsonModel(text);
  return highs.withModel({ format, data: text }, (model): ReadProgram => {
    model.options.set({
      output_flag: false,
      primal_feasibility_tolerance: 1e-9,
      dual_feasibility_tolerance: 1e-9,
    });
    const { colCost, rowLower, rowUpper } = model.getModel();
    const { modelStatus } = model.run();
    const { optimal, infeasible } = highs.constants.modelStatus;
    const costs = Array.from(colCost, (cost, at) => [model.getColName(at), cost] as const);
    const rows = Array.from(
      rowLower,
      (lower, at) => [model.getRowName(at), [lower, rowUpper[at]] as const] as const,
    );
    return {
      status: modelStatus === optimal ? 'optimal' : modelStatus === infeasible ? 'infeasible' : 'other',
      optimum: model.getObjectiveValue(),
      costs: Object.fromEntries(costs),
      rows: Object.fromEntries(rows),
    };
  });
}

/** Takes the JSON as a user of the library would, with nothing but its documented `Solve`. */
function readJsonModel(text: string): ReadProgram {
  const model = JSON.parse(text) as Parameters<typeof jsonSolver.Solve>[0] & JsonModel;
  const rows = Object.entries(model.constraints).map(([name, { equal, min, max }]) => [
    name,
    [equal ?? min ?? -Infinity, equal ?? max ?? Infinity] as const,
  ]);
  const costs = Object.entries(model.variables).map(([name, entries]) => [name, entries[model.optimize]]);
  const { feasible, bounded, result } = jsonSolver.Solve(model) as {
    feasible: boolean;
    bounded: boolean;
    result: number;
  };
  return {
    status: !feasible ? 'infeasible' : bounded ? 'optimal' : 'other',
    optimum: result,
    costs: Object.fromEntries(costs) as ReadProgram['costs'],
    rows: Object.fromEntries(rows) as ReadProgram['rows'],
  };
}

interface JsonModel {
  readonly optimize: string;
  readonly constraints: Readonly<
    Record<string, { readonly equal?: number; readonly min?: number; readonly max?: number }>
  >;
  readonly variables: Readonly<Record<string, Readonly<Record<string, number>>>>;
}
