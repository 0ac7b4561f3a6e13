import { describe, expect, it } from 'vitest';
import { buildAllocationModel } from '../../../models/allocation-model.ts';
import { rayOfOneRow, weightsOfRay } from '../../../models/explanation/conflict.ts';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from '../small-scenario.ts';
import { planningData, solve, solveInfeasible } from '../solved-plan.ts';

describe('too little capacity', () => {
  const diagnosis = solveInfeasible(
    smallScenario({
      teams: [
        { ...team('manila', 'luzon', 10, 100), name: 'Manila EN' },
        { ...team('night', 'luzon', 12, 50), name: 'Night' },
      ],
      workflows: [{ ...workflow('appeals', 180), name: 'Account appeals' }, workflow('chat', 0)],
    }),
  );

  it('is a conflict of the demand with every team that may serve it', () => {
    expect(diagnosis.sentence).toBe(
      'There is no plan: these cannot all hold: Account appeals needs 180 hours served in P1; Manila EN has 100 productive hours in P1; Night has 50 productive hours in P1.',
    );
  });

  it('gives each limit its label, requirement and weight, the largest 1', () => {
    expect(diagnosis.conflict).toEqual([
      {
        family: 'demand',
        subject: { workflow: 'appeals', period: 'P1' },
        label: 'Demand of Account appeals in P1',
        requirement: 'Account appeals needs 180 hours served in P1',
        weight: 1,
      },
      {
        family: 'team-capacity',
        subject: { team: 'manila', period: 'P1' },
        label: 'Capacity of Manila EN in P1',
        requirement: 'Manila EN has 100 productive hours in P1',
        weight: -1,
      },
      {
        family: 'team-capacity',
        subject: { team: 'night', period: 'P1' },
        label: 'Capacity of Night in P1',
        requirement: 'Night has 50 productive hours in P1',
        weight: -1,
      },
    ]);
  });

  it('says that nothing keeps the work from any team', () => {
    expect(diagnosis.facts).toEqual(['Account appeals may go to every team.']);
  });
});

describe('a security rule', () => {
  const scenario = smallScenario({
    sites: [
      { ...inHouseSite('luzon'), securityTier: 4 },
      { ...vendorSite('cebu', 'acme'), securityTier: 2 },
    ],
    teams: [
      { ...team('manila', 'luzon', 10, 30), name: 'Manila EN' },
      { ...team('acme', 'cebu', 8, 500), name: 'Acme EN', skills: ['en'] },
      { ...team('banned', 'luzon', 8, 500), name: 'Banned' },
    ],
    workflows: [{ ...workflow('appeals', 50), name: 'Account appeals', securityTier: 4 }],
    placements: [{ workflow: 'appeals', team: 'banned', allowed: false }],
  });

  it('is a fact beside the conflict: who may take the work, and what keeps the others from it', () => {
    const { facts, sentence } = solveInfeasible(scenario);
    expect(facts).toEqual([
      'Account appeals may go to Manila EN only. Acme EN (security-tier: needs 4, has 2); Banned (explicitly forbidden).',
    ]);
    expect(sentence).toBe(
      'There is no plan: these cannot all hold: Account appeals needs 50 hours served in P1; Manila EN has 30 productive hours in P1.',
    );
  });

  it('that shuts out everyone leaves the demand alone in the conflict', () => {
    const { conflict, facts, sentence } = solveInfeasible({
      ...scenario,
      workflows: [{ ...workflow('appeals', 50), securityTier: 5, skills: ['en'] }],
    });
    expect(conflict.map(({ family }) => family)).toEqual(['demand']);
    expect(sentence).toBe(
      'There is no plan: appeals needs 50 hours served in P1, and nothing in the scenario can meet that.',
    );
    expect(facts).toEqual([
      'appeals may go to no team. Acme EN (security-tier: needs 5, has 2); Banned (lacks the skill en; security-tier: needs 5, has 4; explicitly forbidden); Manila EN (lacks the skill en; security-tier: needs 5, has 4).',
    ]);
  });
});

it('sets a budget against the demand it does not pay for', () => {
  const { conflict, sentence } = solveInfeasible(
    smallScenario({ rules: { budget: [{ period: 'P1', amount: 400 }] } }),
  );
  expect(sentence).toBe(
    'There is no plan: these cannot all hold: appeals needs 50 hours served in P1; at most 400 USD may be spent in P1.',
  );
  // An hour costs 10: 1 per hour of demand against 0.1 per USD of budget.
  expect(conflict.map(({ weight }) => weight)).toEqual([1, expect.closeTo(-0.1)]);
});

