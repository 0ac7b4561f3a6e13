import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import glpkModule from 'glpk.js/node';
import highsModule from 'highs';
import javascriptLpSolver from 'javascript-lp-solver';
import { solve as solveWithYalps } from 'yalps';
import { costOf, type LinearProgram, rightHandSide, senseOfRow } from '../../models/linear-program.ts';
import { javascriptLpSolverModel } from '../../src/exports/javascript-lp-solver-format.ts';
import { writeMps } from '../../src/exports/mps-format.ts';

export interface Solved {
  readonly cost: number;
  readonly milliseconds: number;
  /** Programs with choices only: how far from the best at most, relative to the cost. */
  readonly gap?: number;
}

// The package describes its one type file as CommonJS, so its ES module's default export looks like a namespace.
const loadHighs = highsModule as unknown as typeof highsModule.default;

/** The engine itself on the same arrays: its own options, no names, no checks, the solution read and nothing made of it. */
export async function bareHighs(
  settings: { readonly solver?: 'ipm' } = {},
): Promise<(program: LinearProgram, timeLimitSeconds?: number) => Solved> {
  const highs = await loadHighs();
  return (program, timeLimitSeconds = 600) => {
    const began = performance.now();
    const [numCols, numRows] = [program.columns.length, program.rows.length];
    return highs.withModel(
      {
        numCols,
        numRows,
        colCost: program.cost,
        colLower: new Float64Array(numCols),
        colUpper: Float64Array.from(program.isBinary, (isBinary) => (isBinary ? 1 : highs.infinity)),
        ...(program.isBinary.includes(1) && { integrality: Int32Array.from(program.isBinary) }),
        rowLower: program.rowLower,
        rowUpper: program.rowUpper,
        matrix: {
          format: 'csr',
          numRows,
          numCols,
          starts: program.rowStart,
          indices: program.columnIndex,
          values: program.coefficient,
        },
      },
      (model) => {
        model.options.set({ output_flag: false, time_limit: timeLimitSeconds, ...settings });
        model.run();
        const { colValue } = model.getSolution();
        const cost = costOf(program, colValue);
        const milliseconds = performance.now() - began;
        const gap = Number(model.info.get('mip_gap'));
        return { cost, milliseconds, ...(program.isBinary.includes(1) && { gap }) };
      },
    );
  };
}

/** The solvers people would otherwise use, each given the program in its own form; its time is the solve alone. */
export const otherSolvers: Record<string, (program: LinearProgram) => Promise<Solved>> = {
  /** What the product falls back on where simplex loses its way. */
  'highs, interior point': async (program) => (await bareHighs({ solver: 'ipm' }))(program),
  'javascript-lp-solver': (program) => {
    const model = javascriptLpSolverModel(program);
    const solver = javascriptLpSolver as unknown as { Solve(of: object): { result: number } };
    return timed(() => solver.Solve(model).result);
  },
  yalps: (program) => {
    const model = {
      direction: 'minimize',
      objective: 'cost',
      constraints: new Map(constraintsOf(program)),
      variables: new Map(variablesOf(program)),
    } as const;
    return timed(() => solveWithYalps(model, { maxPivots: Infinity }).result);
  },
  'glpk.js': async (program) => {
    const glpk = await glpkModule();
    const types = { '<=': glpk.GLP_UP, '>=': glpk.GLP_LO, '=': glpk.GLP_FX };
    const model = {
      name: 'bench',
      objective: {
        direction: glpk.GLP_MIN,
        name: 'cost',
        vars: Array.from(program.cost, (coef, column) => ({ name: `c${column}`, coef })),
      },
      subjectTo: program.rows.map((_, row) => {
        const limit = rightHandSide(program, row);
        return {
          name: `r${row}`,
          vars: Array.from({ length: program.rowStart[row + 1] - program.rowStart[row] }, (_entry, i) => ({
            name: `c${program.columnIndex[program.rowStart[row] + i]}`,
            coef: program.coefficient[program.rowStart[row] + i],
          })),
          bnds: { type: types[senseOfRow(program, row)], ub: limit, lb: limit },
        };
      }),
    };
    return timed(() => glpk.solve(model, { msglev: glpk.GLP_MSG_OFF, presol: true }).result.z);
  },
  /** Native; reads its program from a file, which counts. */
  clp: async (program) => {
    const folder = mkdtempSync(join(tmpdir(), 'bench-'));
    const file = join(folder, 'program.mps');
    writeFileSync(file, writeMps(program, 0));
    const solved = await timed(() => {
      const { stdout, error } = spawnSync('clp', [file, '-solve'], { encoding: 'utf8' });
      if (error) throw error;
      return Number(/Optimal objective ([-\d.e+]+)/.exec(stdout)?.[1]);
    });
    rmSync(folder, { recursive: true });
    return solved;
  },
};

type Named<Value> = readonly (readonly [name: string, value: Value])[];

function constraintsOf(program: LinearProgram): Named<{ min?: number; max?: number; equal?: number }> {
  const words = { '<=': 'max', '>=': 'min', '=': 'equal' } as const;
  return program.rows.map((_, row) => [
    `r${row}`,
    { [words[senseOfRow(program, row)]]: rightHandSide(program, row) },
  ]);
}

function variablesOf(program: LinearProgram): Named<Named<number>> {
  const entries = Array.from(program.cost, (cost) => [['cost', cost] as readonly [string, number]]);
  program.rows.forEach((_, row) => {
    for (let i = program.rowStart[row]; i < program.rowStart[row + 1]; i += 1)
      entries[program.columnIndex[i]].push([`r${row}`, program.coefficient[i]]);
  });
  return entries.map((of, column) => [`c${column}`, of]);
}

/** The second of two runs, so that nobody pays for being compiled; the first where that took long. */
async function timed(run: () => number | Promise<number>): Promise<Solved> {
  const first = await timedOnce(run);
  return first.milliseconds > 2000 ? first : timedOnce(run);
}

async function timedOnce(run: () => number | Promise<number>): Promise<Solved> {
  const began = performance.now();
  const cost = await run();
  return { cost, milliseconds: performance.now() - began };
}
