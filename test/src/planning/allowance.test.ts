import { expect, it } from 'vitest';
import { allowance } from '../../../src/planning/allowance.ts';

it('has enough for one more piece of work that takes as long as the last one did', () => {
  let left = 10;
  const time = allowance(() => left, 4);
  const work = (seconds: number) => time.spend(() => (left -= seconds));
  expect(time.isEnough()).toBe(true);
  expect(work(6)).toBe(4);
  // The next one would take 6 of the 4 that are left.
  expect(time.isEnough()).toBe(false);
  left = 7;
  expect(time.isEnough()).toBe(true);
  work(1);
  left = 1.5;
  expect(time.isEnough()).toBe(true);
  left = 0;
  expect(allowance(() => left).isEnough()).toBe(false);
});
