import type { Names } from '../constraint-family.ts';
import type { Requirement } from '../explanation.ts';
import type { IneligibilityReason } from '../planning-data.ts';

/** A workflow and a team that a rule keeps apart, by id. */
export interface KeptApart {
  readonly workflow: string;
  readonly team: string;
  readonly site: string;
}

/** A rule that keeps a workflow from a team, with what would satisfy it; prohibitions are facts, and nothing is offered. */
export function requirementOf(
  { rule, needed, has }: IneligibilityReason,
  { workflow, team, site }: KeptApart,
  names: Names,
): Requirement {
  const [work, people, place] = [names.workflow(workflow), names.team(team), names.site(site)];
  switch (rule) {
    case 'skill': {
      const words = missingWords(needed, has);
      const sentence = `${people} would need the ${plural('skill', words)} ${words.join(', ')}`;
      return { rule, sentence, satisfiedBy: { kind: rule, team, words } };
    }
    case 'control': {
      const words = missingWords(needed, has);
      const sentence = `${place} would need the ${plural('control', words)} ${words.join(', ')}`;
      return { rule, sentence, satisfiedBy: { kind: rule, site, words } };
    }
    case 'security-tier': {
      const level = needed as number;
      const sentence = `${place} would need security tier ${level} (has ${String(has)})`;
      return { rule, sentence, satisfiedBy: { kind: rule, site, level } };
    }
    case 'complexity': {
      const level = needed as number;
      const sentence = `${people} would need to take complexity ${level} (takes ${String(has)})`;
      return { rule, sentence, satisfiedBy: { kind: rule, team, level } };
    }
    case 'country':
      return countryRequirement(needed, has, { workflow, work, place });
    case 'not-allowed':
      return { rule, sentence: 'it is explicitly forbidden' };
  }
}

function countryRequirement(
  needed: IneligibilityReason['needed'],
  has: IneligibilityReason['has'],
  { workflow, work, place }: { workflow: string; work: string; place: string },
): Requirement {
  const rule = 'country';
  if (typeof needed === 'object' && 'not' in needed) {
    const denied = `${work} may not be seen from ${needed.not.join(', ')}`;
    return { rule, sentence: has === null ? `${place} names no country, and ${denied}` : denied };
  }
  const allowed = (needed as readonly string[]).join(', ') || 'nowhere';
  if (typeof has !== 'string')
    return { rule, sentence: `${place} names no country, and ${work} may be seen from ${allowed} only` };
  const sentence = `${work} would have to allow ${has} (allows ${allowed})`;
  return { rule, sentence, satisfiedBy: { kind: rule, workflow, words: [has] } };
}

function missingWords(needed: IneligibilityReason['needed'], has: IneligibilityReason['has']): string[] {
  const known = new Set(has as readonly string[]);
  return (needed as readonly string[]).filter((word) => !known.has(word));
}

function plural(word: string, items: readonly string[]): string {
  return items.length > 1 ? `${word}s` : word;
}
