import { hasChoices } from '../../models/choices.ts';
import { createRequire } from 'node:module';
import solverModule from 'javascript-lp-solver';
import { costOf, type LinearProgram } from '../../models/linear-program.ts';
import { javascriptLpSolverModel } from '../exports/javascript-lp-solver-format.ts';
import { type Engine, type EngineAnswer, EngineError, type SizeLimit } from './engine.ts';
import { answerAtSight, refuseUnusableNumbers } from './plain-programs.ts';
import { scaleProgram } from './scaling.ts';

// The package describes its types as CommonJS, so its ES module's default export looks like a namespace.
const solver = solverModule as unknown as typeof solverModule.default;

/** The library's code does not know its own version. */
const { version } = createRequire(import.meta.url)('javascript-lp-solver/package.json') as {
  readonly version: string;
};

/**
 * Measured on random scenarios, one core. Linear: of 240 programs up to 1.6 million cells none took longer than 0.6 s, of
 * 30 with 4.5 million the slowest took 2.3 s, of 10 with 12 to 20 million 17 s; a shape with much backlog took a second
 * a million. With choices: workflows whole at one site took longer than 10 s in 2 of 120 programs with up to 31 choices,
 * in 7 of 15 with 54; sites to be opened took 0.7 s at most up to 200,000 cells, 12 s with 400,000, and longer than 15 s
 * in 3 of 12 programs with a million.
 */
const SIZE_LIMIT: SizeLimit = { cells: 8_000_000, cellsWithChoices: 250_000, choices: 30 };

/**
 * The second engine: a simplex over a dense tableau, in JavaScript, which shares nothing with HiGHS.
 *
 * It cannot be interrupted: a time limit holds only where its process is killed.
 */
export function javascriptLpSolverEngine(): Engine {
  return {
    name: 'javascript-lp-solver',
    version,
    capabilities: { prices: false, ranges: false, sizeLimit: SIZE_LIMIT },
    solve: solveWithLibrary,
  };
}

function solveWithLibrary(program: LinearProgram): EngineAnswer {
  refuseUnusableNumbers(program);
  const atSight = answerAtSight(program);
  if (atSight) return withoutPrices(atSight);
  const scaling = scaleProgram(program);
  try {
    return scaling.unscale(runModel(scaling.program));
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError(
      `javascript-lp-solver threw ${error instanceof Error ? error.name : 'something that is no error'}.`,
    );
  }
}

function withoutPrices(answer: EngineAnswer): EngineAnswer {
  return answer.status === 'optimal' ? { status: 'optimal', columnValue: answer.columnValue } : answer;
}

function runModel(program: LinearProgram): EngineAnswer {
  const model = new solver.Model().loadJson(javascriptLpSolverModel(program));
  const { feasible, bounded } = model.solve();
  // A program over which it went round in circles is called infeasible; only this tells the difference.
  if (model.messages.length > 0) throw new EngineError('javascript-lp-solver went round in circles.');
  if (!feasible) return { status: 'infeasible' };
  // What is unbounded is called feasible too, and carries numbers.
  if (!bounded) return { status: 'unbounded' };
  const columnValue = unroundedValues(model);
  if (!columnValue.every(Number.isFinite))
    throw new EngineError('javascript-lp-solver answered with a number that is not finite.');
  if (!hasChoices(program)) return { status: 'optimal', columnValue };
  // Its search ends when no branch can be better: then the cost is the bound.
  return { status: 'incumbent', columnValue, bound: costOf(program, columnValue) };
}

/**
 * The values in the tableau: those in the library's result are rounded to 1e-8, which among costs of a million is money.
 *
 * `variables` are in the order of the JSON model's keys, which is that of the columns: no key looks like a number.
 */
function unroundedValues({
  variables,
  tableau: { matrix, width, rhsColumn, rowByVarIndex },
}: InstanceType<typeof solver.Model>): Float64Array {
  return Float64Array.from(variables, ({ index }) => {
    const row = rowByVarIndex[index];
    return row === -1 ? 0 : matrix[row * width + rhsColumn];
  });
}
