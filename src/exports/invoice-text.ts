import type { Bills } from '../../models/contracts/bill.ts';
import { exactQuantity, formatMoney } from '../../models/number-text.ts';
import { textTable } from './text-table.ts';

/** A vendor's bills recomputed from what it delivered, as a person checks them: every line with how it came about. */
export function invoiceText(invoices: Bills): string {
  const { vendor, unit, contractCurrency, currency, bills, totalInCurrency } = invoices;
  const isOther = currency !== contractCurrency;
  const rows = bills.flatMap(({ period, volume, lines, rounding, total, exchangeRate, ...bill }) => [
    ...lines.map(({ kind, amount, sentence }) => [period, kind, formatMoney(amount), sentence]),
    ...(rounding === 0 ? [] : [[period, 'rounding', formatMoney(rounding), 'What the lines lack in cents.']]),
    [
      period,
      'total',
      formatMoney(total),
      [
        // Six digits, as in the lines: a sum of what was delivered has noise behind them.
        `${exactQuantity(Number(volume.toFixed(6)))} ${unit}`,
        ...(isOther
          ? [`${formatMoney(bill.totalInCurrency)} ${currency} at ${exactQuantity(exchangeRate)}`]
          : []),
      ].join('; '),
    ],
  ]);
  const columns = [
    { title: 'Period' },
    { title: 'Line' },
    { title: contractCurrency, isNumber: true },
    { title: 'How it came about' },
  ];
  const table = rows.length > 0 ? textTable(columns, rows) : 'Nothing was delivered.';
  return `Bills of ${vendor}\n${table}\n\nTotal ${formatMoney(totalInCurrency)} ${currency}\n`;
}
