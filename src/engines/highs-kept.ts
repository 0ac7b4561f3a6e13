import type { Basis as HighsBasis, Highs, Model } from 'highs';
import { type ProgramChange, withChange } from '../../models/changed-program.ts';
import { hasChoices } from '../../models/choices.ts';
import { type Basis, type LinearProgram, rightHandSide } from '../../models/linear-program.ts';
import { type Engine, type EngineAnswer, EngineError, type KeptOptions, type KeptProgram } from './engine.ts';
import { infeasibleAnswer, optimalAnswer } from './highs-answers.ts';
import { withoutEngineText } from './highs-errors.ts';
import { modelDataOf } from './highs-model.ts';
import { EVERY_RUN } from './highs-settings.ts';
import { answerAtSight, refuseUnusableChange, refuseUnusableNumbers } from './plain-programs.ts';
import { scaleProgram, type Scaling } from './scaling.ts';

/**
 * Options of a run from an optimal basis. Without presolve, which has no use for one, and without scaling, which the engine undoes
 * and checks after every run. Exact weights of the edges cost more to set up than the few iterations save with them.
 */
const FROM_BASIS = {
  ...EVERY_RUN,
  solver: 'simplex',
  presolve: 'off',
  simplex_scale_strategy: 0,
  /** Devex. */
  simplex_dual_edge_weight_strategy: 1,
} as const;

/**
 * A program as a model that stays. `iterations` from the basis are enough for what differs little; whatever takes more, or ends in
 * a state that needs a second look, is solved anew by `solve`.
 *
 * Most of a question at 14k columns is the run itself, 2.6 ms even where it changes nothing; iterations begin at another 2 ms,
 * giving the basis back takes 1 ms, reading the answer less than 0.1 (`test/bench/README.md`).
 */
export function keepInHighs(
  highs: Highs,
  program: LinearProgram,
  basis: Basis,
  iterations: number,
  solve: Engine['solve'],
): KeptProgram {
  refuseUnusableNumbers(program);
  if (hasChoices(program)) throw new EngineError('A program with choices cannot be kept.');
  if (answerAtSight(program)) return keptAtSight(program);
  return new KeptModel(highs, program, basis, iterations, solve);
}

class KeptModel implements KeptProgram {
  readonly #highs: Highs;
  readonly #program: LinearProgram;
  readonly #scaling: Scaling;
  readonly #model: Model;
  readonly #start: HighsBasis;
  readonly #iterations: number;
  readonly #solve: Engine['solve'];
  /** After a throw the engine's memory is lost as a whole, and so is its process. */
  #isLost = false;

  constructor(
    highs: Highs,
    program: LinearProgram,
    basis: Basis,
    iterations: number,
    solve: Engine['solve'],
  ) {
    this.#highs = highs;
    this.#program = program;
    this.#scaling = scaleProgram(program);
    this.#model = highs.createModel(modelDataOf(highs, this.#scaling.program));
    this.#start = highsBasis(highs, basis);
    this.#model.setBasis(this.#start);
    this.#iterations = iterations;
    this.#solve = solve;
  }

  solveWith(change: ProgramChange, options: KeptOptions): EngineAnswer {
    refuseUnusableChange(change);
    const began = performance.now();
    this.#isLost = true;
    const answer = withoutEngineText(() => this.#answerWith(this.#scaling.scale(change), options));
    this.#isLost = false;
    if (answer) return this.#scaling.unscale(answer);
    const timeLimitSeconds = Math.max(0, options.timeLimitSeconds - (performance.now() - began) / 1000);
    return this.#solve(withChange(this.#program, change), { ...options, timeLimitSeconds });
  }

  end(): void {
    if (!this.#isLost) this.#model.dispose();
  }

  #answerWith(change: ProgramChange, options: KeptOptions): EngineAnswer | undefined {
    const [model, program] = [this.#model, this.#scaling.program];
    applyChange(model, program, change);
    const answer = answerFromBasis(this.#highs, model, this.#iterations, options);
    // A run without an iteration leaves the basis as it was, and its factors with it.
    const isMoved = options.ranges || answer?.status !== 'optimal' || iterationsOf(model) > 0;
    applyChange(model, program, originalOf(program, change));
    if (isMoved) model.setBasis(this.#start);
    return answer;
  }
}

/** A program without columns or rows, which the engine does not take. */
function keptAtSight(program: LinearProgram): KeptProgram {
  return {
    solveWith: (change) => {
      refuseUnusableChange(change);
      return answerAtSight(withChange(program, change))!;
    },
    end: () => {},
  };
}

function highsBasis(highs: Highs, { isBasicColumn, isBasicRow }: Basis): HighsBasis {
  const { basic, nonbasic } = highs.constants.basisStatus;
  const statusOf = (isBasic: number) => (isBasic ? basic : nonbasic);
  return {
    colStatus: Int32Array.from(isBasicColumn, statusOf),
    rowStatus: Int32Array.from(isBasicRow, statusOf),
  };
}

/** Writes the numbers of a change into the model; `program` says on which sides a row has limits. */
function applyChange(
  model: Model,
  { rowLower, rowUpper }: LinearProgram,
  { rightHandSides = [], costs = [] }: ProgramChange,
): void {
  for (const { row, value } of rightHandSides) {
    const [isAtLeast, isAtMost] = [Number.isFinite(rowLower[row]), Number.isFinite(rowUpper[row])];
    model.changeRowBounds(row, isAtLeast ? value : rowLower[row], isAtMost ? value : rowUpper[row]);
  }
  for (const { column, value } of costs) model.changeColCost(column, value);
}

/** The change that takes a change back. */
function originalOf(
  program: LinearProgram,
  { rightHandSides = [], costs = [] }: ProgramChange,
): ProgramChange {
  return {
    rightHandSides: rightHandSides.map(({ row }) => ({ row, value: rightHandSide(program, row) })),
    costs: costs.map(({ column }) => ({ column, value: program.cost[column] })),
  };
}

/** What the model comes to from its basis; undefined where it comes to nothing, or to what needs a second look. */
function answerFromBasis(
  highs: Highs,
  model: Model,
  iterations: number,
  options: KeptOptions,
): EngineAnswer | undefined {
  const status = highs.constants.modelStatus;
  model.zeroAllClocks();
  model.options.set({
    ...FROM_BASIS,
    time_limit: options.timeLimitSeconds,
    simplex_iteration_limit: iterations,
  });
  switch (model.run().modelStatus) {
    case status.optimal:
      return optimalAnswer(highs, model, options);
    case status.infeasible:
      return infeasibleAnswer(highs, model);
    case status.timeLimit:
      return { status: 'time-limit' };
    default:
      return undefined;
  }
}

function iterationsOf(model: Model): number {
  return Number(model.info.get('simplex_iteration_count'));
}
