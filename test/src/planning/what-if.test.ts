import { beforeAll, describe, expect, it } from 'vitest';
import { costOf } from '../../../models/linear-program.ts';
import type { Engine, EngineAnswer, KeptProgram } from '../../../src/engines/engine.ts';
import { loadHighsEngine } from '../../../src/engines/highs.ts';
import { javascriptLpSolverEngine } from '../../../src/engines/javascript-lp-solver.ts';
import { WhatIf } from '../../../src/planning/what-if.ts';
import { lp } from '../../models/small-program.ts';

let highs: Engine;
beforeAll(async () => {
  highs = await loadHighsEngine();
});

/** minimise 2x + 3y; x + y = 10; x ≤ 6; y ≤ 7: x = 6 and y = 4 cost 24, one hour more 3, one more of x saves 1. */
const program = lp(
  [2, 3],
  [
    [[1, 1], '=', 10],
    [[1, 0], '<=', 6],
    [[0, 1], '<=', 7],
  ],
);
const basis = { isBasicRow: Uint8Array.of(0, 0, 1), isBasicColumn: Uint8Array.of(1, 1) };
const atOptimum = { program, basis };

const TWELVE_HOURS = { rightHandSides: [{ row: 0, value: 12 }] };
const DEARER = { costs: [{ column: 0, value: 4 }] };
const IMPOSSIBLE = { rightHandSides: [{ row: 0, value: 14 }] };

/** The engine, and how often it has solved a whole program, and how. */
function counted(engine: Engine): { engine: Engine; solves: boolean[] } {
  const solves: boolean[] = [];
  const solve: Engine['solve'] = (given, options) => {
    solves.push(options.afresh === true);
    return engine.solve(given, options);
  };
  return { engine: { ...engine, solve }, solves };
}

/** The engine, whose answers from what it keeps are spoiled. */
function spoiling(engine: Engine, spoil: (truth: EngineAnswer) => EngineAnswer): Engine {
  const keep: Engine['keep'] = (given, from) => {
    const kept = engine.keep!(given, from);
    return {
      solveWith: (change, options) => spoil(kept.solveWith(change, options)),
      end: () => {
        kept.end();
      },
    };
  };
  return { ...engine, keep };
}

describe('what a solved program comes to', () => {
  it('with another limit, without a solve', () => {
    const { engine, solves } = counted({ ...highs, keep: () => never() });
    const whatIf = new WhatIf(engine, atOptimum);
    expect(whatIf.answer(TWELVE_HOURS, 60)).toEqual({
      status: 'optimal',
      columnValue: Float64Array.of(6, 6),
      rowPrice: Float64Array.of(3, -1, 0),
    });
    expect(whatIf.answer(IMPOSSIBLE, 60)).toMatchObject({ status: 'infeasible' });
    expect(solves).toEqual([]);
    whatIf.end();
  });

  it('with another cost, from the program that the engine keeps', () => {
    const { engine, solves } = counted(highs);
    const whatIf = new WhatIf(engine, atOptimum);
    const both = { ...DEARER, ...TWELVE_HOURS };
    expect(costOfAnswer(whatIf, DEARER, [4, 3])).toBe(3 * 4 + 7 * 3);
    expect(costOfAnswer(whatIf, both, [4, 3])).toBe(5 * 4 + 7 * 3);
    expect(solves).toEqual([]);
    whatIf.end();
  });

  it('with another cost, from an engine that keeps nothing', () => {
    const plain = { ...highs };
    delete plain.keep;
    const { engine, solves } = counted(plain);
    const whatIf = new WhatIf(engine, atOptimum);
    expect(costOfAnswer(whatIf, DEARER, [4, 3])).toBe(33);
    expect(solves).toEqual([false]);
    expect(whatIf.warmAnswersRefused).toBe(0);
    whatIf.end();
  });

  it('is not begun without time', () => {
    const whatIf = new WhatIf({ ...highs, solve: () => never(), keep: () => never() }, atOptimum);
    expect(whatIf.answer(DEARER, 0.01)).toEqual({ status: 'time-limit' });
  });

  it('is unproven where an engine gives no prices', () => {
    const whatIf = new WhatIf(javascriptLpSolverEngine(), atOptimum);
    expect(whatIf.answer(DEARER, 60)).toEqual({ status: 'unproven' });
    expect(whatIf.warmAnswersRefused).toBe(0);
  });

  it('comes from a kept program where the basis is not the optimal one', () => {
    // All of x is in, and y is basic: x = 0 and y = 10, more than there is.
    const wrong = {
      program,
      basis: { isBasicRow: Uint8Array.of(0, 1, 1), isBasicColumn: Uint8Array.of(0, 1) },
    };
    const { engine, solves } = counted(highs);
    const whatIf = new WhatIf(engine, wrong);
    expect(costOfAnswer(whatIf, TWELVE_HOURS, [2, 3])).toBe(30);
    expect(solves).toEqual([]);
    expect(whatIf.warmAnswersRefused).toBe(0);
    whatIf.end();
  });
});

