/** What a proof finds on its way. */

/** Everything the certificate allows itself: 1e-6 of a limit's size, or 1e-6 where the limit is below 1. */
export const TOLERANCE = 1e-6;

export interface Finding {
  /** Largest violation of any rule or stated number, relative to max(1, |limit|). */
  worst: number;
  /** What was found wrong, in words; cut where nobody would read on. */
  readonly faults: string[];
}

const MAX_FAULTS = 20;

/** Notes a difference; it is a fault once it is above the tolerance. Words are made for faults alone. */
export function note(finding: Finding, what: () => string, difference: number, limit: number): void {
  // A NaN compares false with everything: it must not pass for a small difference.
  const relative = Number.isFinite(difference) ? difference / Math.max(1, Math.abs(limit)) : Infinity;
  if (relative > finding.worst) finding.worst = relative;
  if (relative > TOLERANCE) refuse(finding, `${what()} is off by ${difference.toPrecision(6)}`);
}

export function refuse(finding: Finding, what: string): void {
  if (finding.faults.length < MAX_FAULTS) finding.faults.push(what);
  if (finding.worst <= TOLERANCE) finding.worst = Infinity;
}
