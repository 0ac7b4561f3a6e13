import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallScenario } from '../../../models/small-scenario.ts';
import { undocumented } from '../documented-answer.ts';
import { type Answer, send, startService, type TestService } from '../test-service.ts';

let service: TestService;

beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

interface Kept {
  readonly id: string;
  readonly revision: number;
  readonly sha256: string;
  readonly [field: string]: unknown;
}

const scenario = smallScenario();

async function created(headers: Record<string, string> = {}, body: unknown = { scenario }): Promise<Kept> {
  const answer = await send(service.url, 'post', '/v1/scenarios', body, headers);
  expect(answer.text).toContain('"id"');
  expect([answer.status, undocumented('post', '/v1/scenarios', answer)]).toEqual([201, undefined]);
  const kept = bodyOf<Kept>(answer);
  expect(answer.headers.get('location')).toBe(`/v1/scenarios/${kept.id}`);
  expect(answer.headers.get('etag')).toBe('"r1"');
  return kept;
}

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- says what the body is
function bodyOf<Body>({ text }: Answer): Body {
  return JSON.parse(text) as Body;
}

const ONE = '/v1/scenarios/{scenario}';

describe('a kept scenario', () => {
  it('is read as it was sent, with its revision, digest and entity tag', async () => {
    const kept = await created({}, { scenario, comment: 'as agreed in May' });
    expect(kept).toMatchObject({ name: scenario.name, revision: 1, change: { kind: 'created' } });
    const read = await send(service.url, 'get', `/v1/scenarios/${kept.id}`);
    expect([read.status, undocumented('get', ONE, read)]).toEqual([200, undefined]);
    expect(read.headers.get('etag')).toBe('"r1"');
    expect(bodyOf<Kept>(read)).toEqual({ ...kept, scenario });
    expect(kept.comment).toBe('as agreed in May');
  });

  it('has the digest of its RFC 8785 form, whatever the order of its members', async () => {
    const turned = Object.fromEntries(Object.entries(scenario).reverse());
    const [one, other] = [await created(), await created({}, { scenario: turned })];
    expect(one.sha256).toBe(other.sha256);
    const sorted = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(sorted)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .sort(([a], [b]) => (a < b ? -1 : 1))
                .map(([name, member]) => [name, sorted(member)]),
            )
          : value;
    expect(one.sha256).toBe(
      createHash('sha256')
        .update(JSON.stringify(sorted(scenario)))
        .digest('hex'),
    );
  });

  it('is not sent again to who has it', async () => {
    const { id } = await created();
    const read = await send(service.url, 'get', `/v1/scenarios/${id}`, undefined, {
      'if-none-match': '"r1"',
    });
    expect([read.status, read.text]).toEqual([304, '']);
  });

  it('is refused with every fault that a solve finds, and nothing is kept of it', async () => {
    const before = bodyOf<{ items: unknown[] }>(await send(service.url, 'get', '/v1/scenarios?limit=200'));
    const faulty = { ...scenario, name: 1, teams: [{ ...scenario.teams[0], site: 'nowhere' }], more: true };
    const answer = await send(service.url, 'post', '/v1/scenarios', { scenario: faulty, comment: 5 });
    expect([answer.status, undocumented('post', '/v1/scenarios', answer)]).toEqual([400, undefined]);
    const { errors } = bodyOf<{ errors: { pointer: string }[] }>(answer);
    expect(errors.map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(['/scenario/name', '/scenario/teams/0/site', '/scenario/more', '/comment']),
    );
    const after = bodyOf<{ items: unknown[] }>(await send(service.url, 'get', '/v1/scenarios?limit=200'));
    expect(after.items).toHaveLength(before.items.length);
  });

  it('is not there under another address', async () => {
    for (const id of ['nothing', '%00', '..%2f..', 'a'.repeat(2000)]) {
      const answer = await send(service.url, 'get', `/v1/scenarios/${id}`);
      expect([id, answer.status]).toEqual([id, 404]);
    }
  });
});

