import { describe, expect, it } from 'vitest';
import { type LinearProgram, ProgramBuilder } from '../../../models/linear-program.ts';
import { scaleProgram } from '../../../src/engines/scaling.ts';

/** minimise cost · x subject to coefficient · x ≥ limit. */
function program(cost: number, coefficient: number, limit: number): LinearProgram {
  const builder = new ProgramBuilder();
  builder.addColumn({ kind: 'placement', workflow: 0, team: 0, period: 0 }, cost);
  builder.beginRow({ family: 'demand', subject: {} }, '>=', limit);
  builder.addEntry(0, coefficient);
  return builder.build();
}

describe('a program of ordinary size', () => {
  it('is solved as it is', () => {
    const ordinary = program(38.57, 1.25, 4_000_000);
    expect(scaleProgram(ordinary).program).toBe(ordinary);
  });
});

describe('a program in billions', () => {
  // 2^30 a unit, 2^40 units a row: x = 2^40 / 2^22 = 2^18, cost 2^48, price 2^30 / 2^22 = 2^8.
  const [cost, coefficient, limit] = [2 ** 30, 2 ** 22, 2 ** 40];
  const { program: scaled, unscale } = scaleProgram(program(cost, coefficient, limit));

  it('is solved as one in ones', () => {
    expect([scaled.cost[0], scaled.coefficient[0]]).toEqual([1, 1]);
    expect(Math.abs(Math.log2(scaled.rowLower[0]))).toBeLessThan(30);
  });

  it('gets its own values, prices and ranges back', () => {
    const x = scaled.rowLower[0] / scaled.coefficient[0];
    const answer = unscale({
      status: 'optimal',
      columnValue: Float64Array.of(x),
      rowPrice: Float64Array.of(scaled.cost[0] / scaled.coefficient[0]),
      ranges: {
        isBasicRow: Uint8Array.of(0),
        isBasicColumn: Uint8Array.of(1),
        rowDown: Float64Array.of(0),
        rowUp: Float64Array.of(2 * scaled.rowLower[0]),
        costDown: Float64Array.of(0),
        costUp: Float64Array.of(3 * scaled.cost[0]),
      },
    });
    expect(answer).toMatchObject({
      columnValue: Float64Array.of(2 ** 18),
      rowPrice: Float64Array.of(2 ** 8),
    });
    expect(answer).toMatchObject({
      ranges: { rowUp: Float64Array.of(2 * limit), costUp: Float64Array.of(3 * cost) },
    });
  });

  it('gets its own ray back: weights on the rows as they were sent', () => {
    const answer = unscale({ status: 'infeasible', ray: Float64Array.of(1) });
    expect(answer).toEqual({ status: 'infeasible', ray: Float64Array.of(2 ** -22) });
  });
});
