import { namesOf } from '../constraint-family.ts';
import type { BracketKey, ChoiceKey } from '../linear-program.ts';
import { formatMoney } from '../number-text.ts';
import type { PlanningData } from '../planning-data.ts';

/** A choice that can be made the other way by itself: of brackets another one would have to be named. */
export type FlippableKey = Exclude<ChoiceKey, BracketKey>;

/** What making a choice the other way costs: "Closing Manila costs 1,200.00 USD more: the best plan without it costs 9,200.00 USD." */
export function flipSentence(
  data: PlanningData,
  choice: FlippableKey,
  taken: boolean,
  change: number | null,
  totalCost: number | null,
): string {
  const what = flipName(data, choice, taken);
  if (change === null || totalCost === null) return `${what}: then there is no plan.`;
  const money = `${formatMoney(Math.abs(change))} ${data.currency}`;
  const total = `the best plan then costs ${formatMoney(totalCost)} ${data.currency}`;
  if (formatMoney(Math.abs(change)) === formatMoney(0)) return `${what} costs nothing more: ${total}.`;
  return `${what} ${change > 0 ? `costs ${money} more` : `saves ${money}`}: ${total}.`;
}

function flipName(data: PlanningData, choice: FlippableKey, taken: boolean): string {
  const names = namesOf(data);
  if (choice.kind === 'class' || choice.kind === 'class-digit') {
    const period = data.periods[choice.period].id;
    const team = names.team(data.teams[choice.team].id);
    return taken ? `Hiring nobody for ${team} in ${period}` : `Beginning a class of ${team} in ${period}`;
  }
  const site = names.site(data.sites[choice.site].id);
  if (choice.kind === 'site-open') return `${taken ? 'Closing' : 'Opening'} ${site}`;
  const workflow = names.workflow(data.workflows[choice.workflow].id);
  const when = choice.kind === 'workflow-at-site-in-period' ? ` in ${data.periods[choice.period].id}` : '';
  return taken ? `Taking ${workflow} away from ${site}${when}` : `Having ${workflow} at ${site}${when}`;
}
