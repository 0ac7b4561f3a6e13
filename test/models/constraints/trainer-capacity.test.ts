import { expect, it } from 'vitest';
import { peopleScenario } from '../people-team.ts';
import { solveOptimal } from '../solved-plan.ts';
import { expectGoldenProgram } from './golden.ts';

const people = (periods: number) => ({
  openingHeads: 0,
  hiring: { maxHeadsPerPeriod: 20, costPerHead: 100, training: { periods, maxTrainees: 6 } },
});

it('adds up all who are in training in a period, whenever they began', () => {
  expectGoldenProgram(peopleScenario(people(2), [900, 900, 900, 900]), 'trainer-capacity');
});

it('prices a place in training by what the head trained there saves until the end', () => {
  const { limit, plan } = solveOptimal(peopleScenario(people(1), [5000, 5000, 5000, 5000]), 'full');
  expect(plan.people!.map(({ inTraining }) => inTraining)).toEqual([6, 6, 6, 0]);
  // A hire of P1 costs 100 and is paid 4 times 1000; 3 periods of 100 hours at 30 are saved.
  for (const [period, price] of [
    ['P1', 100 + 4000 - 9000],
    ['P2', 100 + 3000 - 6000],
    ['P3', 100 + 2000 - 3000],
  ] as const)
    expect(limit('trainer-capacity', { team: 'manila', period })).toMatchObject({
      used: 6,
      limit: 6,
      costOfOneMore: expect.closeTo(price) as number,
    });
});
