import { existsSync, readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engines/engine.ts';
import { loadHighsEngine } from '../../src/engines/highs.ts';
import {
  bytesOf,
  capacityTableOf,
  demandTableOf,
  expectedOf,
  readCapacity,
  readDemand,
  scenarioOf,
  solveAndVerify,
  withCapacityOf,
} from './sample.ts';

const folder = new URL('../../data/', import.meta.url);
const samples = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(new URL(`${entry.name}/expected.json`, folder)))
  .map(({ name }) => name);

let engine: Engine;
beforeAll(async () => {
  engine = await loadHighsEngine();
});

it('finds the samples', () => {
  expect(samples).toEqual(
    expect.arrayContaining(['infeasible-security', 'realistic-quarter', 'tiny', 'two-quarter-ramp']),
  );
});

describe.each(samples)('%s', (sample) => {
  const scenario = scenarioOf(sample);
  const { answers } = expectedOf(sample);

  it.each(answers)('has the expected answer with $capacity, proven from the scenario', (expected) => {
    const plan = solveAndVerify(withCapacityOf(sample, expected.capacity, scenario), engine);
    expect(plan.status).toBe(expected.status);
    if (expected.totalCost === undefined) expect(plan.totalCost).toBeUndefined();
    else expect(Math.abs(plan.totalCost! - expected.totalCost)).toBeLessThan(0.01);
    if (expected.payroll !== undefined) expect(plan.costs?.payroll).toBeCloseTo(expected.payroll, 6);
    if (expected.shortfallIn !== undefined) {
      expect([...new Set(plan.shortfall?.map(({ period }) => period))].sort()).toEqual(expected.shortfallIn);
    }
  });

  it.each(answers)('has an answer with $capacity that at least two other programs confirm', (expected) => {
    const { confirmedBy, status, totalCost } = expected;
    expect(confirmedBy.length).toBeGreaterThanOrEqual(2);
    for (const other of confirmedBy) {
      if (totalCost === undefined) expect(other.status).toBe(status);
      else expect(Math.abs(other.totalCost! - totalCost)).toBeLessThanOrEqual(0.005 + 1e-9 * totalCost);
    }
  });

  it('has the same capacity in capacity.csv as in the scenario', () => {
    expect(readCapacity(sample, 'capacity.csv', scenario)).toEqual(capacityTableOf(scenario));
  });

  it('has the same demand in demand.csv as in the scenario', () => {
    expect(readDemand(sample, 'demand.csv', scenario)).toEqual(demandTableOf(scenario));
  });

  it('is named in the index', () => {
    expect(bytesOf('.', 'README.md').toString()).toContain(`[${sample}](${sample}/)`);
  });
});
