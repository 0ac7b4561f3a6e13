/** Numbers as people read them in sentences and tables; the API's own numbers are never rounded. */

const cents = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const significant = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 2 });
const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** Money in cents, half-up; an amount below a cent keeps two significant digits instead of turning into 0.00. */
export function formatMoney(amount: number): string {
  return amount !== 0 && Math.abs(amount) < 0.01 ? significant.format(amount) : cents.format(amount);
}

/** A rate in cents, or with more digits so that there are four of them: a tenth of a cent a contact is money, too. */
export function formatRate(amount: number): string {
  const size = Math.abs(amount);
  if (size === 0 || size >= 10) return formatMoney(amount);
  const maximumFractionDigits = Math.min(20, 3 - Math.floor(Math.log10(size)));
  return amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits });
}

/** Hours or people with at most one decimal; a tiny amount keeps two significant digits. */
export function formatQuantity(amount: number): string {
  return amount !== 0 && Math.abs(amount) < 0.1 ? significant.format(amount) : plain.format(amount);
}

const everyDigit = { maximumFractionDigits: 20 } as const;
const exact = new Intl.NumberFormat('en-US', everyDigit);
const exactCents = new Intl.NumberFormat('en-US', { ...everyDigit, minimumFractionDigits: 2 });
const exactPercent = new Intl.NumberFormat('en-US', { ...everyDigit, style: 'percent' });

/** A number that a user sent, with every digit: two that differ never read the same. */
export function exactQuantity(amount: number): string {
  return exact.format(amount);
}

/** Money that a user sent, with every digit and at least cents. */
export function exactMoney(amount: number): string {
  return exactCents.format(amount);
}

/** A share that a user sent, with every digit: "28 %". */
export function exactShare(share: number): string {
  return exactPercent.format(share).replace('%', ' %');
}
