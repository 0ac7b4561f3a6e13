/** Draws of a long run: `npm run test:long` sets `APPORTION_DRAWS` to as many. */
const LONG_DRAWS = 5000;

/** How many cases a suite takes: `short` of them, or in a long run `long` of them, in proportion to its draws. */
export function caseCount(short: number, long: number): number {
  const draws = process.env.APPORTION_DRAWS;
  return draws === undefined ? short : Math.ceil((long * Number(draws)) / LONG_DRAWS);
}
