import { describe, expect, it } from 'vitest';
import { errorFields } from '../../../src/operations/error-fields.ts';

describe('what may be told of an error', () => {
  it('is its class, its code and where it was made, and nothing of its message', () => {
    const error = Object.assign(new RangeError('rate 41.37 of acme'), { code: 'ENOSPC' });
    const fields = errorFields(error);
    expect(fields).toMatchObject({ class: 'RangeError', code: 'ENOSPC' });
    expect(fields.frames[0]).toMatch(/^at .*error-fields\.test\.ts:\d+:\d+\)?$/);
    expect(JSON.stringify(fields)).not.toMatch(/41\.37|acme/);
  });

  it('takes no line of a message for a place', () => {
    const message = 'bad\n    at acme (rate.ts:41:37)\n    at more (rate.ts:41:38)';
    const { frames } = errorFields(new Error(message));
    expect(frames.length).toBeGreaterThan(0);
    expect(frames.join()).not.toMatch(/acme|rate\.ts/);
  });

  it('has no places where the message has been changed since', () => {
    const error = new Error('bad\n    at acme (rate.ts:41:37)');
    expect(error.stack).toContain('acme');
    for (const message of ['another', 'a', 'E', '']) {
      error.message = message;
      expect(errorFields(error).frames).toEqual([]);
    }
  });

  it('is a class and a code of their usual form only', () => {
    const error = Object.assign(new Error('x'), { name: 'rate 41.37', code: 'rate 41.37' });
    expect(errorFields(error)).toMatchObject({ class: 'Error' });
    expect(errorFields(error)).not.toHaveProperty('code');
  });

  it.each(['rate 41.37', undefined, null, { rate: 41.37 }])('of %j, which is none, is its type', (thrown) => {
    expect(errorFields(thrown)).toEqual({ class: typeof thrown, frames: [] });
  });
});
