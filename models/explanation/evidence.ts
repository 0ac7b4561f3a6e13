import { namesOf } from '../constraint-family.ts';
import type { Evidence } from '../explanation.ts';
import { groupBy } from '../group-by.ts';
import type { PlanningData } from '../planning-data.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Selection } from './placement-lines.ts';
import { requirementOf } from './requirements.ts';

/** A workflow and a team, by position. */
export interface Pair {
  readonly workflow: number;
  readonly team: number;
}

/** One change of evidence, with every pair that nothing but the lack of it keeps apart. */
export interface EvidenceCase {
  readonly evidence: Evidence;
  readonly opens: readonly Pair[];
}

/**
 * Every single change of evidence that would make something eligible that is asked about, with no more than that lacks.
 *
 * A pair that two rules keep apart is opened by no single change, and a prohibition by none at all. More of the same opens also
 * what less of it would: a higher tier the work of a lower one, two skills what needs but one of them.
 */
export function evidenceCases(data: PlanningData, isAbout: Selection): EvidenceCase[] {
  const single = pairsShortOfOne(data);
  const cases = new Map<string, { evidence: Evidence; opens: Pair[]; isAsked: boolean }>();
  for (const { evidence } of single) {
    const key = JSON.stringify(evidence);
    if (!cases.has(key)) cases.set(key, { evidence, opens: [], isAsked: false });
  }
  const byHolder = groupBy(cases.values(), ({ evidence }) => holderOf(evidence));
  for (const { evidence, pair } of single) {
    for (const each of byHolder.get(holderOf(evidence)) ?? []) {
      if (!isPartOf(evidence, each.evidence)) continue;
      each.opens.push(pair);
      // What more would be granted than a pair lacks is no answer to a question about that pair.
      each.isAsked ||= isPartOf(each.evidence, evidence) && isAbout(pair.workflow, pair.team);
    }
  }
  return [...cases.values()].flatMap(({ evidence, opens, isAsked }) =>
    isAsked ? [{ evidence, opens }] : [],
  );
}

/** The pairs that are kept apart for good by one rule only, with what would satisfy it. */
function pairsShortOfOne(data: PlanningData): { evidence: Evidence; pair: Pair }[] {
  const names = namesOf(data);
  return data.workflows.flatMap(({ id: workflow }, w) =>
    data.ineligible(w).flatMap(({ team, period, reasons }) => {
      if (period !== undefined || reasons.length !== 1) return [];
      const k = data.positions.team(team);
      const site = data.sites[data.teams[k].site].id;
      const { satisfiedBy } = requirementOf(reasons[0], { workflow, team, site }, names);
      return satisfiedBy === undefined ? [] : [{ evidence: satisfiedBy, pair: { workflow: w, team: k } }];
    }),
  );
}

/** Whose evidence of which kind it is. */
function holderOf({ kind, team, site, workflow }: Evidence): string {
  return JSON.stringify([kind, team, site, workflow]);
}

/** Whether one evidence of the same kind and holder is had with another. */
function isPartOf(part: Evidence, whole: Evidence): boolean {
  if (part.level !== undefined) return part.level <= (whole.level ?? 0);
  return (part.words ?? []).every((word) => whole.words?.includes(word));
}

/** The scenario with a change of evidence granted, for a comparison; everything else is as it was. */
export function withEvidence(
  scenario: Scenario,
  { kind, team, site, workflow, words = [], level = 1 }: Evidence,
): Scenario {
  const isIt = (id: string | undefined) => (each: { readonly id: string }) =>
    id !== undefined && each.id.normalize() === id.normalize();
  switch (kind) {
    case 'skill':
      return {
        ...scenario,
        teams: changed(scenario.teams, isIt(team), (each) => ({
          ...each,
          skills: [...(each.skills ?? []), ...words],
        })),
      };
    case 'complexity':
      return {
        ...scenario,
        teams: changed(scenario.teams, isIt(team), (each) => ({ ...each, maxComplexity: level })),
      };
    case 'control':
      return {
        ...scenario,
        sites: changed(scenario.sites, isIt(site), (each) => ({
          ...each,
          controls: [...(each.controls ?? []), ...words],
        })),
      };
    case 'security-tier':
      return {
        ...scenario,
        sites: changed(scenario.sites, isIt(site), (each) => ({ ...each, securityTier: level })),
      };
    case 'country':
      return {
        ...scenario,
        workflows: changed(scenario.workflows, isIt(workflow), (each) => ({
          ...each,
          allowedCountries: [...(each.allowedCountries ?? []), ...words],
        })),
      };
  }
}

function changed<Item>(
  items: readonly Item[],
  isIt: (item: Item) => boolean,
  change: (item: Item) => Item,
): Item[] {
  return items.map((item) => (isIt(item) ? change(item) : item));
}

/**
 * The scenario with all evidence granted at once, in which just these pairs may be placed: what they would cost and use is there to be
 * priced, and nothing else, however many pairs there are. Every limit is as it was.
 */
export function withOnlyPairs(
  scenario: Scenario,
  { workflows, teams, positions }: PlanningData,
  pairs: readonly Pair[],
): Scenario {
  const keyOf = (workflow: number, team: number) => workflow * teams.length + team;
  const kept = new Set(pairs.map(({ workflow, team }) => keyOf(workflow, team)));
  const facts = (scenario.placements ?? []).filter(({ workflow, team }) =>
    kept.has(keyOf(positions.workflow(workflow), positions.team(team))),
  );
  const others = workflows.flatMap(({ id: workflow }, w) =>
    teams.flatMap(({ id: team }, k) => (kept.has(keyOf(w, k)) ? [] : [{ workflow, team, allowed: false }])),
  );
  const skills = [...new Set(scenario.workflows.flatMap((workflow) => workflow.skills ?? []))];
  const controls = [...new Set(scenario.workflows.flatMap((workflow) => workflow.controls ?? []))];
  return {
    ...scenario,
    sites: scenario.sites.map((site) => ({ ...site, securityTier: HIGHEST_TIER, controls })),
    teams: scenario.teams.map(({ maxComplexity: _, ...team }) => ({ ...team, skills })),
    workflows: scenario.workflows.map(({ allowedCountries: _, ...workflow }) => workflow),
    placements: [...facts, ...others],
  };
}

const HIGHEST_TIER = 5;
