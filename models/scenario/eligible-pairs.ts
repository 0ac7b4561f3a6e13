import type { IneligibilityReason, IneligiblePlacement, PlanningData } from '../planning-data.ts';
import { ineligibilityReasons, isEligible, needsOf, offerOf, secondSkillFor } from './eligibility.ts';
import type { EligibleTeam, PlacementCollector } from './placement-collector.ts';
import type { PlacementFacts } from './placement-facts.ts';
import type { ScenarioSite, ScenarioTeam, ScenarioWorkflow } from './schema.ts';

const NOT_ALLOWED: IneligibilityReason = { rule: 'not-allowed', needed: true, has: false };

/** What is known of each pair of workflow `w` and team `k`, worked out when it is asked for. */
export interface EligiblePairs {
  /** Whether the team may take the workflow in some period. */
  readonly isEligible: (w: number, k: number) => boolean;
  /** The second skill with which the team does the work, as a position in its `crossTraining`; undefined where its own skills will do. */
  readonly secondSkill: (w: number, k: number) => number | undefined;
  /** What keeps them apart for good. */
  readonly reasons: (w: number, k: number) => readonly IneligibilityReason[];
  /** The periods in which work there is forbidden; all of them are a reason too. */
  readonly forbidden: (w: number, k: number) => ReadonlySet<number>;
}

/** `sites`, `teams` and `workflows` are in the order of the planning data. */
export function eligiblePairs(
  sites: readonly ScenarioSite[],
  teams: readonly ScenarioTeam[],
  workflows: readonly ScenarioWorkflow[],
  base: Pick<PlanningData, 'teams' | 'periods'>,
  facts: PlacementFacts,
): EligiblePairs {
  const needs = workflows.map(needsOf);
  const offers = teams.map((team, k) => offerOf(team, sites[base.teams[k].site]));
  const T = base.periods.length;
  const forbidden = (w: number, k: number) => facts.forbiddenPeriods(w, k, T);
  const isForbidden = (w: number, k: number) => forbidden(w, k).size === T;
  return {
    forbidden,
    isEligible: (w, k) => isEligible(needs[w], offers[k]) && !isForbidden(w, k),
    secondSkill: (w, k) => {
      const found = secondSkillFor(needs[w], offers[k]);
      if (found === undefined) return undefined;
      return base.teams[k].headcount!.crossTraining.findIndex(({ skill }) => skill.normalize() === found);
    },
    reasons: (w, k) => {
      const reasons = ineligibilityReasons(needs[w], offers[k]);
      return isForbidden(w, k) ? [...reasons, NOT_ALLOWED] : reasons;
    },
  };
}

/** Hands the teams that may take each workflow to the collector. */
export function collectPlacements(
  collector: PlacementCollector,
  { workflows, teams }: Pick<PlanningData, 'workflows' | 'teams'>,
  { isEligible, secondSkill, forbidden }: EligiblePairs,
  facts: PlacementFacts,
): void {
  for (let w = 0; w < workflows.length; w += 1) {
    const eligible: EligibleTeam[] = [];
    for (let k = 0; k < teams.length; k += 1)
      if (isEligible(w, k))
        eligible.push({ team: k, secondSkill: secondSkill(w, k), forbidden: forbidden(w, k) });
    collector.addWorkflow(w, eligible, facts);
  }
}

/** What keeps teams from one workflow, team by team. */
export function ineligibleLines(
  w: number,
  { workflows, teams, periods }: Pick<PlanningData, 'workflows' | 'teams' | 'periods'>,
  pairs: EligiblePairs,
): IneligiblePlacement[] {
  const lines: IneligiblePlacement[] = [];
  const workflow = workflows[w].id;
  teams.forEach(({ id: team }, k) => {
    const reasons = pairs.reasons(w, k);
    if (reasons.length > 0) lines.push({ workflow, team, reasons });
    const forbidden = pairs.forbidden(w, k);
    if (forbidden.size === periods.length) return;
    for (const t of forbidden) lines.push({ workflow, team, period: periods[t].id, reasons: [NOT_ALLOWED] });
  });
  return lines;
}
