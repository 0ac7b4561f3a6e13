import { expect, it } from 'vitest';
import type { ComparedPlan, PricedPlan } from '../../../models/comparison/compared-plan.ts';
import { priceChanges } from '../../../models/comparison/price-changes.ts';
import type { ConstraintReport, PricedReport } from '../../../models/plan.ts';
import { smallScenario } from '../small-scenario.ts';
import { solve } from '../solved-plan.ts';
import { NO_PEOPLE_COSTS } from '../no-people-costs.ts';

/** A limit of team `team` with the prices that matter. */
function limit(team: string, prices: Partial<ConstraintReport>): ConstraintReport {
  return {
    family: 'team-capacity',
    subject: { team, period: 'P1' },
    label: `Capacity of ${team} in P1`,
    unit: 'hours',
    used: 1,
    limit: 1,
    slack: 0,
    binding: true,
    degenerate: false,
    shadowPrice: 0,
    allowableIncrease: null,
    allowableDecrease: null,
    ...prices,
  };
}

/** A plan of which only the report is looked at. */
function withReport(constraints: ConstraintReport[]): ComparedPlan {
  const convention = 'change of total cost per unit increase of the limit';
  const sensitivity: PricedReport = { convention, basis: 'lp', constraints, placements: [] };
  const numbers = { totalCost: 0, currency: 'USD', allocation: [], shortfall: [], backlog: [], sites: [] };
  const costs = { handling: 0, payroll: 0, opening: 0, backlog: 0, shortfall: 0, ...NO_PEOPLE_COSTS };
  const certificate = solve(smallScenario()).certificate!;
  const plan: PricedPlan = { status: 'optimal', ...numbers, costs, certificate, sensitivity };
  return { id: 'p', scenarioId: 's', revision: 1, scenario: smallScenario(), plan };
}

function changes(from: ConstraintReport[], to: ConstraintReport[]) {
  const found = priceChanges(withReport(from), withReport(to));
  if ('unavailable' in found) throw new Error(found.unavailable);
  return found;
}

it('compares limits that both have, the largest change first and no more than twenty', () => {
  const limits = (sign: number) =>
    Array.from({ length: 30 }, (_, k) => limit(`t${k}`, { shadowPrice: sign * k }));
  const { compared, changed, items } = changes(
    [...limits(-1), limit('old', {})],
    [limit('new', {}), ...limits(-2)],
  );
  expect([compared, changed, items.length]).toEqual([30, 29, 20]);
  expect(items.map(({ subject, size }) => `${subject.team ?? ''} ${size}`).slice(0, 2)).toEqual([
    't29 29',
    't28 28',
  ]);
});

it('takes the true prices of both sides, not the shadow price of a degenerate plan', () => {
  const at = (shadowPrice: number, costOfOneMore: number | null, savingOfOneLess: number | null) =>
    limit('manila', { shadowPrice, costOfOneMore, savingOfOneLess });
  expect(changes([at(-4, 0, -4)], [at(0, 0, -4)]).changed).toBe(0);
  expect(changes([at(0, 0, -4)], [at(0, 0, -9)]).items).toMatchObject([
    {
      size: 5,
      from: { savingOfOneLess: -4 },
      to: { savingOfOneLess: -9 },
      sentence:
        'Capacity of manila in P1: one hour more changes the cost by 0.00 → 0.00 USD, one hour less by 4.00 → 9.00 USD.',
    },
  ]);
});

it('tells of a side that is possible in one plan only, even where it costs nothing there', () => {
  const at = (savingOfOneLess: number | null) => limit('manila', { costOfOneMore: 0, savingOfOneLess });
  expect(changes([at(0)], [at(null)]).items).toMatchObject([
    {
      size: 0,
      sentence:
        'Capacity of manila in P1: one hour more changes the cost by 0.00 → 0.00 USD, one hour less by 0.00 → (impossible).',
    },
  ]);
  expect(changes([at(null)], [at(null)]).changed).toBe(0);
});

it('takes rounding for no change', () => {
  const at = (shadowPrice: number) => [limit('manila', { shadowPrice }), limit('cebu', { shadowPrice: 100 })];
  expect(changes(at(0.1 + 0.2), at(0.3)).changed).toBe(0);
  expect(changes(at(0.3), at(0.3001)).changed).toBe(1);
});
