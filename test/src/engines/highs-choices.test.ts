import highsModule, { type Model } from 'highs';
import { expect, it } from 'vitest';
import { buildAllocationModel } from '../../../models/allocation-model.ts';
import { costOf, type LinearProgram } from '../../../models/linear-program.ts';
import { normaliseScenario } from '../../../models/scenario/normalise-scenario.ts';
import { solveWithChoices } from '../../../src/engines/highs-choices.ts';
import { modelDataOf } from '../../../src/engines/highs-model.ts';
import { deliveryModel } from '../../bench/delivery-model.ts';
import { sizeNamed } from '../../bench/sizes.ts';

const highs = await (highsModule as unknown as typeof highsModule.default)();

/** One of the engine's runs: the program it was given, in so far as it differs from run to run, and what came of it. */
interface Run {
  readonly isSearch: boolean;
  readonly looksForFirstPlan: boolean;
  readonly cost: number;
}

function runsOf(program: LinearProgram, timeLimitSeconds: number, mipGap: number): Run[] {
  const runs: Run[] = [];
  highs.withModel(modelDataOf(highs, program), (model) => {
    model.options.set({ output_flag: false, solver: 'simplex' });
    const run = model.run.bind(model);
    const watched = Object.assign(model, {
      run: (...handlers: Parameters<Model['run']>) => {
        const result = run(...handlers);
        runs.push({
          isSearch: model.options.get('solver') === 'choose',
          looksForFirstPlan:
            model.options.get('mip_heuristic_run_rens') === true ||
            model.options.get('mip_heuristic_run_root_reduced_cost') === true,
          cost: costOf(program, model.getSolution().colValue),
        });
        return result;
      },
    });
    const relax = () => watched.run().modelStatus;
    solveWithChoices(highs, watched, program, relax, { timeLimitSeconds, ranges: false, mipGap });
  });
  return runs;
}

const { data } = normaliseScenario(deliveryModel(sizeNamed('170 choices'), 5));
const program = buildAllocationModel(data!);

it('searches near the plan of the dive before it searches everywhere, and looks for no first plan then', () => {
  const runs = runsOf(program, 20, 1e-6);
  const ofDive = runs.findLast(({ isSearch }) => !isSearch)!;
  const searches = runs.filter(({ isSearch }) => isSearch);
  expect(searches.map(({ looksForFirstPlan }) => looksForFirstPlan)).toEqual([false, false]);
  const [nearby, everywhere] = searches;
  // The dive ends 5 % above the best plan; nearly all of that is to be had nearby.
  expect(ofDive.cost).toBeGreaterThan(1.02 * everywhere.cost);
  expect(nearby.cost).toBeLessThan(1.001 * everywhere.cost);
});

it('searches nowhere where the plan of the dive is good enough', () => {
  expect(runsOf(program, 20, 0.1).filter(({ isSearch }) => isSearch)).toEqual([]);
});
