/** Tighter than the engine's 1e-7, so that its answer passes the certificate's 1e-6 with room to spare. */
export const FEASIBILITY_TOLERANCE = 1e-9;

/** Options that every run has. */
export const EVERY_RUN = {
  output_flag: false,
  primal_feasibility_tolerance: FEASIBILITY_TOLERANCE,
  dual_feasibility_tolerance: FEASIBILITY_TOLERANCE,
} as const;

/** The engine's own default for limits on iterations. */
export const NO_LIMIT = 2 ** 31 - 1;
