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
    controls: sortedWords(site.controls),
    securityTier: site.securityTier ?? 1,
    ...(team.maxComplexity !== undefined && { maxComplexity: team.maxComplexity }),
    country: site.country?.normalize() ?? null,
  };
}

/** Every rule that keeps the workflow from the team; empty where the placement is eligible. */
export function ineligibilityReasons(needs: WorkflowNeeds, offer: TeamOffer): IneligibilityReason[] {
  const reasons: IneligibilityReason[] = [];
  if (!needs.skills.every((skill) => offer.skills.includes(skill))) {
    reasons.push({ rule: 'skill', needed: needs.skills, has: offer.skills });
  }
  if (offer.securityTier < needs.securityTier) {
    reasons.push({ rule: 'security-tier', needed: needs.securityTier, has: offer.securityTier });
  }
  if (!needs.controls.every((control) => offer.controls.includes(control))) {
    reasons.push({ rule: 'control', needed: needs.controls, has: offer.controls });
  }
  reasons.push(...countryReasons(needs, offer.country));
  if (offer.maxComplexity !== undefined && needs.complexity > offer.maxComplexity) {
    reasons.push({ rule: 'complexity', needed: needs.complexity, has: offer.maxComplexity });
  }
  return reasons;
}

/** A site that does not say its country satisfies no list of allowed countries, and no prohibition can clear it. */
function countryReasons(needs: WorkflowNeeds, country: string | null): IneligibilityReason[] {
  const reasons: IneligibilityReason[] = [];
  if (needs.allowedCountries && (country === null || !needs.allowedCountries.includes(country))) {
    reasons.push({ rule: 'country', needed: needs.allowedCountries, has: country });
  }
  if (needs.deniedCountries.length > 0 && (country === null || needs.deniedCountries.includes(country))) {
    reasons.push({ rule: 'country', needed: { not: needs.deniedCountries }, has: country });
  }
  return reasons;
}

function sortedWords(words: readonly string[] | undefined): string[] {
  return [...new Set((words ?? []).map((word) => word.normalize()))].sort();
}
