/** `-0` reads as 0. */
export function plainZero(value: number): number {
  return value + 0;
}
