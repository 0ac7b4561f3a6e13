import { formatMoney, formatQuantity } from '../../models/number-text.ts';
import type { Plan } from '../../models/plan.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { textTable } from './text-table.ts';

/** What vendors with a contract bill in each period, in their currency and in the scenario's. */
export function billsText(
  { contracts = [], sensitivity }: Plan,
  { contracts: agreed = [], currency }: Scenario,
): string {
  if (contracts.length === 0) return '';
  const currencyOf = new Map(
    agreed.map((contract) => [contract.vendor.normalize(), contract.currency ?? currency]),
  );
  const rows = contracts.map(({ vendor, period, unit, volume, total, cost }) => [
    vendor,
    period,
    `${formatQuantity(volume)} ${unit}`,
    `${formatMoney(total)} ${currencyOf.get(vendor.normalize()) ?? ''}`,
    formatMoney(cost),
  ]);
  const columns = [
    { title: 'Vendor' },
    { title: 'Period' },
    { title: 'Billed', isNumber: true },
    { title: 'Bill', isNumber: true },
    { title: currency, isNumber: true },
  ];
  const priced = sensitivity && !('unavailable' in sensitivity) ? (sensitivity.exchangeRates ?? []) : [];
  const ofRates = priced.map(({ sentence }) => sentence).join('\n');
  return [`Bills by contract\n${textTable(columns, rows)}`, ...(ofRates === '' ? [] : [ofRates])].join(
    '\n\n',
  );
}
