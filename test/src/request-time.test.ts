import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { RequestTime } from '../../src/request-time.ts';

it('is 8 s in all, and there again where more than 10 s have passed', () => {
  let now = 0;
  const time = new RequestTime(() => now);
  expect(time.leftMs).toBe(8000);
  time.spend(3000);
  time.spend(4500);
  now = 10_000;
  expect(time.leftMs).toBe(500);
  now = 10_001;
  expect(time.leftMs).toBe(8000);
});

it('is not that of the work which a request begins and does not wait for', () => {
  RequestTime.begin(() => {
    expect(RequestTime.outside(() => RequestTime.current())).toBeUndefined();
    expect(RequestTime.current()).toBeDefined();
  });
});

it('is that of the request, however far its answer is away', async () => {
  expect(RequestTime.current()).toBeUndefined();
  const later = (spentMs: number) =>
    new Promise<number | undefined>((resolve) => {
      RequestTime.begin(() => {
        RequestTime.current()?.spend(spentMs);
        void pause(5).then(() => {
          resolve(RequestTime.current()?.leftMs);
        });
      });
    });
  expect(await Promise.all([later(1), later(20)])).toEqual([7999, 7980]);
  expect(RequestTime.current()).toBeUndefined();
});
