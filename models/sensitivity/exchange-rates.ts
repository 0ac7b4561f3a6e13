import type { LinearProgram } from '../linear-program.ts';
import { formatMoney } from '../number-text.ts';
import type { ExchangeRateReport, PlanBill } from '../plan.ts';
import type { PlanningData } from '../planning-data.ts';

/**
 * What a higher exchange rate would cost: for every period of a contract in another currency, the derivative of the plan's cost.
 *
 * A cheapest plan that stays pays the higher rate on what it spends, and budgets have so much less for all else. Where another plan is then cheaper, it costs less than that.
 */
export function exchangeRateReports(
  { currency: home, contracts, vendors }: PlanningData,
  { rows }: LinearProgram,
  rowPrice: Float64Array,
  bills: readonly PlanBill[],
): ExchangeRateReport[] {
  const currencyOf = new Map(
    contracts.map(({ vendor, contract }) => [vendors[vendor], contract.currency ?? home]),
  );
  const budgetPrice = (period: string) =>
    rows.reduce(
      (sum, { family, subject }, row) =>
        family === 'budget' && (subject.period ?? period) === period ? sum + rowPrice[row] : sum,
      0,
    );
  return bills.flatMap(({ vendor, period, exchangeRate, total }) => {
    const currency = currencyOf.get(vendor)!;
    if (currency === home) return [];
    const costOfOnePercentMore = 0.01 * exchangeRate * total * (1 - budgetPrice(period));
    const money = `${formatMoney(Math.abs(costOfOnePercentMore))} ${home}`;
    const sentence = `With ${currency} 1 % dearer in ${period} the plan would ${costOfOnePercentMore < 0 ? 'save' : 'cost'} ${money}${costOfOnePercentMore < 0 ? '' : ' more'} at most: ${vendor} bills ${formatMoney(total)} ${currency}.`;
    return [{ vendor, period, currency, exchangeRate, spend: total, costOfOnePercentMore, sentence }];
  });
}