describe('a change', () => {
  it('makes the next revision and keeps the one before', async () => {
    const { id } = await created();
    const changed = { ...scenario, name: 'Fewer seats' };
    const path = `/v1/scenarios/${id}`;
    const body = { scenario: changed, comment: 'after the call' };
    const put = await send(service.url, 'put', path, body, { 'if-match': '"r1"' });
    expect([put.status, undocumented('put', ONE, put)]).toEqual([200, undefined]);
    expect(put.headers.get('etag')).toBe('"r2"');
    expect(bodyOf<Kept>(put)).toMatchObject({
      revision: 2,
      name: 'Fewer seats',
      change: { kind: 'replaced' },
    });
    const revisions = await send(service.url, 'get', `${path}/revisions`);
    expect(undocumented('get', `${ONE}/revisions`, revisions)).toBeUndefined();
    expect(bodyOf<{ items: Kept[] }>(revisions).items).toMatchObject([
      { revision: 2, comment: 'after the call' },
      { revision: 1 },
    ]);
    const first = await send(service.url, 'get', `${path}/revisions/1`);
    expect(undocumented('get', `${ONE}/revisions/{revision}`, first)).toBeUndefined();
    expect(bodyOf<Kept>(first)).toMatchObject({ scenarioId: id, revision: 1, scenario });
  });

  it('in places merges members, takes away what is null, and replaces lists', async () => {
    const { id } = await created({}, { scenario: { ...scenario, rules: { budget: [{ amount: 5e6 }] } } });
    const path = `/v1/scenarios/${id}`;
    const patch = { name: 'Patched', rules: { budget: null, inHouseShare: [{ minShare: 0.1 }] } };
    const headers = { 'if-match': '"r1"', 'content-type': 'application/merge-patch+json' };
    for (const wrong of ['coment=x', 'comment=x&comment=y', 'comment=%00', `comment=${'x'.repeat(201)}`])
      expect((await send(service.url, 'patch', `${path}?${wrong}`, patch, headers)).status).toBe(400);
    const commented = `${path}?comment=${encodeURIComponent('after the call – é')}`;
    const answer = await send(service.url, 'patch', commented, patch, headers);
    expect(bodyOf<Kept>(answer)).toMatchObject({ revision: 2, comment: 'after the call – é' });
    expect([answer.text, undocumented('patch', ONE, answer)]).toEqual([
      expect.stringContaining('"kind":"patched"'),
      undefined,
    ]);
    const read = bodyOf<Kept>(await send(service.url, 'get', path));
    expect(read.scenario).toEqual({
      ...scenario,
      name: 'Patched',
      rules: { inHouseShare: [{ minShare: 0.1 }] },
    });
  });

  it('that would make the scenario wrong is refused, with pointers into the scenario as it would be', async () => {
    const { id } = await created();
    const patch = { currency: 7, teams: null, nonsense: 1 };
    const headers = { 'if-match': '"r1"', 'content-type': 'application/merge-patch+json' };
    const answer = await send(service.url, 'patch', `/v1/scenarios/${id}`, patch, headers);
    expect([answer.status, undocumented('patch', ONE, answer)]).toEqual([400, undefined]);
    const { errors } = bodyOf<{ errors: { pointer: string }[] }>(answer);
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual(['/currency', '/nonsense', '/teams']);
    for (const wrong of ['[]', '"x"', '{', '{"a":1,"a":2}'])
      expect((await send(service.url, 'patch', `/v1/scenarios/${id}`, wrong, headers)).status).toBe(400);
    const plain = { 'if-match': '"r1"' };
    expect((await send(service.url, 'patch', `/v1/scenarios/${id}`, patch, plain)).status).toBe(415);
    expect(bodyOf<Kept>(await send(service.url, 'get', `/v1/scenarios/${id}`)).revision).toBe(1);
  });

  it('must name the revision it is made from', async () => {
    const { id } = await created();
    for (const method of ['put', 'delete'] as const) {
      const answer = await send(service.url, method, `/v1/scenarios/${id}`, { scenario });
      expect([answer.status, undocumented(method, ONE, answer)]).toEqual([428, undefined]);
    }
  });

  it('made from an old revision is refused, and told what has changed', async () => {
    const { id } = await created();
    const path = `/v1/scenarios/${id}`;
    await send(service.url, 'put', path, { scenario, comment: 'by somebody else' }, { 'if-match': '"r1"' });
    for (const tag of ['"r1"', 'W/"r2"', '"r20"', 'r2', '"x"']) {
      const answer = await send(service.url, 'put', path, { scenario }, { 'if-match': tag });
      expect([tag, answer.status, undocumented('put', ONE, answer)]).toEqual([tag, 412, undefined]);
      expect(answer.headers.get('etag')).toBe('"r2"');
      expect(bodyOf<Kept>(answer).revision).toBe(2);
    }
    const answer = await send(service.url, 'delete', path, undefined, { 'if-match': '"r1"' });
    expect([answer.status, bodyOf<{ changes: Kept[] }>(answer).changes]).toMatchObject([
      412,
      [{ revision: 2, comment: 'by somebody else' }],
    ]);
    const any = await send(service.url, 'put', path, { scenario }, { 'if-match': '*' });
    expect(any.headers.get('etag')).toBe('"r3"');
    const listed = await send(service.url, 'put', path, { scenario }, { 'if-match': '"r1", "r3"' });
    expect(listed.headers.get('etag')).toBe('"r4"');
  });

  it('of fifty at once with one entity tag succeeds once', async () => {
    const { id } = await created();
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        send(
          service.url,
          'put',
          `/v1/scenarios/${id}`,
          { scenario: { ...scenario, name: `edit ${i}` } },
          { 'if-match': '"r1"' },
        ),
      ),
    );
    expect(all.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(49).fill(412)]);
    const read = bodyOf<Kept>(await send(service.url, 'get', `/v1/scenarios/${id}`));
    const winner = all.find(({ status }) => status === 200)!;
    expect([read.revision, read.sha256]).toEqual([2, bodyOf<Kept>(winner).sha256]);
  });
});

