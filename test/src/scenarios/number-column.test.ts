import { expect, it } from 'vitest';
import { NumberColumn } from '../../../src/scenarios/number-column.ts';

it('gives back every number, over the borders of its chunks', () => {
  const [whole, fractions] = [NumberColumn.ofInt32(), NumberColumn.ofFloat64()];
  for (let at = 0; at < 200_000; at += 1) {
    expect(whole.length).toBe(at);
    whole.push(at * 3);
    fractions.push(at % 7 === 0 ? NaN : at / 7);
  }
  for (let at = 0; at < 200_000; at += 1) {
    if (whole.at(at) !== at * 3) throw new Error(`${at}: ${whole.at(at)}`);
    if (!Object.is(fractions.at(at), at % 7 === 0 ? NaN : at / 7))
      throw new Error(`${at}: ${fractions.at(at)}`);
  }
});
