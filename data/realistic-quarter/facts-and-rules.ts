import { ineligibilityReasons, needsOf, offerOf } from '../../models/scenario/eligibility.ts';
import type {
  Scenario,
  ScenarioPlacement,
  ScenarioTeam,
  ScenarioWorkflow,
} from '../../models/scenario/schema.ts';
import { weeks } from './calendar.ts';
import { sites, teams } from './supply.ts';
import { workflows } from './work.ts';

const OFFSHORE = new Set(['manila', 'cebu', 'hyderabad']);
/** The new class is this much slower in weeks 1 to 3, 4 to 6 and 7 to 9. */
const RAMP = [1.3, 1.2, 1.1];

/** What is known of single pairs: who is slower at what, and what a contract leaves out. */
export const placements: ScenarioPlacement[] = workflows.flatMap((workflow) =>
  teams
    .filter((team) => mayTake(workflow, team))
    .flatMap((team) => {
      const pair = { workflow: workflow.id, team: team.id };
      // The contract with Cebu's social team covers social media only.
      if (team.id === 'cebu-social' && workflow.channel !== 'social') return [{ ...pair, allowed: false }];
      if (team.id === 'hyderabad-en-new') return ramp(pair);
      const handlingFactor = usualFactor(workflow, team);
      return handlingFactor === 1 ? [] : [{ ...pair, handlingFactor }];
    }),
);

function mayTake(workflow: ScenarioWorkflow, team: ScenarioTeam): boolean {
  const site = sites.find(({ id }) => id === team.site)!;
  return ineligibilityReasons(needsOf(workflow), offerOf(team, site)).length === 0;
}

/** Slower in a second language, and on the phone to customers far away. */
function usualFactor({ channel, skills }: ScenarioWorkflow, team: ScenarioTeam): number {
  const isSecondLanguage = skills?.[0] !== team.skills?.[0];
  const isFarAway = channel === 'voice' && OFFSHORE.has(team.site) && skills?.[0] === 'en';
  return isSecondLanguage ? 1.15 : isFarAway ? 1.08 : 1;
}

function ramp(pair: { workflow: string; team: string }): ScenarioPlacement[] {
  return RAMP.flatMap((handlingFactor, step) =>
    weeks.slice(3 * step, 3 * step + 3).map(({ id }) => ({ ...pair, period: id, handlingFactor })),
  );
}

export const rules: NonNullable<Scenario['rules']> = {
  vendorShare: [
    { vendor: 'Brightline', maxShare: 0.36 },
    { vendor: 'Andina', maxShare: 0.165 },
    { vendor: 'Deccan', maxShare: 0.2 },
  ],
  inHouseShare: [{ minShare: 0.24 }, { workflow: 'account-recovery-en-voice', minShare: 0.75 }],
  budget: [{ period: '2027-W02', amount: 352_000 }, { amount: 4_200_000 }],
};
