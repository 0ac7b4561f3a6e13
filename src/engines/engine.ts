import type { ProgramChange } from '../../models/changed-program.ts';
import type { Basis, BasisRanges, LinearProgram } from '../../models/linear-program.ts';

/**
 * The port to a solver. An adapter turns a program into its engine's form and the engine's answer into this one; it
 * decides nothing about the product and never lets numbers through that a status does not have.
 */
export interface Engine {
  readonly name: string;
  /** The engine's own version, not its package's. */
  readonly version: string;
  /** The revision of the engine's source that it was built from, where it knows it. */
  readonly build?: string;
  /** What its random numbers begin with, where it draws any. */
  readonly seed?: number;
  readonly capabilities: EngineCapabilities;
  /**
   * Minimises the program. Blocks until the engine answers.
   *
   * Throws `EngineError` where the engine refuses the program or ends in a state that is no answer; after any throw the
   * instance must not be used again.
   */
  solve(program: LinearProgram, options: EngineOptions): EngineAnswer;
  /**
   * Keeps a program without choices ready, to be solved with other limits or costs from an optimal basis of it; absent from an
   * engine that begins anew each time. Throws as `solve` does.
   */
  keep?(program: LinearProgram, basis: Basis): KeptProgram;
}

/** An engine's name with its version. */
export function fullNameOf({ name, version }: Pick<Engine, 'name' | 'version'>): string {
  return `${name} ${version}`;
}

/** A program in the engine's memory, until its end. */
export interface KeptProgram {
  /**
   * Minimises the program with the change, which holds this once: the next question finds the program, and the basis to start from,
   * as they were kept. Throws as `solve` does.
   */
  solveWith(change: ProgramChange, options: KeptOptions): EngineAnswer;
  /** Gives the memory back, after a throw too; once is enough. */
  end(): void;
}

export type KeptOptions = Pick<EngineOptions, 'timeLimitSeconds' | 'ranges'>;

/** What an engine can do beyond finding an optimum; the pipeline asks here and never for a name. */
export interface EngineCapabilities {
  /** Whether an optimum comes with a price for every row, and an infeasible program as a rule with a ray. */
  readonly prices: boolean;
  /** Whether it can say how far right-hand sides and costs may move. */
  readonly ranges: boolean;
  /** The largest program worth giving it; absent where there is no limit. */
  readonly sizeLimit?: SizeLimit;
}

/** Sizes from which on nobody would wait for an engine's answer. A cell is a place in the table of rows and columns. */
export interface SizeLimit {
  readonly cells: number;
  /** The same for a program with choices. */
  readonly cellsWithChoices: number;
  readonly choices: number;
}

export interface EngineOptions {
  readonly timeLimitSeconds: number;
  /** Whether the caller wants the ranges of the optimal basis; programs without choices only. */
  readonly ranges: boolean;
  /** Solve from nothing, with no basis from elsewhere: an answer from one was not proven. */
  readonly afresh?: boolean;
  /** Programs with choices only: a plan to begin with, and a bound below which the cost of no plan lies; a hint, no more. */
  readonly start?: { readonly columnValue: Float64Array; readonly bound: number };
  /** Programs with choices only: is told now and then, a few times a second at most, how far the search is. It must not throw. */
  readonly onSearch?: (found: SearchState) => void;
  /** Relative gap at which the search over choices may end; default 1e-6. */
  readonly mipGap?: number;
}

/** What a search over choices has found so far, in the cost of the program. */
export interface SearchState {
  /** The cost of the best plan so far, where there is one. */
  readonly incumbent?: number;
  /** Below this lies the cost of no plan. */
  readonly bound: number;
}

export type EngineAnswer =
  | {
      readonly status: 'optimal';
      readonly columnValue: Float64Array;
      /** Change of the cost per unit increase of each row's right-hand side; absent from an engine without prices. */
      readonly rowPrice?: Float64Array;
      readonly ranges?: BasisRanges;
    }
  | {
      /** A program with choices: the best plan found, and a bound below which the cost of no plan lies. */
      readonly status: 'incumbent';
      readonly columnValue: Float64Array;
      readonly bound: number;
    }
  | {
      readonly status: 'infeasible';
      /** A Farkas ray, one multiplier a row, or nothing where the engine has none. */
      readonly ray?: Float64Array;
    }
  | { readonly status: 'unbounded' }
  | { readonly status: 'time-limit' };

/** The engine crashed, refused the program or ended in a state that is no answer. Carries no user data. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
}