describe('deleting', () => {
  it('takes a scenario off the list and keeps its history', async () => {
    const { id } = await created();
    const path = `/v1/scenarios/${id}`;
    const gone = await send(service.url, 'delete', path, undefined, { 'if-match': '"r1"' });
    expect([gone.status, gone.text]).toEqual([204, '']);
    for (const [method, body] of [['get'], ['put', { scenario }], ['delete']] as const) {
      const answer = await send(service.url, method, path, body, { 'if-match': '"r1"' });
      expect([method, answer.status, undocumented(method, ONE, answer)]).toEqual([method, 410, undefined]);
    }
    const list = bodyOf<{ items: Kept[] }>(await send(service.url, 'get', '/v1/scenarios?limit=200'));
    expect(list.items.map((item) => item.id)).not.toContain(id);
    expect(bodyOf<Kept>(await send(service.url, 'get', `${path}/revisions/1`)).scenario).toEqual(scenario);
  });
});

describe('a copy', () => {
  const COPIES = `${ONE}/copies`;

  it('is a scenario of its own that says where it comes from', async () => {
    const { id, sha256 } = await created();
    await send(
      service.url,
      'put',
      `/v1/scenarios/${id}`,
      { scenario: { ...scenario, name: 'two' } },
      { 'if-match': '*' },
    );
    const answer = await send(service.url, 'post', `/v1/scenarios/${id}/copies`, {
      revision: 1,
      comment: 'typhoon',
    });
    expect([answer.status, undocumented('post', COPIES, answer)]).toEqual([201, undefined]);
    const copy = bodyOf<Kept>(answer);
    expect(copy).toMatchObject({
      revision: 1,
      sha256,
      name: scenario.name,
      comment: 'typhoon',
      change: { kind: 'copied', scenarioId: id, revision: 1 },
    });
    expect(copy.id).not.toBe(id);
    const named = await send(service.url, 'post', `/v1/scenarios/${id}/copies`, { name: 'Typhoon' });
    const read = await send(service.url, 'get', `/v1/scenarios/${bodyOf<Kept>(named).id}`);
    expect(bodyOf<Kept>(read)).toMatchObject({ name: 'Typhoon', scenario: { ...scenario, name: 'Typhoon' } });
  });

  it('brings a deleted scenario back, where the revision is named', async () => {
    const { id } = await created();
    await send(service.url, 'delete', `/v1/scenarios/${id}`, undefined, { 'if-match': '*' });
    for (const [body, status] of [
      [{}, 410],
      [{ revision: 1 }, 201],
      [{ revision: 2 }, 404],
      [{ x: 1 }, 400],
    ] as const) {
      const answer = await send(service.url, 'post', `/v1/scenarios/${id}/copies`, body);
      expect([body, answer.status, undocumented('post', COPIES, answer)]).toEqual([body, status, undefined]);
    }
  });
});

