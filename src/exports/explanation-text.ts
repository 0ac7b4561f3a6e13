import type { EligibleExplanation, Explanation, PlacementExplanation } from '../../models/explanation.ts';
import { nearestBreakEven } from '../../models/explanation/placement-sentence.ts';
import { formatMoney, formatQuantity } from '../../models/number-text.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { sheetText } from './sheet-text.ts';
import { steady } from './steady-text.ts';
import { textTable } from './text-table.ts';

/** Of each workflow so many teams that do not have it are shown, where nothing was asked about. */
const MOST_OTHERS = 3;

/** So many sentences are printed below the tables; all stand in the file. */
const MOST_SENTENCES = 40;

/** So many changes of evidence are printed. */
const MOST_EVIDENCE = 10;

/**
 * An explanation as tables a person reads, one a workflow. Where something was asked about (`isAsked`) every line of it is shown, with
 * its sentence; else the teams in use and those that come next. The file of `--out` has everything.
 */
export function explanationText(scenario: Scenario, explanation: Explanation, isAsked: boolean): string {
  const { status, reason, totalCost, currency = '', placements = [], unavailable } = explanation;
  const state = reason === undefined ? status : `${status} (${reason})`;
  const cost = totalCost === undefined ? '' : `, total cost ${formatMoney(totalCost)} ${currency}`;
  const parts = [
    `${scenario.name}: ${state}${cost}`,
    ...(explanation.warnings ?? []).map(({ message }) => `Beware. ${message}`),
    ...(unavailable === undefined ? [] : [unavailable]),
    ...(status === 'infeasible' ? ['There is no plan to explain; apportion solve says why.'] : []),
    ...scenario.workflows.flatMap(({ id, name }) => {
      const own = placements.filter(({ workflow }) => workflow === id);
      return own.length === 0 ? [] : [workflowText(name ?? id, own, scenario, isAsked)];
    }),
    ...(isAsked ? sentencesOf(placements) : []),
    ...worthText(explanation),
    ...(explanation.breakEvenSheets ?? []).map((sheet) =>
      sheetText(sheet, (team) => teamName(scenario, team), currency, isAsked),
    ),
    ...remarksOf(explanation, isAsked),
  ];
  return steady(`${parts.join('\n\n')}\n`);
}

function workflowText(
  name: string,
  own: readonly PlacementExplanation[],
  scenario: Scenario,
  isAsked: boolean,
): string {
  const used = own.filter(({ cause }) => cause === 'used');
  const others = own.filter(({ cause }) => cause !== 'used').sort((a, b) => extraCostOf(a) - extraCostOf(b));
  const shown = isAsked ? others : others.slice(0, MOST_OTHERS);
  const hidden = others.length - shown.length;
  const lines = `${hidden} more ${hidden === 1 ? 'line' : 'lines'}`;
  const more = hidden > 0 ? `\n… and ${lines}; --workflow, --team or --vendor shows them` : '';
  const columns = [
    { title: 'Team' },
    { title: 'Why' },
    { title: 'Periods', isNumber: true },
    { title: 'Hours', isNumber: true },
    { title: `Cost ${scenario.currency}`, isNumber: true },
    { title: 'Limits', isNumber: true },
    { title: 'Dearer by', isNumber: true },
    { title: 'Break-even', isNumber: true },
    { title: 'Moves hours', isNumber: true },
  ];
  const rows = [...used, ...shown].map((line) => rowOf(line, teamName(scenario, line.team)));
  return `${name}, money per workload hour\n${textTable(columns, rows)}${more}`;
}

/** What an hour costs more than elsewhere, at least; the ineligible come last. */
function extraCostOf(line: PlacementExplanation): number {
  if (line.cause === 'ineligible') return Infinity;
  return line.prices.reduce((least, { reducedCost }) => Math.min(least, reducedCost), Number.MAX_VALUE);
}

const WORDS: Readonly<Record<PlacementExplanation['cause'], string>> = {
  ineligible: 'ineligible',
  used: 'used',
  'same-cost': 'same cost',
  'too-dear': 'too dear',
  'no-room': 'no room',
  'held-by-rule': 'held by rule',
};

