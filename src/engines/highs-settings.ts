/** Tighter than the engine's 1e-7, so that its answer passes the certificate's 1e-6 with room to spare. */
export const FEASIBILITY_TOLERANCE = 1e-9;

/** The engine's own default for limits on iterations. */
export const NO_LIMIT = 2 ** 31 - 1;
