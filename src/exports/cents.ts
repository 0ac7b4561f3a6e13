/** Whole cents, half-up. */
export function toCents(amount: number): number {
  return Math.round(Number(amount.toFixed(2)) * 100);
}

/**
 * Amounts in whole cents, each rounded for itself, and what is then missing to the rounded total: amounts and `rounding` add up to
 * what the total is printed as.
 */
export function centsWithRounding(
  amounts: readonly number[],
  total: number,
): { readonly cents: readonly number[]; readonly rounding: number } {
  const cents = amounts.map(toCents);
  return { cents, rounding: toCents(total) - cents.reduce((sum, each) => sum + each, 0) };
}

/**
 * Whole cents, half-up, of an amount that was made of decimal numbers: 0.5 hours at 2.01 are 1.005, and that is 1.01, though the double next to it is a
 * hair smaller.
 */
export function decimalCents(amount: number): number {
  return Math.floor(Number((amount * 100).toPrecision(14)) + 0.5);
}
