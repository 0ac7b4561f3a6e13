import { describe, expect, it } from 'vitest';
import { solveOptionsSchema, withDefaults } from '../../../src/planning/solve-options.ts';

describe('the options of a solve', () => {
  it('have their defaults only where nothing was sent', () => {
    expect(withDefaults(undefined)).toEqual({
      engine: 'highs',
      crossCheck: false,
      timeLimitSeconds: 300,
      mipGap: 1e-6,
      sensitivity: 'classic',
      flips: [],
      repairs: true,
    });
    const sent = { engine: 'javascript-lp-solver', timeLimitSeconds: 1, sensitivity: 'none' } as const;
    expect(withDefaults(sent)).toEqual({
      engine: 'javascript-lp-solver',
      crossCheck: false,
      timeLimitSeconds: 1,
      mipGap: 1e-6,
      sensitivity: 'none',
      flips: [],
      repairs: true,
    });
  });

  it.each([0.05, 3600])('may give the engine %d seconds', (timeLimitSeconds) => {
    expect(solveOptionsSchema.safeParse({ timeLimitSeconds }).success).toBe(true);
  });

  it.each([
    { timeLimitSeconds: 0.04 },
    { timeLimitSeconds: 3600.1 },
    { timeLimitSeconds: NaN },
    { mipGap: -0.1 },
    { mipGap: 1.1 },
    { sensitivity: 'exact' },
    { crossCheck: 'yes' },
    { engine: 'glpk' },
    { engines: 'highs' },
  ])('may not be %j', (options) => {
    expect(solveOptionsSchema.safeParse(options).success).toBe(false);
  });
});
