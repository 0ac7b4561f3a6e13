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
