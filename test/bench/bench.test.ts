import { describe, expect, it } from 'vitest';
import { buildAllocationModel } from '../../models/allocation-model.ts';
import { deliveryModel, type DeliveryModelSize } from './delivery-model.ts';
import { bareHighs, otherSolvers } from './other-solvers.ts';
import { quarterWith } from './quarters.ts';
import { relaxation } from './relaxation.ts';
import { reportOf } from './report.ts';
import { resolves } from './resolves.ts';
import { CHOICE_SIZES, LINEAR_SIZES } from './sizes.ts';
import { planIn, stations } from './stations.ts';
import { planningData } from '../models/solved-plan.ts';

const programOf = (size: DeliveryModelSize, seed = 1) =>
  buildAllocationModel(planningData(deliveryModel(size, seed)));

describe('the bench', () => {
  it('has programs of the sizes it names', () => {
    for (const [size, columns] of [
      [LINEAR_SIZES['1k'], 1000],
      [LINEAR_SIZES['14k'], 14_000],
      [LINEAR_SIZES['43k'], 43_000],
    ] as const) {
      const program = programOf(size);
      expect(Math.abs(program.columns.length / columns - 1)).toBeLessThan(0.05);
    }
    for (const [size, choices] of [
      [CHOICE_SIZES['170 choices'], 170],
      [CHOICE_SIZES['940 choices'], 940],
    ] as const) {
      const program = programOf(size);
      expect(Math.abs(program.isBinary.reduce((sum, each) => sum + each, 0) / choices - 1)).toBeLessThan(0.1);
    }
  });

  it('measures every station of a certified request', async () => {
    const { figures } = await stations();
    const size = LINEAR_SIZES['1k'];
    const measured = (await figures(deliveryModel(size), programOf(size), 3)) as Record<string, number>;
    for (const station of ['parse', 'formulate', 'engine', 'certificate', 'serialise', 'whole, classic'])
      expect(measured[station]).toBeGreaterThan(0);
    const report = reportOf([['1k', { ...measured, columns: 991, verified: true }]], [], [], 'a machine');
    expect(report).toContain('| columns | 991 |');
    expect(report).toMatch(/\| whole, classic \| \d/);
  });

  it('measures limits moved and costs changed, against a solve from nothing', async () => {
    const measured = (await resolves(programOf(LINEAR_SIZES['1k']), 18)) as Record<string, number>;
    for (const [figure, least] of [
      ['limit moved', 2],
      ['limit moved, bare', 2],
      ['cost changed', 1],
    ] as const)
      expect(measured[figure]).toBeGreaterThan(least);
    expect(measured.refused).toBe(0);
    const report = reportOf([['1k', measured]], [], [], 'a machine');
    expect(report).toMatch(/\| limit moved, by our solve \| \d/);
  });

  it.each(['glpk.js', 'yalps'])('finds the same optimum with %s', async (solver) => {
    const program = programOf(LINEAR_SIZES['1k']);
    const { cost } = (await bareHighs())(program);
    const other = await otherSolvers[solver](program);
    expect(Math.abs(other.cost - cost)).toBeLessThanOrEqual(1e-9 * cost);
  });

  it('has a plan with its gap for about 170 choices after two seconds', async () => {
    const { answer } = await stations();
    const scenario = deliveryModel(CHOICE_SIZES['170 choices']);
    const options = { sensitivity: 'none', timeLimitSeconds: 2 };
    const plan = planIn(answer(Buffer.from(JSON.stringify({ scenario, options }))));
    expect(['feasible', 'optimal']).toContain(plan.status);
    expect(plan.certificate?.verified).toBe(true);
    expect(plan.gap).toBeLessThan(0.01);
  });

  it('has a plan of the realistic quarter with people, classes and two contracts after three seconds', async () => {
    const { answer } = await stations();
    const scenario = quarterWith('people and contracts');
    const options = { sensitivity: 'none', timeLimitSeconds: 3 };
    const plan = planIn(answer(Buffer.from(JSON.stringify({ scenario, options }))));
    expect(['feasible', 'optimal']).toContain(plan.status);
    expect(plan.certificate?.verified).toBe(true);
    expect(plan.gap).toBeLessThan(0.05);
    expect(plan.contracts).toHaveLength(26);
  });

  it('measures how tight choices are', async () => {
    const found = await relaxation(quarterWith('site-opening'), 20);
    expect(found).toMatchObject({ choices: 10, gap: expect.closeTo(0, 3) as number });
    expect((found as { relaxationGap: number }).relaxationGap).toBeGreaterThan(0.005);
    const report = reportOf([], [], [['site-opening', { ...found, gapAtOnce: 0.07 }]], 'a machine');
    expect(report).toContain('| site-opening | 10 | 0.95');
  });
});