describe('a warm answer that is not proven', () => {
  it.each<[string, (truth: EngineAnswer) => EngineAnswer]>([
    ['a plan that breaks a limit', (truth) => withValues(truth, ([x, y]) => [x + 1, y - 1])],
    ['a plan that costs more than it must', (truth) => withValues(truth, ([x, y]) => [x + 0.5, y - 0.5])],
    ['hours that are no numbers', (truth) => withValues(truth, () => [NaN, NaN])],
    ['prices that prove nothing', (truth) => withPrices(truth, () => [0, 0, 0])],
    ['no prices', ({ status }) => ({ status, columnValue: Float64Array.of(3, 7) }) as EngineAnswer],
    ['that there is no plan', () => ({ status: 'infeasible' })],
    ['that there is none, with a ray', () => ({ status: 'infeasible', ray: Float64Array.of(1, -1, -1) })],
    ['that nothing ends the saving', () => ({ status: 'unbounded' })],
  ])('is counted, and solved again from nothing: %s', (_, spoil) => {
    const { engine, solves } = counted(spoiling(highs, spoil));
    const whatIf = new WhatIf(engine, atOptimum);
    expect(costOfAnswer(whatIf, DEARER, [4, 3])).toBe(33);
    expect(whatIf.warmAnswersRefused).toBe(1);
    expect(solves).toEqual([true]);
    expect(costOfAnswer(whatIf, DEARER, [4, 3])).toBe(33);
    expect(whatIf.warmAnswersRefused).toBe(2);
    whatIf.end();
  });

  it('is so wherever it comes from', () => {
    let ended = 0;
    const liar = {
      answer: (): EngineAnswer => ({
        status: 'optimal',
        columnValue: Float64Array.of(6, 4),
        rowPrice: Float64Array.of(3, -1, 0),
      }),
      end: () => {
        ended += 1;
      },
    };
    const { engine, solves } = counted(highs);
    const whatIf = new WhatIf(engine, atOptimum, [liar]);
    // What it says is true of the program as it was.
    expect(costOfAnswer(whatIf, {}, [2, 3])).toBe(24);
    expect(whatIf.warmAnswersRefused).toBe(0);
    expect(costOfAnswer(whatIf, TWELVE_HOURS, [2, 3])).toBe(30);
    expect(whatIf.warmAnswersRefused).toBe(1);
    expect(solves).toEqual([true]);
    whatIf.end();
    expect(ended).toBe(1);
  });

  it('is unproven where solving again proves nothing either', () => {
    const nothing: Engine = { ...highs, solve: () => ({ status: 'unbounded' }) };
    const whatIf = new WhatIf(
      spoiling(nothing, () => ({ status: 'unbounded' })),
      atOptimum,
    );
    expect(whatIf.answer(DEARER, 60)).toEqual({ status: 'unproven' });
    expect(whatIf.warmAnswersRefused).toBe(1);
    whatIf.end();
  });
});

it('gives back what it kept, once', () => {
  const kept: string[] = [];
  const keep = (): KeptProgram => {
    kept.push('kept');
    return {
      solveWith: () => ({ status: 'time-limit' }),
      end: () => {
        kept.push('ended');
      },
    };
  };
  const whatIf = new WhatIf({ ...highs, keep }, atOptimum);
  whatIf.answer(TWELVE_HOURS, 60);
  expect(kept).toEqual([]);
  for (let question = 0; question < 3; question += 1)
    expect(whatIf.answer(DEARER, 60)).toEqual({ status: 'time-limit' });
  whatIf.end();
  expect(kept).toEqual(['kept', 'ended']);
});

function costOfAnswer(
  whatIf: WhatIf,
  change: Parameters<WhatIf['answer']>[0],
  cost: readonly number[],
): number {
  const answer = whatIf.answer(change, 60);
  if (answer.status !== 'optimal') throw new Error(answer.status);
  return Math.round(1e9 * costOf({ ...program, cost: Float64Array.from(cost) }, answer.columnValue)) / 1e9;
}

function withValues(truth: EngineAnswer, change: (values: Float64Array) => number[]): EngineAnswer {
  if (truth.status !== 'optimal') throw new Error(truth.status);
  return { ...truth, columnValue: Float64Array.from(change(truth.columnValue)) };
}

function withPrices(truth: EngineAnswer, change: () => number[]): EngineAnswer {
  return { ...truth, rowPrice: Float64Array.from(change()) } as EngineAnswer;
}

function never(): never {
  throw new Error('This was not to be asked.');
}
