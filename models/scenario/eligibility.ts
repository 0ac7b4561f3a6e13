import type { IneligibilityReason } from '../planning-data.ts';
import type { ScenarioSite, ScenarioTeam, ScenarioWorkflow } from './schema.ts';

/**
 * Who may do what. Law and capability, never a penalty: an ineligible placement gets no column at all.
 *
 * Words (skills, controls, countries) are compared after Unicode normalisation.
 */

/** What of a workflow decides where it may go, prepared once for all teams. */
export interface WorkflowNeeds {
  readonly skills: readonly string[];
  readonly controls: readonly string[];
  readonly securityTier: number;
  readonly complexity: number;
  /** Absent = any country. */
  readonly allowedCountries?: readonly string[];
  readonly deniedCountries: readonly string[];
}

/** What a team and its site bring. */
export interface TeamOffer {
  readonly skills: readonly string[];
  /** Skills in which its people may be trained besides; one of them may stand in for one that it lacks. */
  readonly secondSkills: readonly string[];
  readonly controls: readonly string[];
  readonly securityTier: number;
  /** Absent = any complexity. */
  readonly maxComplexity?: number;
  readonly country: string | null;
}

export function needsOf(workflow: ScenarioWorkflow): WorkflowNeeds {
  return {
    skills: sortedWords(workflow.skills),
    controls: sortedWords(workflow.controls),
    securityTier: workflow.securityTier ?? 1,
    complexity: workflow.complexity ?? 1,
    ...(workflow.allowedCountries && { allowedCountries: sortedWords(workflow.allowedCountries) }),
    deniedCountries: sortedWords(workflow.deniedCountries),
  };
}

export function offerOf(team: ScenarioTeam, site: ScenarioSite): TeamOffer {
  return {
    skills: sortedWords(team.skills),
    secondSkills: sortedWords(team.headcount?.crossTraining?.map(({ skill }) => skill)),
    controls: sortedWords(site.controls),
    securityTier: site.securityTier ?? 1,
    ...(team.maxComplexity !== undefined && { maxComplexity: team.maxComplexity }),
    country: site.country?.normalize() ?? null,
  };
}

/** One rule of eligibility: whether it keeps a workflow from a team, and what to say then. */
interface Rule {
  readonly keepsApart: (needs: WorkflowNeeds, offer: TeamOffer) => boolean;
  readonly reason: (needs: WorkflowNeeds, offer: TeamOffer) => IneligibilityReason;
}

const RULES: readonly Rule[] = [
  {
    keepsApart: (needs, offer) =>
      !hasAll(offer.skills, needs.skills) && secondSkillFor(needs, offer) === undefined,
    reason: (needs, offer) => ({ rule: 'skill', needed: needs.skills, has: offer.skills }),
  },
  {
    keepsApart: (needs, offer) => offer.securityTier < needs.securityTier,
    reason: (needs, offer) => ({
      rule: 'security-tier',
      needed: needs.securityTier,
      has: offer.securityTier,
    }),
  },
  {
    keepsApart: (needs, offer) => !hasAll(offer.controls, needs.controls),
    reason: (needs, offer) => ({ rule: 'control', needed: needs.controls, has: offer.controls }),
  },
  {
    // A site that does not say its country satisfies no list of allowed countries …
    keepsApart: ({ allowedCountries }, { country }) =>
      allowedCountries !== undefined && (country === null || !allowedCountries.includes(country)),
    reason: ({ allowedCountries = [] }, { country }) => ({
      rule: 'country',
      needed: allowedCountries,
      has: country,
    }),
  },
  {
    // … and no prohibition can clear it.
    keepsApart: ({ deniedCountries }, { country }) =>
      deniedCountries.length > 0 && (country === null || deniedCountries.includes(country)),
    reason: ({ deniedCountries }, { country }) => ({
      rule: 'country',
      needed: { not: deniedCountries },
      has: country,
    }),
  },
  {
    keepsApart: (needs, { maxComplexity = Infinity }) => needs.complexity > maxComplexity,
    reason: (needs, { maxComplexity = Infinity }) => ({
      rule: 'complexity',
      needed: needs.complexity,
      has: maxComplexity,
    }),
  },
];

/** Whether no rule keeps the workflow from the team. Asked of every pair, so it makes no lists. */
export function isEligible(needs: WorkflowNeeds, offer: TeamOffer): boolean {
  for (const { keepsApart } of RULES) if (keepsApart(needs, offer)) return false;
  return true;
}

/** Every rule that keeps the workflow from the team; empty where the placement is eligible. */
export function ineligibilityReasons(needs: WorkflowNeeds, offer: TeamOffer): IneligibilityReason[] {
  return RULES.filter(({ keepsApart }) => keepsApart(needs, offer)).map(({ reason }) => reason(needs, offer));
}

/** The second skill with which a team may do the work: the only one that it lacks. Undefined where it lacks none, or others. */
export function secondSkillFor({ skills }: WorkflowNeeds, offer: TeamOffer): string | undefined {
  if (offer.secondSkills.length === 0) return undefined;
  const lacking = skills.filter((skill) => !offer.skills.includes(skill));
  return lacking.length === 1 && offer.secondSkills.includes(lacking[0]) ? lacking[0] : undefined;
}

function hasAll(offered: readonly string[], needed: readonly string[]): boolean {
  for (const word of needed) if (!offered.includes(word)) return false;
  return true;
}

function sortedWords(words: readonly string[] | undefined): string[] {
  return [...new Set((words ?? []).map((word) => word.normalize()))].sort();
}
