import { describe, expect, it } from 'vitest';
import { mergePatched } from '../../../src/scenarios/merge-patch.ts';

describe('a JSON merge patch', () => {
  // Appendix A of RFC 7396.
  it.each([
    ['{"a":"b"}', '{"a":"c"}', '{"a":"c"}'],
    ['{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'],
    ['{"a":"b"}', '{"a":null}', '{}'],
    ['{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'],
    ['{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'],
    ['{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'],
    ['{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'],
    ['{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'],
    ['["a","b"]', '["c","d"]', '["c","d"]'],
    ['{"a":"b"}', '["c"]', '["c"]'],
    ['{"a":"foo"}', 'null', 'null'],
    ['{"a":"foo"}', '"bar"', '"bar"'],
    ['{"e":null}', '{"a":1}', '{"e":null,"a":1}'],
    ['[1,2]', '{"a":"b","c":null}', '{"a":"b"}'],
    ['{}', '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'],
  ])('on %s of %s gives %s', (document, patch, result) => {
    expect(JSON.stringify(mergePatched(JSON.parse(document), JSON.parse(patch)))).toBe(result);
  });

  it('changes neither document and takes inherited names for members like others', () => {
    const document: unknown = JSON.parse('{"a":{"b":1}}');
    const patch: unknown = JSON.parse('{"a":{"constructor":2,"toString":null}}');
    expect(mergePatched(document, patch)).toEqual({ a: { b: 1, constructor: 2 } });
    expect(JSON.stringify([document, patch])).toBe('[{"a":{"b":1}},{"a":{"constructor":2,"toString":null}}]');
  });
});