it('has neither plan nor numbers', () => {
  const plan = solve(smallScenario({ workflows: [workflow('appeals', 150)] }));
  expect(plan.status).toBe('infeasible');
  for (const field of ['totalCost', 'costs', 'allocation', 'sensitivity', 'certificate'] as const) {
    expect(plan[field]).toBeUndefined();
  }
});

it('names six limits and teams, and counts the rest', () => {
  const teams = Array.from({ length: 8 }, (_, k) => team(`team-${k}`, 'luzon', 10, 10));
  const { conflict, sentence } = solveInfeasible(
    smallScenario({ teams, workflows: [workflow('appeals', 100)] }),
  );
  expect(conflict).toHaveLength(9);
  expect(sentence).toMatch(/team-4 has 10 productive hours in P1; and 3 more\.$/);
  const refused = solveInfeasible(
    smallScenario({ teams, workflows: [{ ...workflow('appeals', 100), skills: ['law'] }] }),
  );
  expect(refused.facts[0]).toMatch(/team-5 \(lacks the skill law\) and 2 more\.$/);
});

it('counts the hours that wait from before to what must be served', () => {
  const { conflict } = solveInfeasible(
    smallScenario({
      workflows: [{ ...workflow('appeals', 50), backlog: { maxHours: 0, openingHours: 80 } }],
    }),
  );
  expect(conflict[0].requirement).toBe(
    'appeals needs 50 hours served in P1, besides 80 that wait from before',
  );
});

it('says where a team may take the work but has no capacity then, or is forbidden then', () => {
  const scenario = smallScenario({
    teams: [{ ...team('idle', 'luzon', 10, 100), capacity: [] }, team('barred', 'luzon', 10, 100)],
    workflows: [workflow('appeals', 50)],
    placements: [{ workflow: 'appeals', team: 'barred', period: 'P1', allowed: false }],
  });
  const sentence = (facts: readonly string[]) => facts[0];
  expect(sentence(solveInfeasible({ ...scenario, teams: [scenario.teams[0]], placements: [] }).facts)).toBe(
    'appeals may go to every team. No capacity then: idle.',
  );
  const later = { ...scenario, periods: [...scenario.periods, { id: 'P2' }] };
  expect(sentence(solveInfeasible(later).facts)).toBe(
    'appeals may go to every team. No capacity then: idle. barred in P1 (explicitly forbidden).',
  );
});

it('names countries as places', () => {
  const needs = (countries: object) => {
    const scenario = smallScenario({
      sites: [{ ...inHouseSite('luzon'), country: 'PL' }],
      teams: [team('manila', 'luzon', 10, 100)],
      workflows: [{ ...workflow('appeals', 50), ...countries }],
    });
    return solveInfeasible(scenario).facts[0];
  };
  expect(needs({ deniedCountries: ['PL'] })).toBe(
    'appeals may go to no team. manila (country: denied in PL, is in PL).',
  );
  expect(needs({ allowedCountries: ['US', 'PH'] })).toBe(
    'appeals may go to no team. manila (country: only in PH, US, is in PL).',
  );
});

describe('the weights of a ray', () => {
  const data = planningData(smallScenario());
  const program = buildAllocationModel(data);

  it('are scaled to a largest of 1, and noise is left out', () => {
    expect(weightsOfRay(program, Float64Array.of(-4, 1e-10))).toEqual([
      { family: 'demand', subject: { workflow: 'appeals', period: 'P1' }, price: -1 },
    ]);
    expect(weightsOfRay(program, Float64Array.of(0.5, 2)).map(({ price }) => price)).toEqual([0.25, 1]);
  });

  it('are none where the ray is 0', () => {
    expect(weightsOfRay(program, new Float64Array(2))).toEqual([]);
  });
});

describe('a row that nothing can satisfy', () => {
  const rayOf = (scenario: unknown) => rayOfOneRow(buildAllocationModel(planningData(scenario)));

  it('is its own proof: a demand that nobody may take', () => {
    const workflows = [workflow('chat', 10), { ...workflow('secret', 50), skills: ['ja'] }];
    expect(rayOf(smallScenario({ workflows }))).toEqual(Float64Array.of(0, 1, 0));
  });

  it('is its own proof: a budget that the payroll alone exceeds', () => {
    const teams = [{ ...team('manila', 'luzon', 10, 100), paid: 'capacity' as const }];
    const ray = rayOf(smallScenario({ teams, rules: { budget: [{ amount: 900 }] } }));
    expect(ray).toEqual(Float64Array.of(0, 0, -1));
  });

  it('is not found where rows contradict each other only together, or not at all', () => {
    expect(rayOf(smallScenario({ teams: [team('manila', 'luzon', 10, 20)] }))).toBeUndefined();
    expect(rayOf(smallScenario())).toBeUndefined();
  });
});
