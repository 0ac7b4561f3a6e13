import { describe, expect, it } from 'vitest';
import { crossTrainedScenario } from '../people-team.ts';
import { faultsOf, solveOptimal } from '../solved-plan.ts';
import { expectGoldenProgram } from './golden.ts';

// A head gives 100 hours, in which 80 hours of Spanish are done: 2,400 at the vendor's 30 an hour.
const training = { openingHeads: 1, maxHeadsPerPeriod: 0, productivity: 0.8 };
const spanish = { team: 'manila', skill: 'Spanish' };

it('follows heads with a second skill, who leave as all do, from the training of each on', () => {
  const headcount = { openingHeads: 5, attritionPerPeriod: 0.1, release: { noticePeriods: 1 } };
  const scenario = crossTrainedScenario(
    { ...training, maxHeadsPerPeriod: 3, costPerHead: 50, periods: 2 },
    [100, 100, 100, 100],
    [200, 200, 200, 200],
    headcount,
  );
  expectGoldenProgram(scenario, 'cross-trained');
});

it('prices a head with a second skill by what the head saves until the end', () => {
  const { limit, plan, totalCost, costWith } = solveOptimal(
    crossTrainedScenario(training, [0, 0], [1000, 1000]),
    'full',
  );
  expect(plan.people!.map(({ secondSkills }) => secondSkills)).toEqual(
    [1, 1].map((heads) => [{ skill: 'Spanish', heads, trainingBegins: 0, released: 0, usedHours: 100 }]),
  );
  expect(totalCost).toBeCloseTo(2 * 5000 + 2 * (1000 - 80) * 30);
  expect(limit('cross-trained', { ...spanish, period: 'P1' })).toMatchObject({
    unit: 'fte',
    used: 1,
    limit: 1,
    costOfOneMore: expect.closeTo(-4800) as number,
    allowableIncrease: expect.closeTo(4) as number, // five heads are there
    savingOfOneLess: expect.closeTo(-4800) as number,
    sentence: expect.stringContaining(
      'One more head with Spanish as a second skill at manila from P1 on would save 4,800.00 USD, up to 4 FTE',
    ) as string,
  });
  expect(limit('cross-trained', { ...spanish, period: 'P2' }).costOfOneMore).toBeCloseTo(-2400);
  expect(costWith('cross-trained', { ...spanish, period: 'P1' }, 1)).toBeCloseTo(totalCost - 4800);
});

it('counts of those trained who is still there when the training is over', () => {
  const headcount = { openingHeads: 4, attritionPerPeriod: 0.5 };
  const { plan, hours } = solveOptimal(
    crossTrainedScenario(
      { maxHeadsPerPeriod: 2, periods: 1, costPerHead: 50, productivity: 0.8 },
      [0, 0],
      [0, 1000],
      headcount,
    ),
  );
  expect(plan.people!.map(({ secondSkills }) => secondSkills![0])).toMatchObject([
    { heads: 0, trainingBegins: 2, usedHours: 0 },
    { heads: 1, trainingBegins: 0, usedHours: 100 },
  ]);
  expect(hours('quejas', 'manila', 'P2')).toBeCloseTo(80);
  expect(plan.costs).toMatchObject({ payroll: 6000, training: 100, handling: 920 * 30 });
  expect(plan.people!.map(({ costs }) => costs.training)).toEqual([100, 0]);
});

it('trains nobody who could not use the skill within the horizon', () => {
  const late = { maxHeadsPerPeriod: 2, periods: 2, productivity: 0.8 };
  const { plan } = solveOptimal(crossTrainedScenario(late, [0, 0], [1000, 1000]));
  expect(plan.people!.map(({ secondSkills }) => secondSkills![0].trainingBegins)).toEqual([0, 0]);
});

describe('a second skill is refused', () => {
  const withSkills = (skills: readonly string[], more: object = {}) => {
    const scenario = crossTrainedScenario({ ...training, ...more }, [0], [0]);
    const [people, vendors] = scenario.teams;
    return { ...scenario, teams: [{ ...people, skills }, vendors] };
  };
  const at = '/teams/0/headcount/crossTraining';

  it('that the team has, in whatever Unicode form', () => {
    const scenario = withSkills(['espa\u00f1ol'], { skill: 'espan\u0303ol' });
    expect(faultsOf(scenario)).toMatchObject([{ pointer: `${at}/0/skill`, code: 'skill-of-team' }]);
    expect(faultsOf(withSkills(['Tagalog']))).toEqual([]);
  });

  it('that stands there twice', () => {
    const scenario = withSkills([]);
    const [entry] = scenario.teams[0].headcount!.crossTraining!;
    scenario.teams[0].headcount!.crossTraining!.push(entry);
    expect(faultsOf(scenario)).toMatchObject([{ pointer: `${at}/1/skill`, code: 'duplicate-skill' }]);
  });

  it('of more heads than there are', () => {
    expect(faultsOf(withSkills([], { openingHeads: 5 }))).toEqual([]);
    expect(faultsOf(withSkills([], { openingHeads: 6 }))).toMatchObject([
      { pointer: `${at}/0/openingHeads`, code: 'more-than-heads' },
    ]);
  });

  it('that makes work take more hours than an engine can weigh', () => {
    const scenario = crossTrainedScenario({ ...training, productivity: 0.01 }, [0], [10]);
    const slow = { workflow: 'quejas', team: 'manila', handlingFactor: 1e9 };
    const workflows = scenario.workflows.map((each) => ({ ...each, occupancy: 0.01 }));
    expect(faultsOf({ ...scenario, workflows, placements: [slow] })).toMatchObject([
      { pointer: at, code: 'out-of-range' },
    ]);
  });
});
