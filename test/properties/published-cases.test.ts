import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { verifyAnswer } from '../../models/certificate.ts';
import type { Plan } from '../../models/plan.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { javascriptLpSolverEngine } from '../../src/engines/javascript-lp-solver.ts';
import { withDefaults } from '../../src/planning/solve-options.ts';
import { solveScenario } from '../../src/planning/solve-scenario.ts';
import { solve } from '../models/solved-plan.ts';
import { expectSameCost, solveToOptimum } from './solve-draws.ts';

interface PublishedCase {
  readonly scenario: Scenario;
  readonly expected: {
    readonly totalCost: number;
    /** Heads hired, by the period in which training begins. */
    readonly hires?: Readonly<Record<string, number>>;
  };
}

function read(name: string): PublishedCase {
  const file = new URL(`../fixtures/published/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as PublishedCase;
}

function expectProvenOptimum({ scenario, expected }: PublishedCase): void {
  const plan = solveToOptimum(scenario, 'classic');
  expectSameCost(plan.totalCost, expected.totalCost, scenario.name);
  if (expected.hires) {
    const hires = plan.classes!.map(({ period, heads }) => [period, Number(heads.toFixed(4))]);
    expect(Object.fromEntries(hires)).toEqual(expected.hires);
  }
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
  'foster-single-site',
  'or-library-gap1-1',
  'or-library-gap1-2',
  'or-library-gap1-3',
  'or-library-gap1-4',
  'or-library-gap1-5',
  'or-library-cap61-single',
  'or-library-cap64-single',
  'winston-csl',
  'render-south-central',
  'winston-workco',
  'heizer-haifa',
  'taha-work-force',
])('finds the published optimum of %s and proves it after a way through JSON', (name) => {
  expectProvenOptimum(read(name));
});

it.each([
  'comfort-plus',
  'dantzig-transport',
  'foster-transport',
  'foster-single-site',
  'winston-csl',
  'render-south-central',
  'winston-workco',
  'heizer-haifa',
])('finds the published optimum of %s with the second engine too, which is small enough for it', (name) => {
  const { scenario, expected } = read(name);
  const { plan } = solveScenario(scenario, withDefaults({}), javascriptLpSolverEngine(), () => undefined);
  expect(plan?.status).toBe('optimal');
  expectSameCost(plan?.totalCost ?? NaN, expected.totalCost, scenario.name);
  expect(verifyAnswer(scenario, plan!)).toEqual([]);
});

// The same source: the third site enlarged, work still split between sites, 29,500.
it('finds the published optimum of foster-transport with its third site enlarged', () => {
  const { scenario } = read('foster-transport');
  scenario.teams[2].capacity[0].hours = 5000;
  expectProvenOptimum({ scenario, expected: { totalCost: 29_500 } });
});

it('names both workflows of cap41 that fit at no single site, and proves it', () => {
  const { scenario } = read('or-library-cap41-single-infeasible');
  const plan = solve(scenario);
  expect(plan.status).toBe('infeasible');
  expect(plan.diagnosis?.conflict.map(({ subject }) => subject)).toEqual([
    { workflow: 'w10' },
    { workflow: 'w33' },
  ]);
  expect(verifyAnswer(scenario, JSON.parse(JSON.stringify(plan)) as Plan)).toEqual([]);
});
