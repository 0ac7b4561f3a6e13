import { describe, expect, it } from 'vitest';
import { verifyAnswer } from '../../../models/certificate.ts';
import type { Plan } from '../../../models/plan.ts';
import { peopleScenario } from '../people-team.ts';
import { solveOptimal } from '../solved-plan.ts';

const headcount = {
  openingHeads: 10,
  attritionPerPeriod: 0.1,
  hiring: {
    maxHeadsPerPeriod: 4,
    costPerHead: 100,
    leadPeriods: 1,
    training: { periods: 1, attrition: 0.2, payShare: 0.5, trainerHoursPerHead: 10, maxTrainees: 3 },
  },
  release: { maxHeadsPerPeriod: 1, costPerHead: 200, noticePeriods: 3 },
  overtime: { maxShare: 0.1, premium: 0.5 },
};
// A hire of P2 costs 100 + 500 + 10 · 30 + 0.8 · (1000 + 900) and saves 0.8 · (100 · 30 + 10 · 15) in P3.
const scenario = peopleScenario(headcount, [1500, 1500, 1500, 100]);
const { plan } = solveOptimal(scenario);

const NOT_PROVEN = 'the plan is not proven optimal';

function faultsOf(change: (plan: Plan) => void): string[] {
  const changed = structuredClone(plan);
  change(changed);
  return verifyAnswer(scenario, changed);
}

describe('the people of a plan', () => {
  it('are those that hires, attrition and releases leave', () => {
    expect(verifyAnswer(scenario, plan)).toEqual([]);
    const heads = [10, 9, 8.1 + 2.4, 0.9 * 10.5 - 1];
    expect(plan.people!.map((line) => line.heads)).toEqual(
      heads.map((each) => expect.closeTo(each) as number),
    );
    expect(plan.people![1]).toMatchObject({ hires: 3, inTraining: 3, trainerHours: 30 });
  });

  it.each([
    ['heads', 2, 'the heads of manila / P3 is off by 1.00000'],
    ['headsNetOfShrinkage', 2, 'the headsNetOfShrinkage of manila / P3 is off by 1.00000'],
    ['productiveHours', 0, 'the productiveHours of manila / P1 is off by 1.00000'],
    ['trainerHours', 1, 'the trainerHours of manila / P2 is off by 1.00000'],
    ['usedHours', 0, 'the usedHours of manila / P1 is off by 1.00000'],
    ['inTraining', 1, 'the inTraining of manila / P2 is off by 1.00000'],
    ['inNesting', 1, 'the inNesting of manila / P2 is off by 1.00000'],
    ['hires', 0, 'there can be no hires in manila / P1'],
    ['released', 1, 'there can be no releases in manila / P2'],
    ['overtimeHours', 0, 'the overtime of manila in P1 is off by 1.00000'],
    ['hires', 1, 'the places in training of manila in P2 is off by 1.00000'],
    ['released', 3, 'the releases of manila in P4 is off by 1.00000'],
  ] as const)('are refused with one %s more in period %i', (field, t, fault) => {
    expect(
      faultsOf(({ people }) => {
        people![t][field] += 1;
      }),
    ).toContain(fault);
  });

  it.each(['payroll', 'hiring', 'training', 'release', 'overtime'] as const)(
    'are refused with another cost of %s',
    (term) => {
      expect(
        faultsOf(({ people }) => {
          people![3].costs[term] += 1;
        }),
      ).toEqual([expect.stringContaining(`the ${term} cost of manila / P4`), NOT_PROVEN]);
      expect(
        faultsOf(({ costs }) => {
          costs![term] += 1;
        }),
      ).toEqual([expect.stringContaining(`the ${term} cost is off by`), NOT_PROVEN]);
    },
  );

  it('are refused below zero, twice, not at all, and where there is no headcount', () => {
    const fewer = faultsOf(({ people }) => {
      people![3].released = -1;
    });
    expect(fewer).toContain('the releases of manila / P4 are below 0');
    const twice = faultsOf(({ people }) => {
      people!.push({ ...people![0] });
    });
    expect(twice[0]).toBe('the people of manila / P1 belong to no headcount, or stand in the plan twice');
    const missing = faultsOf((changed) => {
      changed.people!.pop();
    });
    expect(missing).toContain('the plan leaves out the people of manila in P4');
    const vendors = faultsOf(({ people }) => {
      people!.push({ ...people![0], team: 'acme' });
    });
    expect(vendors[0]).toBe('the people of acme / P1 belong to no headcount, or stand in the plan twice');
  });

  it.each([
    ['heads', 4, 'the class of manila / P2 is off by 1.00000'],
    ['graduates', 2.8, 'the graduates of manila / P2 is off by 0.400000'],
    ['headsFrom', 'P4', 'the class of manila / P2 is not there when it says'],
    ['start', '2027-01-01', "the class of manila / P2 names another day than its period's"],
    ['period', 'P1', 'the class of manila / P1 has no hires, or stands in the plan twice'],
  ] as const)('are refused in a class with another %s', (field, value, fault) => {
    expect(
      faultsOf(({ classes }) => {
        Object.assign(classes![0], { [field]: value });
      }),
    ).toContain(fault);
  });

  it('are refused with a class left out', () => {
    const left = faultsOf((changed) => {
      changed.classes = [];
    });
    expect(left).toEqual(['1 classes are not in the plan', NOT_PROVEN]);
  });
});

it('refuses hires and releases where the scenario allows none', () => {
  const free = { openingHeads: 5, hiring: { maxHeadsPerPeriod: 4 }, release: { maxHeadsPerPeriod: 9 } };
  const { plan: staffed } = solveOptimal(peopleScenario(free, [1000, 0]));
  const none = { openingHeads: 5, hiring: { maxHeadsPerPeriod: 0 }, release: { maxHeadsPerPeriod: 0 } };
  const certificate = { ...staffed.certificate!, boundSource: 'engine' as const };
  delete certificate.duals;
  const { sensitivity: _, ...taken } = staffed;
  const faults = verifyAnswer(peopleScenario(none, [1000, 0]), { ...taken, certificate });
  expect(faults).toEqual(
    expect.arrayContaining([
      'there can be no hires in manila / P1',
      'there can be no releases in manila / P2',
      'the hires of manila / P1 is off by 4.00000',
    ]),
  );
});