describe('a label', () => {
  const REVISION = `${ONE}/revisions/{revision}`;
  const headers = { 'content-type': 'application/merge-patch+json' };

  it('names one revision at a time, and stands in the list of revisions', async () => {
    const { id } = await created();
    const path = `/v1/scenarios/${id}`;
    await send(service.url, 'put', path, { scenario }, { 'if-match': '*' });
    for (const [revision, label, status] of [
      [1, 'as signed', 200],
      [2, 'as signed', 409],
      [1, null, 200],
      [2, 'as signed', 200],
      [3, 'else', 404],
      [2, '', 400],
    ] as const) {
      const answer = await send(service.url, 'patch', `${path}/revisions/${revision}`, { label }, headers);
      expect([revision, label, answer.status, undocumented('patch', REVISION, answer)]).toEqual([
        revision,
        label,
        status,
        undefined,
      ]);
    }
    const { items } = bodyOf<{ items: Kept[] }>(await send(service.url, 'get', `${path}/revisions`));
    expect(items.map(({ label }) => label)).toEqual(['as signed', undefined]);
  });
});

describe('the list', () => {
  it('comes in pages, the newest change first, each scenario once', async () => {
    const ids = [];
    for (let i = 0; i < 5; i += 1) ids.push((await created()).id);
    const seen: string[] = [];
    let path = '/v1/scenarios?limit=2';
    for (;;) {
      const answer = await send(service.url, 'get', path);
      expect(undocumented('get', '/v1/scenarios', answer)).toBeUndefined();
      const { items, next } = bodyOf<{ items: Kept[]; next?: string }>(answer);
      seen.push(...items.map(({ id }) => id));
      if (next === undefined) break;
      path = `/v1/scenarios?limit=2&cursor=${next}`;
    }
    expect(seen.slice(0, 5)).toEqual(ids.reverse());
    expect(new Set(seen).size).toBe(seen.length);
  });

  // The last ones say [1,2], [1.5,"x"] and [1,"\\u0000"].
  it.each([
    'limit=0',
    'limit=201',
    'limit=x',
    'cursor=x',
    'limit=1&limit=2',
    'cursor=WzEsMl0',
    'cursor=WzEuNSwieCJd',
    'cursor=WzEsIlx1MDAwMCJd',
  ])('refuses %s', async (query) => {
    const answer = await send(service.url, 'get', `/v1/scenarios?${query}`);
    expect([answer.status, undocumented('get', '/v1/scenarios', answer)]).toEqual([400, undefined]);
  });
});

describe('an idempotency key', () => {
  it('keeps a scenario once, and gives the same answer again', async () => {
    const headers = { 'idempotency-key': 'first try'.replace(' ', '-') };
    const all = await Promise.all(
      Array.from({ length: 20 }, () => send(service.url, 'post', '/v1/scenarios', { scenario }, headers)),
    );
    expect(new Set(all.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(all.filter((answer) => answer.headers.get('idempotent-replayed') === 'true')).toHaveLength(19);
    const other = await send(service.url, 'post', '/v1/scenarios', { scenario, comment: 'x' }, headers);
    expect([other.status, undocumented('post', '/v1/scenarios', other)]).toEqual([422, undefined]);
  });

  it('is free again after a fault, and refused where it is none', async () => {
    const headers = { 'idempotency-key': 'mended' };
    expect((await send(service.url, 'post', '/v1/scenarios', { scenario: {} }, headers)).status).toBe(400);
    expect((await send(service.url, 'post', '/v1/scenarios', { scenario }, headers)).status).toBe(201);
    const long = { 'idempotency-key': 'x'.repeat(256) };
    expect((await send(service.url, 'post', '/v1/scenarios', { scenario }, long)).status).toBe(400);
  });
});