function rowOf(line: PlacementExplanation, team: string): string[] {
  const periods = formatQuantity(line.periods.length);
  if (line.cause === 'ineligible') {
    const rules = line.requirements.map(({ rule }) => rule).join(', ');
    return [team, `ineligible: ${rules}`, periods, ...Array<string>(6).fill('')];
  }
  const nearest = nearestBreakEven(line.prices)?.breakEven;
  const families = (line.because ?? []).map(({ family }) => family);
  const why = families.length > 0 ? `${WORDS[line.cause]}: ${families.join(', ')}` : WORDS[line.cause];
  return [
    team,
    why,
    periods,
    rangeText(line, ({ hours }) => hours, formatQuantity),
    rangeText(line, ({ costPerDemandHour }) => costPerDemandHour, formatMoney),
    rangeText(line, ({ charges }) => charges.reduce((sum, { perHour }) => sum + perHour, 0), formatMoney),
    rangeText(line, ({ reducedCost }) => reducedCost, formatMoney),
    nearest === undefined ? '' : formatMoney(nearest.costPerDemandHour),
    nearest === undefined ? '' : formatQuantity(nearest.hours),
  ];
}

type PriceLine = EligibleExplanation['prices'][number];

function rangeText(
  { prices }: EligibleExplanation,
  valueOf: (line: PriceLine) => number,
  format: (value: number) => string,
): string {
  if (prices.length === 0) return '–';
  const values = prices.map(valueOf).sort((a, b) => a - b);
  const [least, most] = [format(values[0]), format(values[values.length - 1])];
  return least === most ? least : `${least} to ${most}`;
}

function sentencesOf(placements: readonly PlacementExplanation[]): string[] {
  const sentences = placements.slice(0, MOST_SENTENCES).map(({ sentence }) => `- ${sentence}`);
  const more = placements.length - sentences.length;
  if (sentences.length === 0) return [];
  return [[...sentences, ...(more > 0 ? [`… and ${more} more in the file of --out`] : [])].join('\n')];
}

function worthText({ worth = [], worthNotDone = 0, currency = '' }: Explanation): string[] {
  if (worth.length === 0) return [];
  const gains = worth.flatMap((line) => (line.worth === undefined || line.worth === 0 ? [] : [line]));
  const rows = gains
    .slice(0, MOST_EVIDENCE)
    .map(({ label, worth: saved = 0, placed = [], firstHourSaving }) => [
      label,
      formatMoney(saved),
      formatQuantity(placed.reduce((sum, { hours }) => sum + hours, 0)),
      firstHourSaving === undefined ? '?' : formatMoney(firstHourSaving),
    ]);
  const columns = [
    { title: 'Evidence' },
    { title: `Worth ${currency}`, isNumber: true },
    { title: 'Hours placed', isNumber: true },
    { title: 'First hour saves up to', isNumber: true },
  ];
  const incomplete = worth.filter(({ unavailable }) => unavailable !== undefined).length;
  const counted = (count: number, what: string) => (count > 0 ? [`${areText(count)} ${what}`] : []);
  const rest = [
    ...counted(gains.length - rows.length, 'worth something, too'),
    `${areText(worth.length - gains.length - worthNotDone)} worth nothing`,
    ...counted(incomplete, 'not priced, because the scenario with it is not complete'),
    ...counted(worthNotDone - incomplete, 'not solved: more with --time-limit'),
  ].join(', ');
  const table = rows.length > 0 ? `${textTable(columns, rows)}\n` : '';
  return [
    `What evidence would be worth, over the horizon; nothing is granted by it\n${table}Of ${worth.length} changes of evidence ${rest}.`,
  ];
}

function areText(count: number): string {
  return `${count} ${count === 1 ? 'is' : 'are'}`;
}

function remarksOf(
  { placements, basis, breakEvensConfirmed = 0, breakEvensNotDone = 0, breakEvenSheets = [] }: Explanation,
  isAsked: boolean,
): string[] {
  if (placements === undefined) return [];
  const held = basis === 'choices-fixed' ? " Costs are those with today's yes/no choices." : '';
  const rest =
    breakEvensNotDone > 0
      ? `, ${breakEvensNotDone} left out, for want of time (more with --time-limit) or because a full budget or rounding leaves none that is clear`
      : '';
  const sheets =
    breakEvenSheets.length > 0
      ? [
          `Sheets: one rate changes and all others stay; –: no change from half to one and a half times the rate; ?: ${isAsked ? 'the sentence says why' : 'see --vendor'}.`,
        ]
      : [];
  return [
    ...sheets,
    "Limits: what the limits that an hour there uses add to its cost, less what those it loosens take off, by the plan's prices. Dearer by: cost and limits, less what one more hour of the work costs by these prices.",
    `Break-even: the cost of an hour below which an unused team gets its first hours, or above which a used one loses its first, in the period nearest to it, if this cost alone changes. ${breakEvensConfirmed} confirmed by solving again${rest}.${held}`,
  ];
}

function teamName({ teams }: Scenario, id: string): string {
  return teams.find((team) => team.id === id)?.name ?? id;
}
