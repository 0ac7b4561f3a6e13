/** How long each part takes: the figures of the long form count, the short one holds that they can be taken. */
export interface Effort {
  /** Of each load at full pressure. */
  readonly loadSeconds: number;
  readonly submissions: number;
  readonly solves: number;
  readonly pacedSeconds: number;
  readonly cancels: number;
  readonly rows: number;
  readonly overloadSeconds: number;
}

export const LONG: Effort = {
  loadSeconds: 6,
  submissions: 1900,
  solves: 150,
  pacedSeconds: 20,
  cancels: 200,
  rows: 1_000_000,
  overloadSeconds: 10,
};

export const SHORT: Effort = {
  loadSeconds: 0.5,
  submissions: 100,
  solves: 4,
  pacedSeconds: 1,
  cancels: 2,
  rows: 5000,
  overloadSeconds: 2,
};
