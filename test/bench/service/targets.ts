/** What a figure is to be. */
export interface Target {
  /** The figure's name among those measured. */
  readonly figure: string;
  readonly unit: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** The figure beside it, from the same run. */
  readonly yardstick?: string;
  /** Where the ratio to the yardstick is this much, the target is met too. */
  readonly orRatioAtLeast?: number;
  /** Where the ratio is what is asked for. */
  readonly ratioAtLeast?: number;
}

/** All targets, in the order of the table. A figure without a bound is reported only. */
export const TARGETS: readonly Target[] = [
  { figure: 'reads', unit: '/s', atLeast: 1500, yardstick: 'empty route' },
  { figure: 'reads, p99', unit: 'ms', atMost: 50, yardstick: 'empty route, p99' },
  { figure: 'reads, processor', unit: 'µs', yardstick: 'empty route, processor' },
  { figure: 'reads while solving', unit: '/s', atLeast: 600, yardstick: 'empty route while solving' },
  {
    figure: 'reads while solving, p99',
    unit: 'ms',
    atMost: 100,
    yardstick: 'empty route while solving, p99',
  },
  { figure: 'submissions', unit: '/s', atLeast: 300, yardstick: 'bare fdatasync', orRatioAtLeast: 0.8 },
  { figure: 'submissions, p99', unit: 'ms' },
  { figure: 'bare SQLite commits', unit: '/s', yardstick: 'bare fdatasync' },
  { figure: 'solves', unit: '/s', atLeast: 25 },
  { figure: 'kept plans', unit: '/s', atLeast: 25, yardstick: 'solves' },
  { figure: 'kept plan at 5/s, p95', unit: 'ms', atMost: 400 },
  { figure: 'cancel, p99', unit: 'ms', atMost: 250 },
  { figure: 'cancelled process gone, p99', unit: 'ms', atMost: 250 },
  { figure: 'import, seconds', unit: 's', atMost: 20 },
  { figure: 'import, memory', unit: 'MB', atMost: 200 },
  { figure: 'import, memory of the service alone', unit: 'MB' },
  { figure: 'import, event loop p99', unit: 'ms', atMost: 50 },
  { figure: 'import, event loop longest', unit: 'ms' },
  { figure: 'import over another, seconds', unit: 's', atMost: 20 },
  { figure: 'import over another, memory', unit: 'MB', atMost: 200 },
  { figure: 'import over another, memory of the service alone', unit: 'MB' },
  { figure: 'import over another, event loop p99', unit: 'ms', atMost: 50 },
  { figure: 'import over another, event loop longest', unit: 'ms' },
  { figure: 'cold start', unit: 'ms', atMost: 1500, yardstick: 'bare server, start' },
  { figure: 'solves under overload', unit: '/s', yardstick: 'solves, peak', ratioAtLeast: 0.9 },
  { figure: 'refusals, p99', unit: 'ms', atMost: 20 },
  { figure: 'recovery, seconds', unit: 's', atMost: 5 },
];
