import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { verifyAnswer } from '../../models/certificate.ts';
import type { Plan } from '../../models/plan.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { expectSameCost, solveToOptimum } from './solve-draws.ts';

interface PublishedCase {
  readonly scenario: Scenario;
  readonly expected: { readonly totalCost: number };
}

function read(name: string): PublishedCase {
  const file = new URL(`../fixtures/published/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as PublishedCase;
}

function expectProvenOptimum({ scenario, expected }: PublishedCase): void {
  const plan = solveToOptimum(scenario, 'classic');
  expectSameCost(plan.totalCost, expected.totalCost, scenario.name);
  expect(verifyAnswer(scenario, JSON.parse(JSON.stringify(plan)) as Plan)).toEqual([]);
}

it.each([
  'comfort-plus',
  'dantzig-transport',
  'foster-transport',
  'or-library-cap41-split',
  'or-library-cap44-split',
  'or-library-cap61-split',
  'or-library-cap64-split',
])('finds the published optimum of %s and proves it after a way through JSON', (name) => {
  expectProvenOptimum(read(name));
});

// The same source: the third site enlarged, work still split between sites, 29,500.
it('finds the published optimum of foster-transport with its third site enlarged', () => {
  const { scenario } = read('foster-transport');
  scenario.teams[2].capacity[0].hours = 5000;
  expectProvenOptimum({ scenario, expected: { totalCost: 29_500 } });
});
