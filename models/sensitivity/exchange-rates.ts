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
  const isBudgeted = (period: string) =>
    rows.some(({ family, subject }) => family === 'budget' && (subject.period ?? period) === period);
  return bills.flatMap(({ vendor, period, exchangeRate, total }) => {
    const currency = currencyOf.get(vendor)!;
    if (currency === home) return [];
    const costOfOnePercentMore = 0.01 * exchangeRate * total * (1 - budgetPrice(period));
    const money = `${formatMoney(Math.abs(costOfOnePercentMore))} ${home}`;
    const effect = costOfOnePercentMore < 0 ? `save ${money}` : `cost ${money} more`;
    const because = `${vendor} bills ${formatMoney(total)} ${currency}`;
    // A plan that stays is one that there is, and another may be cheaper; but a budget may not allow it to stay.
    const sentence = isBudgeted(period)
      ? `With ${currency} dearer in ${period} each 1 % would at first ${effect}, as budgets are: ${because}.`
      : `With ${currency} 1 % dearer in ${period} the plan would ${effect} at ${costOfOnePercentMore < 0 ? 'least' : 'most'}: ${because}.`;
    return [{ vendor, period, currency, exchangeRate, spend: total, costOfOnePercentMore, sentence }];
  });
}
