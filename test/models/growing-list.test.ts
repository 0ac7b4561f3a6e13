import { expect, it } from 'vitest';
import { GrowingList } from '../../models/growing-list.ts';

it('keeps what is pushed, also past the room it began with', () => {
  const list = GrowingList.ofFloat64();
  const values = Array.from({ length: 3000 }, (_, i) => i / 4);
  for (const value of values) list.push(value);
  expect(list.length).toBe(3000);
  expect(list.toArray()).toEqual(Float64Array.from(values));
});

it('gives a copy, which later numbers do not change', () => {
  const list = GrowingList.ofInt32();
  list.push(7);
  const before = list.toArray();
  list.push(8);
  expect([...before, ...list.toArray()]).toEqual([7, 7, 8]);
});

it('takes many numbers at once, whatever room there is', () => {
  const list = GrowingList.ofFloat64();
  list.push(0.5);
  list.pushAll(Float64Array.from({ length: 5000 }, (_, i) => i));
  list.pushAll(Float64Array.of(7, 8));
  list.push(9);
  expect(list.length).toBe(5004);
  expect([...list.toArray().slice(0, 3), ...list.toArray().slice(-3)]).toEqual([0.5, 0, 1, 7, 8, 9]);
});
