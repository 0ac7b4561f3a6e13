import type { Scenario } from './schema.ts';

/**
 * The scenario as if some workflows could go to any team: only to find out what their eligibility keeps from being a plan, never to
 * plan by.
 */
export function withoutNeeds(scenario: Scenario, workflows: ReadonlySet<string>): Scenario {
  const isOne = (id: string) => workflows.has(id.normalize());
  return {
    ...scenario,
    workflows: scenario.workflows.map((workflow) => {
      if (!isOne(workflow.id)) return workflow;
      const {
        skills: _skills,
        securityTier: _tier,
        controls: _controls,
        complexity: _complexity,
        allowedCountries: _allowed,
        deniedCountries: _denied,
        ...rest
      } = workflow;
      return rest;
    }),
    ...(scenario.placements && {
      placements: scenario.placements.map((placement) => {
        const { allowed: _allowed, ...rest } = placement;
        return isOne(placement.workflow) ? rest : placement;
      }),
    }),
  };
}
