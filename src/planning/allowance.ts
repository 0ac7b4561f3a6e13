/** Time for one piece of work after the other. */
export interface Allowance {
  readonly secondsLeft: () => number;
  /** Whether there is time for one more piece that takes as long as the last one did. */
  readonly isEnough: () => boolean;
  /** Does a piece of work, and notes how long it takes. */
  readonly spend: <Result>(work: () => Result) => Result;
}

/** `secondsOfFirst` is what the first piece is expected to take. */
export function allowance(secondsLeft: () => number, secondsOfFirst = 0): Allowance {
  let secondsOfLast = secondsOfFirst;
  return {
    secondsLeft,
    isEnough: () => secondsLeft() > secondsOfLast,
    spend: (work) => {
      const before = secondsLeft();
      const result = work();
      secondsOfLast = before - secondsLeft();
      return result;
    },
  };
}
