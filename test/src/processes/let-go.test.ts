import { expect, it } from 'vitest';
import { letGo } from '../../../src/processes/let-go.ts';
import { stubPool, stubRequest } from './stub-pool.ts';

const large = (fill: string) => Buffer.alloc(100_000, fill);

it('takes the memory from bytes that have it for themselves, and from no others', () => {
  const own = large('a');
  letGo(own);
  expect([own.length, own.buffer.byteLength]).toEqual([0, 0]);
  // A view of more than itself, and what stands in the pool that all small buffers share.
  const view = large('b').subarray(10);
  const small = Buffer.from('small');
  for (const each of [view, small]) letGo(each);
  expect([view.toString().slice(0, 3), small.toString()]).toEqual(['bbb', 'small']);
});

it('is done with a request whose parts nobody needs any more, once there is a reply, and with no other', async () => {
  const pool = stubPool();
  for (const isOwned of [true, false]) {
    const pieces = [large('a'), large('b')];
    const part = large('c');
    const request = { ...stubRequest('echo'), parts: [pieces, part], isOwned };
    const outcome = await pool.run(request);
    expect(outcome).toMatchObject({ kind: 'reply', header: { partLengths: [200_000, 100_000] } });
    // The same request goes on being what it was, until its parts are taken away.
    if (outcome.kind === 'reply') {
      expect(outcome.body.length).toBe(300_000);
      expect([0, 150_000, 299_999].map((at) => String.fromCharCode(outcome.body[at]))).toEqual([
        'a',
        'b',
        'c',
      ]);
    }
    expect([...pieces, part].map(({ length }) => length)).toEqual(
      isOwned ? [0, 0, 0] : [100_000, 100_000, 100_000],
    );
  }
  await pool.kill();
});

it('is done only by what has its reply: a request that is given to another process is whole there', async () => {
  const pool = stubPool();
  const part = large('a');
  const gone = await pool.run({ ...stubRequest('throw synchronously'), parts: [part], isOwned: true });
  expect([gone.kind, part.length]).toEqual(['failed', 100_000]);
  await pool.kill();
});
