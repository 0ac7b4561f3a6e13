import { describe, expect, it } from 'vitest';
import { verifyAnswer } from '../../../models/certificate.ts';
import type { Plan } from '../../../models/plan.ts';
import { crossTrainedScenario } from '../people-team.ts';
import { solveOptimal } from '../solved-plan.ts';

// Of five heads one has the skill; a head trained in P1 takes 10 hours of the team's, and does 80 hours of the vendor's in P2 and 72 in P3.
const scenario = crossTrainedScenario(
  {
    openingHeads: 1,
    maxHeadsPerPeriod: 2,
    costPerHead: 50,
    periods: 1,
    trainerHoursPerHead: 10,
    productivity: 0.8,
  },
  [100, 100, 100],
  [0, 200, 200],
  { openingHeads: 5, attritionPerPeriod: 0.1, release: { maxHeadsPerPeriod: 1, noticePeriods: 2 } },
);
const { plan } = solveOptimal(scenario);

function faultsOf(change: (plan: Plan) => void): string[] {
  const changed = structuredClone(plan);
  change(changed);
  return verifyAnswer(scenario, changed);
}

describe('the second skills of a plan', () => {
  it('are those that training, attrition and releases leave', () => {
    expect(verifyAnswer(scenario, plan)).toEqual([]);
    const close = (value: number) => expect.closeTo(value) as number;
    const trained = plan.people!.map(({ secondSkills }) => secondSkills![0]);
    // P2 needs 200 / 0.8 = 250 hours of 0.9 · (1 + 2) heads; for 200 in P3 another head is trained in P2 than are lost.
    expect(trained.slice(0, 2)).toMatchObject([
      { heads: 1, trainingBegins: close((250 / 100 - 0.9) / 0.9), usedHours: 0 },
      { heads: close(2.5), usedHours: close(250) },
    ]);
    expect(trained[2]).toMatchObject({ heads: close(2.5), trainingBegins: 0, usedHours: close(250) });
    expect(plan.people![0]).toMatchObject({ trainerHours: close((10 * 1.6) / 0.9) });
    // P3 has work for 350 of 405 hours.
    expect(plan.people![2].released).toBeCloseTo(0.55);
  });

  it.each([
    ['heads', 1, 'the heads with Spanish of manila / P2 is off by 1.00000'],
    ['usedHours', 1, 'the hours with Spanish of manila / P2 is off by 1.00000'],
    ['trainingBegins', 0, 'the trainerHours of manila / P1 is off by 10.0000'],
    ['trainingBegins', 0, 'the training cost of manila / P1 is off by 50.0000'],
    ['trainingBegins', 0, 'the heads trained with Spanish of manila / P1 is off by 0.777778'],
    ['trainingBegins', 2, 'there can be no heads trained with Spanish of manila / P3'],
    ['released', 1, 'there can be no releases with Spanish of manila / P2'],
    ['released', 2, 'the cross-trained-release of manila in P3 with Spanish is off by 0.450000'],
    ['released', 2, 'the second-skill of manila in P3 with Spanish is off by 100.000'],
  ] as const)('are refused with one %s more in period %i: %s', (field, t, fault) => {
    const faults = faultsOf(({ people }) => {
      people![t].secondSkills![0][field] += 1;
    });
    expect(faults.join('\n')).toContain(fault);
  });

  it('are refused below zero, left out, twice, and under another name', () => {
    const negative = faultsOf(({ people }) => {
      people![1].secondSkills![0].trainingBegins = -1;
    });
    expect(negative).toContain('the heads trained with Spanish of manila / P2 are below 0');
    const fault = 'the second skills of manila / P1 are not those of the team';
    const missing = faultsOf(({ people }) => {
      delete people![0].secondSkills;
    });
    expect(missing).toContain(fault);
    const twice = faultsOf(({ people }) => {
      people![0].secondSkills!.push({ ...people![0].secondSkills![0] });
    });
    expect(twice).toContain(fault);
    const other = faultsOf(({ people }) => {
      people![0].secondSkills![0].skill = 'Tagalog';
    });
    expect(other).toContain(fault);
  });

  it('are refused where work that needs one is more than the trained heads can do', () => {
    const faults = faultsOf(({ allocation, people }) => {
      const line = allocation!.find(({ workflow, period }) => workflow === 'quejas' && period === 'P2')!;
      line.hours += 8;
      line.teamHours += 10;
      people![1].secondSkills![0].usedHours += 10;
    });
    expect(faults.join('\n')).toContain('the second-skill of manila in P2 with Spanish is off by 10.0000');
  });

  it('are refused where the work is said to take no longer than with a skill of their own', () => {
    const faults = faultsOf(({ allocation }) => {
      const line = allocation!.find(({ workflow, period }) => workflow === 'quejas' && period === 'P2')!;
      line.teamHours = line.hours;
    });
    expect(faults.join('\n')).toContain('the team hours of quejas / manila / P2 is off by 50.0000');
  });
});

it('refuses work at a team that would need two second skills for it', () => {
  const workflows = scenario.workflows.map((each) =>
    each.id === 'quejas' ? { ...each, skills: ['Spanish', 'law'] } : each,
  );
  expect(verifyAnswer({ ...scenario, workflows }, plan).join('\n')).toContain(
    'quejas / manila / P2 is not a placement the scenario permits',
  );
});
