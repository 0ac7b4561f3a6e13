import { relaxationOf } from '../constraints/index.ts';
import { demand } from '../constraints/demand.ts';
import { namesOf } from '../constraint-family.ts';
import { formatMoney, formatQuantity } from '../number-text.ts';
import type { Repair, RepairedLimit } from '../diagnosis.ts';
import type { PlanningData } from '../planning-data.ts';
import type { ChangeUnit, LimitChange, Relaxation, RepairKind } from '../relaxation.ts';
import type { Relief } from './elastic-program.ts';

/** A change with its words, as the API gives it. */
export function repairedLimit(data: PlanningData, relief: Relief, change: LimitChange): RepairedLimit {
  const { kind, family, limit } = relief;
  const { unit, from, to, amount, patch } = change;
  const text = (value: number) => quantityText(value, unit);
  const words = { ...namesOf(data), unit, by: text(Math.abs(to - from)), from: text(from), to: text(to) };
  const sentence = relaxationOf(family).inWords(limit, words);
  return { kind, family, subject: limit, unit, from, to, amount, patch, sentence };
}

function quantityText(value: number, unit: ChangeUnit): string {
  if (unit === 'money') return formatMoney(value);
  return unit === 'share' ? `${formatQuantity(value * 100)} %` : formatQuantity(value);
}

const MOST_NAMED = 6;

/** What a repair does and what the plan costs then. */
export function repairSentence(
  data: PlanningData,
  reliefs: readonly Relief[],
  changes: readonly RepairedLimit[],
  totalCost: number,
): string {
  const named = changes.slice(0, MOST_NAMED).map(({ sentence }) => sentence);
  const more = changes.length - named.length;
  const list = `${named.join('; ')}${more > 0 ? `; and ${more} more ${more === 1 ? 'change' : 'changes'}` : ''}`;
  const isUnserved = changes.some(({ kind }) => kind === 'accepted-shortfall');
  const penalty = isUnserved ? ', with no penalty for the work that is not served' : '';
  return `${offerOf(reliefs)}: ${list}. The plan then costs ${formatMoney(totalCost)} ${data.currency}${penalty}.`;
}

/** That kinds of change do not suffice, and what is in the way however far they go. */
export function insufficientSentence(
  reliefs: readonly Relief[],
  stillInTheWay: NonNullable<Repair['stillInTheWay']>,
): string {
  const labels = stillInTheWay.slice(0, MOST_NAMED).map(({ label }) => label);
  const more = stillInTheWay.length - labels.length;
  const isOnlyDemand =
    stillInTheWay.length > 0 && stillInTheWay.every(({ family }) => family === demand.name);
  if (isOnlyDemand)
    return `Not enough: ${lowerFirst(offerOf(reliefs))}. What is in the way is who may take the work (${labels.join('; ')}), and no repair changes that.`;
  const list = `${labels.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
  const rest =
    labels.length > 1
      ? ` However far that goes, these cannot all hold: ${list}.`
      : ` However far that goes, this is in the way: ${labels.length === 1 ? list : 'the yes/no choices'}.`;
  return `Not enough: ${lowerFirst(offerOf(reliefs))}.${rest}`;
}

/** "More hours at teams and a higher budget". */
function offerOf(reliefs: readonly Relief[]): string {
  const offers = new Set(reliefs.map(({ family }) => relaxationOf(family).offer));
  return [...offers].map((offer, i) => (i === 0 ? offer : lowerFirst(offer))).join(' and ');
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** The unit in which the amounts of a kind add up. */
export function unitOfKind(reliefs: readonly Relief[], kind: RepairKind): Relaxation['unit'] {
  return relaxationOf(reliefs.find((relief) => relief.kind === kind)!.family).unit;
}
