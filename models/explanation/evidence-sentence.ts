import type { Names } from '../constraint-family.ts';
import type { Evidence, EvidenceWorth } from '../explanation.ts';
import { formatMoney, formatQuantity } from '../number-text.ts';

/** "Skills de, fr at Manila EN", "Security tier 4 at Manila", "PH allowed for Appeals". */
export function evidenceLabel(
  { kind, team, site, workflow, words = [], level }: Evidence,
  names: Names,
): string {
  const list = words.join(', ');
  switch (kind) {
    case 'skill':
      return `Skill${words.length > 1 ? 's' : ''} ${list} at ${names.team(team)}`;
    case 'control':
      return `Control${words.length > 1 ? 's' : ''} ${list} at ${names.site(site)}`;
    case 'security-tier':
      return `Security tier ${String(level)} at ${names.site(site)}`;
    case 'complexity':
      return `Complexity ${String(level)} at ${names.team(team)}`;
    case 'country':
      return `${list} allowed for ${names.workflow(workflow)}`;
  }
}

/** What a change of evidence would be worth, in a sentence that can be repeated in a meeting. */
export function worthSentence(line: Omit<EvidenceWorth, 'sentence'>, names: Names): string {
  const { label, worth, worthAtLeast, worthAtMost, firstHourSaving, opens, placed = [], provenBy } = line;
  const { unavailable } = line;
  const money = (amount: number) => `${formatMoney(amount)} ${names.currency}`;
  if (unavailable !== undefined) return `${label}: ${unavailable}`;
  if (worth === undefined) {
    const most = worthAtMost === undefined ? '' : `at most ${money(worthAtMost)}; `;
    return `${label}: ${most}the time did not suffice to solve the plan with it.`;
  }
  if (provenBy === 'prices')
    return `${label} would be worth nothing: at the plan's prices no hour of ${workOf(opens, names)} would save anything there.`;
  // Only yes/no choices leave a gap, and then the worth lies somewhere within it.
  const isOpen =
    worthAtLeast !== undefined && formatMoney(worthAtLeast) !== formatMoney(worthAtMost ?? worth);
  if (worth === 0)
    return isOpen
      ? `${label}: no saving was found; the gap of the yes/no choices leaves room for ${money(worthAtMost ?? 0)} at most.`
      : `${label} would be worth nothing: the plan with it costs the same.`;
  const between = isOpen
    ? ` (at least ${formatMoney(worthAtLeast)}, at most ${formatMoney(worthAtMost ?? worth)}: the yes/no choices leave a gap)`
    : '';
  const hours = placed.reduce((sum, each) => sum + each.hours, 0);
  const first =
    firstHourSaving === undefined ? '' : ` The first hour would save up to ${money(firstHourSaving)}.`;
  return `${label} would save ${money(worth)}${between}: ${formatQuantity(hours)} hours of ${workOf(placed, names)} would be placed by it.${first}`;
}

const MOST_NAMED = 3;

function workOf(lines: readonly { readonly workflow: string }[], names: Names): string {
  const workflows = [...new Set(lines.map(({ workflow }) => workflow))];
  const named = workflows.slice(0, MOST_NAMED).map((id) => names.workflow(id));
  const more = workflows.length - named.length;
  return named.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
