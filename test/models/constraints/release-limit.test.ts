import { expect, it } from 'vitest';
import { peopleScenario } from '../people-team.ts';
import { solveOptimal } from '../solved-plan.ts';
import { expectGoldenProgram } from './golden.ts';

const people = (noticePeriods: number) => ({
  openingHeads: 10,
  release: { maxHeadsPerPeriod: 3, costPerHead: 200, noticePeriods },
});

it('has a row for every period in which notice is over', () => {
  expectGoldenProgram(peopleScenario(people(1), [0, 0]), 'release-limit');
});

it('prices a release by the pay that it saves until the end', () => {
  const { limit, plan, totalCost } = solveOptimal(peopleScenario(people(0), [0, 0]), 'full');
  expect(plan.people!.map(({ heads, released }) => [heads, released])).toEqual([
    [7, 3],
    [4, 3],
  ]);
  expect(plan.costs).toMatchObject({ payroll: 11_000, release: 1200 });
  expect(totalCost).toBeCloseTo(12_200);
  expect(limit('release-limit', { team: 'manila', period: 'P1' }).costOfOneMore).toBeCloseTo(200 - 2000);
  expect(limit('release-limit', { team: 'manila', period: 'P2' }).costOfOneMore).toBeCloseTo(200 - 1000);
});

it('is not there where nobody may be released', () => {
  const people = { openingHeads: 10, release: { maxHeadsPerPeriod: 0 } };
  const { plan, totalCost } = solveOptimal(peopleScenario(people, [0]));
  expect(plan.people).toMatchObject([{ heads: 10, released: 0 }]);
  expect(totalCost).toBeCloseTo(10_000);
});

it('releases nobody before notice is over, and no more than there are', () => {
  const { plan } = solveOptimal(
    peopleScenario({ openingHeads: 2, release: { noticePeriods: 1 } }, [0, 0, 0]),
  );
  expect(plan.people!.map(({ heads, released }) => [heads, released])).toEqual([
    [2, 0],
    [0, 2],
    [0, 0],
  ]);
});
