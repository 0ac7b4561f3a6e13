import type {
  ConstraintReport,
  PlacementReport,
  Plan,
  PlanNumbers,
  PlanPrice,
} from '../../../models/plan.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from '../small-scenario.ts';
import { placing } from './placing.ts';

/** A whole answer with its report: a plan without yes/no choices, proven by its prices. */
export interface ProvenAnswer extends Omit<Plan, keyof PlanNumbers>, PlanNumbers {
  certificate: NonNullable<Plan['certificate']> & { duals: PlanPrice[] };
  sensitivity: Report;
}
export type Report = Extract<NonNullable<Plan['sensitivity']>, { basis: unknown }>;

/**
 * Near costs 10 an hour and has 30 hours a period, far costs 20 and has 99. Of calls 50 hours arrive in P1 and 20 in P2,
 * of mail 4 in P2. So far takes 20 hours of calls in P1 and near all the rest: 300 + 400 + 200 + 40.
 *
 * One more hour of calls in P1 costs 20 (far), one more hour of near then saves 10, one more hour in P2 costs 10 (near).
 * These prices prove it: 50 · 20 − 30 · 10 + 20 · 10 + 4 · 10 is 940 too.
 */
export function provenAnswer(): { scenario: Scenario; answer: ProvenAnswer } {
  return structuredClone({ scenario, answer });
}

const scenario = smallScenario({
  periods: [{ id: 'P1' }, { id: 'P2' }],
  sites: [inHouseSite('own'), vendorSite('theirs', 'acme')],
  teams: [team('near', 'own', 10, 30, ['P1', 'P2']), team('far', 'theirs', 20, 99, ['P1', 'P2'])],
  workflows: [workflow('calls', 50, 20), { id: 'mail', demand: [{ period: 'P2', hours: 4 }] }],
  rules: {
    inHouseShare: [{ minShare: 0.25 }],
    budget: [{ period: 'P1', amount: 2000 }, { amount: 3000 }],
  },
});

function limit(
  family: string,
  subject: PlanPrice['subject'],
  [used, most, slack]: [number, number, number],
  binding: boolean,
  shadowPrice: number,
): ConstraintReport {
  const label = [family, ...Object.values(subject)].join(' ');
  const range = { degenerate: false, allowableIncrease: null, allowableDecrease: null };
  return { family, subject, label, unit: 'hours', used, limit: most, slack, binding, shadowPrice, ...range };
}

function placement(
  [workflowId, teamId, period]: [string, string, string],
  hours: number,
  costPerDemandHour: number,
  reducedCost: number,
): PlacementReport {
  const names = { workflow: workflowId, team: teamId, period };
  const breakEvenCostPerDemandHour = costPerDemandHour - reducedCost;
  const range = { allowableIncrease: null, allowableDecrease: null };
  return { ...names, hours, costPerDemandHour, reducedCost, breakEvenCostPerDemandHour, ...range };
}

const answer: ProvenAnswer = {
  status: 'optimal',
  ...placing(
    [
      ['calls', 'near', 'own', 'P1', 30, 10],
      ['calls', 'far', 'theirs', 'P1', 20, 20],
      ['calls', 'near', 'own', 'P2', 20, 10],
      ['mail', 'near', 'own', 'P2', 4, 10],
    ],
    [
      { site: 'own', open: true, openingCost: 0 },
      { site: 'theirs', open: true, openingCost: 0 },
    ],
  ),
  certificate: {
    verified: true,
    maxPrimalViolation: 0,
    maxDualViolation: 0,
    relativeGap: 0,
    boundSource: 'duals',
    engine: 'abacus 1',
    duals: [
      { family: 'demand', subject: { workflow: 'calls', period: 'P1' }, price: 20 },
      { family: 'team-capacity', subject: { team: 'near', period: 'P1' }, price: -10 },
      { family: 'demand', subject: { workflow: 'calls', period: 'P2' }, price: 10 },
      { family: 'demand', subject: { workflow: 'mail', period: 'P2' }, price: 10 },
    ],
  },
  sensitivity: {
    convention: 'change of total cost per unit increase of the limit',
    basis: 'lp',
    constraints: [
      limit('demand', { workflow: 'calls', period: 'P1' }, [50, 50, 0], true, 20),
      limit('demand', { workflow: 'calls', period: 'P2' }, [20, 20, 0], true, 10),
      limit('demand', { workflow: 'mail', period: 'P2' }, [4, 4, 0], true, 10),
      limit('team-capacity', { team: 'near', period: 'P1' }, [30, 30, 0], true, -10),
      limit('team-capacity', { team: 'near', period: 'P2' }, [24, 30, 6], false, 0),
      limit('team-capacity', { team: 'far', period: 'P1' }, [20, 99, 79], false, 0),
      limit('team-capacity', { team: 'far', period: 'P2' }, [0, 99, 99], false, 0),
      limit('in-house-share', { period: 'P1' }, [30, 12.5, 17.5], false, 0),
      limit('in-house-share', { period: 'P2' }, [24, 6, 18], false, 0),
      limit('budget', { period: 'P1' }, [700, 2000, 1300], false, 0),
      limit('budget', {}, [940, 3000, 2060], false, 0),
    ],
    placements: [
      placement(['calls', 'near', 'P1'], 30, 10, 0),
      placement(['calls', 'near', 'P2'], 20, 10, 0),
      placement(['calls', 'far', 'P1'], 20, 20, 0),
      placement(['calls', 'far', 'P2'], 0, 20, 10),
      placement(['mail', 'near', 'P2'], 4, 10, 0),
      placement(['mail', 'far', 'P2'], 0, 20, 10),
    ],
  },
};
