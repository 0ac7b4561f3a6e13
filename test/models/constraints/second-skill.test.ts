import { expect, it } from 'vitest';
import { workflow } from '../small-scenario.ts';
import { crossTrainedScenario } from '../people-team.ts';
import { solveOptimal } from '../solved-plan.ts';
import { expectGoldenProgram } from './golden.ts';

const spanish = { team: 'manila', skill: 'Spanish', period: 'P1' };
const training = { openingHeads: 1, maxHeadsPerPeriod: 0, productivity: 0.8 };

it('adds up the hours of all work that needs the skill, slower than who has it as their own', () => {
  const scenario = crossTrainedScenario(training, [100], [200]);
  const more = { ...workflow('reclamos', 50), skills: ['Spanish'], occupancy: 0.5 };
  expectGoldenProgram({ ...scenario, workflows: [...scenario.workflows, more] }, 'second-skill');
});

it('prices an hour with the skill by the work it does', () => {
  const { limit, placement, plan, totalCost } = solveOptimal(
    crossTrainedScenario(training, [300], [1000]),
    'full',
  );
  expect(plan.allocation).toMatchObject([
    { workflow: 'appeals', team: 'manila', hours: 300, teamHours: 300 },
    { workflow: 'quejas', team: 'acme', hours: 920 },
    { workflow: 'quejas', team: 'manila', hours: 80, teamHours: 100 },
  ]);
  expect(totalCost).toBeCloseTo(5000 + 920 * 30);
  expect(limit('second-skill', spanish)).toMatchObject({
    unit: 'hours',
    used: 100,
    limit: 100,
    costOfOneMore: expect.closeTo(-24) as number,
    savingOfOneLess: expect.closeTo(-24) as number,
    allowableIncrease: expect.closeTo(100) as number, // then the team has no more hours
    sentence: expect.stringContaining(
      'One more hour with Spanish as a second skill at manila in P1 would save 24.00 USD, up to 100 hours; from there on it would change nothing, because Capacity of manila in P1 is reached.',
    ) as string,
  });
  expect(limit('team-capacity', { team: 'manila', period: 'P1' })).toMatchObject({ used: 400, limit: 500 });
  expect(placement('quejas', 'manila', 'P1')).toMatchObject({ hours: 80, costPerDemandHour: 0 });
});

it('leaves overtime, and people in nesting, to the skills of the team', () => {
  const { plan } = solveOptimal(
    crossTrainedScenario({ ...training, openingHeads: 5 }, [0], [1000], {
      openingHeads: 5,
      hiring: { maxHeadsPerPeriod: 1, nesting: [{ productivity: 1 }] },
      overtime: { maxShare: 0.1, premium: 0.5 },
    }),
  );
  expect(plan.people).toMatchObject([{ overtimeHours: 0, hires: 0, usedHours: 500 }]);
});
