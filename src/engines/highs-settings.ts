/** Tighter than the engine's 1e-7, so that its answer passes the certificate's 1e-6 with room to spare. */
export const FEASIBILITY_TOLERANCE = 1e-9;

/** What the engine's random numbers begin with in every run: the same program has the same answer each time. */
export const RANDOM_SEED = 0;

/** Options that every run has. */
export const EVERY_RUN = {
  output_flag: false,
  random_seed: RANDOM_SEED,
  primal_feasibility_tolerance: FEASIBILITY_TOLERANCE,
  dual_feasibility_tolerance: FEASIBILITY_TOLERANCE,
} as const;

/** The engine's own default for limits on iterations. */
export const NO_LIMIT = 2 ** 31 - 1;
