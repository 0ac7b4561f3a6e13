import { expect, it } from 'vitest';
import { buildAllocationModel } from '../../models/allocation-model.ts';
import { isChoice } from '../../models/linear-program.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { solveAndExplain } from '../../src/planning/solve-and-explain.ts';
import { type ChoiceName, withDefaults } from '../../src/planning/solve-options.ts';
import { planningData } from '../models/solved-plan.ts';
import { withOpeningCosts, withoutWorkAt } from '../scenarios/changed-scenarios.ts';
import { randomScenario } from '../scenarios/random-scenario.ts';
import { SeededRandom } from '../scenarios/seeded-random.ts';
import { atSeed, draws, engine, expectSameCost, solve } from './solve-draws.ts';

it('gives a site closed the cost of the scenario without it, and a site opened that of the site for nothing, paid', () => {
  let [closed, opened, impossible] = [0, 0, 0];
  for (const seed of draws(0.3)) {
    atSeed(seed, () => {
      const scenario = withOpeningCosts(randomScenario(seed), new SeededRandom(seed));
      const names = choicesOf(scenario);
      const options = withDefaults({ timeLimitSeconds: 60, sensitivity: 'none', flips: names });
      const { plan } = solveAndExplain(scenario, options, engine, () => {});
      if (plan?.status !== 'optimal') return;
      expect(plan.flipsNotDone).toBeUndefined();
      for (const { site = '', taken, totalCost, sentence } of plan.flips ?? []) {
        const { openingCost = 0 } = scenario.sites.find(({ id }) => id.normalize() === site.normalize())!;
        const otherWay = taken ? withoutWorkAt(scenario, [site]) : withFreeSite(scenario, site, openingCost);
        const expected = solve(otherWay, 'none').totalCost;
        if (expected === undefined) impossible += 1;
        else if (taken) closed += 1;
        else opened += 1;
        if (expected === undefined || totalCost === null)
          expect([sentence, totalCost]).toEqual([sentence, null]);
        else expectSameCost(totalCost, expected + (taken ? 0 : openingCost), sentence, 3e-6);
        if (totalCost !== null) expect(totalCost).toBeGreaterThanOrEqual(plan.totalCost! * (1 - 3e-6));
      }
    });
  }
  expect(Math.min(closed, opened, impossible)).toBeGreaterThan(0);
});

function choicesOf(scenario: Scenario): ChoiceName[] {
  const data = planningData(scenario);
  return buildAllocationModel(data).columns.flatMap((key) =>
    isChoice(key) && key.kind === 'site-open' ? [{ site: data.sites[key.site].id }] : [],
  );
}

/** The site open for nothing; the budget of the whole horizon has paid for it. */
function withFreeSite(scenario: Scenario, site: string, openingCost: number): Scenario {
  const sites = scenario.sites.map((each) =>
    each.id.normalize() === site.normalize() ? { ...each, openingCost: 0 } : each,
  );
  const budget = scenario.rules?.budget?.map((rule) =>
    rule.period === undefined ? { ...rule, amount: Math.max(0, rule.amount - openingCost) } : rule,
  );
  return { ...scenario, sites, ...(budget && { rules: { ...scenario.rules, budget } }) };
}
