/** Numbers as people read them in sentences and tables; the API's own numbers are never rounded. */

const cents = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const significant = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 2 });
const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** Money in cents, half-up; an amount below a cent keeps two significant digits instead of turning into 0.00. */
export function formatMoney(amount: number): string {
  return amount !== 0 && Math.abs(amount) < 0.01 ? significant.format(amount) : cents.format(amount);
}

/** Hours or people with at most one decimal; a tiny amount keeps two significant digits. */
export function formatQuantity(amount: number): string {
  return amount !== 0 && Math.abs(amount) < 0.1 ? significant.format(amount) : plain.format(amount);
}
