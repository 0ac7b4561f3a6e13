import highsModule from 'highs';

// The package describes its one type file as CommonJS, so its ES module's default export looks like a namespace.
const highs = await (highsModule as unknown as typeof highsModule.default)();

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
export function readProgram(text: string, format: 'lp' | 'mps'): ReadProgram {
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
