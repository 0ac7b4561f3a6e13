import type { Difference, DifferenceKind, DifferenceValue } from '../differences.ts';
import { changeOf, type Pair } from './pairs.ts';

/** A difference that has been found; it is written out only where it is listed. */
export interface Found {
  readonly what: DifferenceKind;
  readonly write: () => Difference;
}

/** A difference with what the scenarios say there; members that are not given are left out. */
export function difference(
  what: DifferenceKind,
  subject: Difference['subject'],
  pair: Pair<DifferenceValue>,
  sentence: string,
  further: { readonly field?: string; readonly change?: Difference['change'] } = {},
): Difference {
  const { field, change = changeOf(pair) } = further;
  return {
    change,
    what,
    subject,
    ...(field !== undefined && { field }),
    ...(pair.from !== undefined && { from: pair.from }),
    ...(pair.to !== undefined && { to: pair.to }),
    sentence,
  };
}

/** "12,000 → 11,000 productive hours": a unit that both have is said once. */
export function arrow(from: Said, to: Said): string {
  if (from.unit === undefined || from.unit === to.unit) return `${from.text} → ${withUnit(to)}`;
  return `${withUnit(from)} → ${withUnit(to)}`;
}

/** What a scenario says in words. */
export interface Said {
  readonly text: string;
  readonly unit?: string | undefined;
}

export function withUnit({ text, unit }: Said): string {
  return unit === undefined ? text : `${text} ${unit}`;
}
