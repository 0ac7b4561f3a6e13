import { fullBody } from './full-body.ts';

/** A body that must be refused, and where the fault must be seen if it has one place. */
export interface HostileBody {
  readonly name: string;
  readonly body: string | Uint8Array;
  readonly pointer?: string;
}

type Path = readonly (string | number)[];

/** Something that stands in a document instead of a value, as it is written. */
class Raw {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** All of them: well over a hundred and fifty, most made by spoiling one place of a valid body. */
export function hostileBodies(): HostileBody[] {
  return [
    ...noDocument(),
    ...wrongRoot(),
    ...wrongTypes(),
    ...wrongNumbers(),
    ...wrongTexts(),
    ...wrongFields(),
    ...wrongSizes(),
    ...wrongReferences(),
    ...notPlannedYet(),
  ];
}

/** In the short form every other item, at the next place the others; all of them in a long run. */
function some<Item>(items: readonly Item[], place: number): Item[] {
  const stride = process.env.APPORTION_DRAWS === undefined ? 2 : 1;
  return items.filter((_, i) => (i + place) % stride === 0);
}

function noDocument(): HostileBody[] {
  const valid = JSON.stringify(fullBody);
  const bytes = (...values: number[]) => Uint8Array.from(values);
  const spliced = (text: string, put: Uint8Array) =>
    Buffer.concat([Buffer.from(text), put, Buffer.from('"')]);
  const texts: Record<string, string | Uint8Array> = {
    'white space only': ' \n\t ',
    'a byte order mark only': bytes(0xef, 0xbb, 0xbf),
    'two byte order marks': Buffer.concat([bytes(0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf), Buffer.from(valid)]),
    'a NUL byte': bytes(0),
    'UTF-16, little-endian': Buffer.concat([bytes(0xff, 0xfe), Buffer.from(valid, 'utf16le')]),
    'UTF-16, big-endian': Buffer.concat([bytes(0xfe, 0xff), Buffer.from(valid, 'utf16le').swap16()]),
    'UTF-16 without a mark': Buffer.from(valid, 'utf16le'),
    'Latin-1': Buffer.from('{"scenario":"é"}', 'latin1'),
    'a surrogate encoded as UTF-8': spliced('"', bytes(0xed, 0xa0, 0x80)),
    'an overlong slash': spliced('"', bytes(0xc0, 0xaf)),
    'a code point beyond the last': spliced('"', bytes(0xf4, 0x90, 0x80, 0x80)),
    'a sequence cut short': Buffer.concat([Buffer.from('"'), bytes(0xe2, 0x82)]),
    NaN: 'NaN',
    Infinity: 'Infinity',
    undefined: 'undefined',
    'a word cut short': 'tru',
    'one quote': '"',
    'one brace': '{',
    'one bracket': '[',
    'a closing brace': '}',
    'a number with a plus': '+1',
    'a number with a leading zero': '01',
    'a hexadecimal number': '0x10',
    'a point without digits': '1.',
    'an exponent without digits': '1e',
    'a minus alone': '-',
    'single quotes': "{'scenario':{}}",
    'a name without quotes': '{scenario:{}}',
    'a comma at the end': '{"scenario":{},}',
    'a comment': '{"scenario":{} /* none */}',
    'two documents': '{}{}',
    'a line break in a text': '{"scenario":"a\nb"}',
    'an unknown escape': '{"scenario":"\\x41"}',
    'half an escape': '{"scenario":"\\u12"}',
    YAML: 'scenario:\n  name: x\n',
    'a form': 'scenario=%7B%7D',
    HTML: '<!doctype html><title>x</title>',
    'a GIF': Buffer.from('GIF89a\u0001\u0000', 'latin1'),
    'gzip without a header that says so': bytes(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3),
    'valid JSON with a NUL after it': `${valid}\u0000`,
    '100,000 open brackets': '['.repeat(1e5),
    '100,000 open objects': '{"a":'.repeat(1e5),
    'arrays 100,000 deep': `${'['.repeat(1e5)}${']'.repeat(1e5)}`,
    'objects 100,000 deep': `${'{"a":'.repeat(1e5)}1${'}'.repeat(1e5)}`,
    'arrays 100,000 deep in a scenario': `{"scenario":${'['.repeat(1e5)}${']'.repeat(1e5)}}`,
    'arrays 33 deep': `${'['.repeat(33)}${']'.repeat(33)}`,
  };
  for (const share of [0.01, 0.1, 0.35, 0.5, 0.8, 0.99]) {
    texts[`a valid body cut after ${share} of it`] = valid.slice(0, Math.floor(valid.length * share));
  }
  return Object.entries(texts).map(([name, body]) => ({ name: `text: ${name}`, body }));
}

function wrongRoot(): HostileBody[] {
  const roots = [null, true, false, 0, 1, 'scenario', '', [], [fullBody], {}];
  return roots.map((root) => ({
    name: `root: ${JSON.stringify(root).slice(0, 20)}`,
    body: JSON.stringify(root),
  }));
}

/** Every place of the valid body, with a value of every other type. */
function wrongTypes(): HostileBody[] {
  const others = [null, true, 7, 'text', [], {}];
  return placesIn(fullBody).flatMap(({ path, value }, place) =>
    some(others, place)
      .filter((other) => typeOf(other) !== typeOf(value))
      // A null means that capacity has no limit; the scenario then fails for another reason.
      .filter((other) => !(other === null && path.at(-1) === 'hours'))
      .map((other) => spoiled(`${pointerOf(path)} is ${JSON.stringify(other)}`, path, JSON.stringify(other))),
  );
}

function wrongNumbers(): HostileBody[] {
  const literals = ['1e999', '-1e999', '1e-999', '1e308', '-1', '5e-324', '1e400', '-0.5'];
  return placesIn(fullBody)
    .filter(({ value }) => typeof value === 'number')
    .flatMap(({ path }, place) =>
      some(literals, place)
        // A bonus below 0 is a malus.
        .filter(
          (literal) =>
            !(path.includes('bonuses') && path.at(-1) === 'amount' && /^-[01]\b(?!e)/.test(literal)),
        )
        .map((literal) => spoiled(`${pointerOf(path)} is ${literal}`, path, literal)),
    );
}

function wrongTexts(): HostileBody[] {
  const texts = [
    '"\\ud800"',
    '"a\\udc00b"',
    '"a\\u0000b"',
    '"\\u001b[31m"',
    '"\\u0085"',
    `"${'x'.repeat(300)}"`,
  ];
  return placesIn(fullBody)
    .filter(({ value }) => typeof value === 'string')
    .flatMap(({ path }) =>
      texts.map((text) => spoiled(`${pointerOf(path)} is ${text.slice(0, 12)}`, path, text)),
    );
}

/** Every object of the valid body, with a member too many. */
function wrongFields(): HostileBody[] {
  const members = {
    ['__proto__']: '{"polluted":true}',
    constructor: '{"prototype":{"polluted":true}}',
    toString: '1',
    '': '1',
    'a/b~c': '1',
  };
  const objects = [{ path: [], value: fullBody }, ...placesIn(fullBody)].filter(
    ({ value }) => typeOf(value) === 'object',
  );
  return objects.flatMap(({ path, value }) => {
    const inside = JSON.stringify(value).slice(1);
    const [first] = Object.entries(value as object);
    const unknown = Object.entries(members).map(([field, member]) => ({
      ...spoiled(`${pointerOf(path)} has a field ${field}`, path, `{"${field}":${member},${inside}`),
      pointer: pointerOf([...path, field]),
    }));
    const twice = `{${JSON.stringify(first[0])}:${JSON.stringify(first[1])},${inside}`;
    return [
      ...unknown,
      {
        ...spoiled(`${pointerOf(path)} has a field twice`, path, twice),
        pointer: pointerOf([...path, first[0]]),
      },
    ];
  });
}

function wrongSizes(): HostileBody[] {
  const lists = ['periods', 'sites', 'teams', 'workflows', 'placements'] as const;
  const { scenario } = fullBody;
  const huge = (name: string, path: Path, text: string) =>
    spoiled(`${name} at ${pointerOf(path)}`, path, text);
  return [
    ...lists.flatMap((list) => [
      listOf('100,000 numbers', list, '0', ''),
      listOf('100,000 empty lists', list, '[]', ''),
      listOf('100,000 empty objects', list, '{}', list === 'placements' ? '/workflow' : '/id'),
      listOf('100,000 unknown fields', list, '{"x":1}', '/x'),
    ]),
    huge('a text of 5 MB', ['scenario', 'name'], `"${'x'.repeat(5e6)}"`),
    huge('a text of 5 MB of escapes', ['scenario', 'teams', 0, 'id'], `"${'\\u0041'.repeat(8e5)}"`),
    huge('an emoji 1,000,000 times', ['scenario', 'workflows', 0, 'id'], `"${'📞'.repeat(1e6)}"`),
    huge('1,001 periods', ['scenario', 'periods'], JSON.stringify(numbered(1001, (id) => ({ id })))),
    huge('no period', ['scenario', 'periods'], '[]'),
    huge(
      '20,001 sites',
      ['scenario', 'sites'],
      JSON.stringify(numbered(20_001, (id) => ({ id, operator: 'in-house' }))),
    ),
    huge('1,001 words', ['scenario', 'teams', 0, 'skills'], JSON.stringify(numbered(1001, (id) => id))),
    huge(
      '1,001 entries',
      ['scenario', 'teams', 0, 'capacity'],
      JSON.stringify(numbered(1001, (period) => ({ period, hours: 1 }))),
    ),
    { name: 'an object with a million fields', body: `{${numbered(1e6, (id) => `"${id}":0`).join(',')}}` },
    { name: 'one field a million times', body: `{${'"scenario":0,'.repeat(999_999)}"scenario":0}` },
    { name: 'a million numbers', body: `[${'0,'.repeat(999_999)}0]` },
    { name: 'a key of a million characters', body: `{"${'k'.repeat(1e6)}":1}` },
    { name: 'a number of a million digits', body: `{"scenario":${'9'.repeat(1e6)}}` },
    { name: 'a fraction of a million digits', body: `{"scenario":0.${'0'.repeat(1e6)}1}` },
    {
      name: 'more pairs than are planned',
      body: JSON.stringify({
        scenario: {
          ...scenario,
          rules: {},
          placements: [],
          teams: numbered(1100, (id) => ({ ...scenario.teams[0], id })),
          workflows: numbered(1100, (id) => ({ ...scenario.workflows[0], id })),
        },
      }),
    },
  ];
}

/** A list of 100,000 equal items; the first fault of the first item stands at `place` in it. */
function listOf(name: string, list: string, item: string, place: string): HostileBody {
  const text = `[${Array<string>(100_000).fill(item).join(',')}]`;
  return {
    ...spoiled(`${name} in ${list}`, ['scenario', list], text),
    pointer: `/scenario/${list}/0${place}`,
  };
}

function wrongReferences(): HostileBody[] {
  const { scenario } = fullBody;
  const [team] = scenario.teams;
  const unknown: readonly (readonly [Path, string])[] = [
    [['scenario', 'teams', 0, 'site'], '"nowhere"'],
    [['scenario', 'teams', 0, 'capacity', 0, 'period'], '"never"'],
    [['scenario', 'workflows', 0, 'demand', 0, 'period'], '"never"'],
    [['scenario', 'placements', 0, 'workflow'], '"nothing"'],
    [['scenario', 'placements', 0, 'team'], '"__proto__"'],
    [['scenario', 'placements', 0, 'period'], '"constructor"'],
    [['scenario', 'rules', 'vendorShare', 0, 'vendor'], '"toString"'],
    [['scenario', 'rules', 'inHouseShare', 0, 'workflow'], '"hasOwnProperty"'],
    [['scenario', 'rules', 'budget', 0, 'period'], '"valueOf"'],
    [['scenario', 'periods', 0, 'start'], '"2027-02-30"'],
    [['scenario', 'periods', 0, 'start'], '"01/02/2027"'],
    [['scenario', 'periods', 1, 'start'], '"2026-01-01"'],
    [['scenario', 'periods', 0, 'end'], '"2026-01-01"'],
    [['scenario', 'currency'], '"usd"'],
    [['scenario', 'currency'], '"DOLLAR"'],
    [['scenario', 'sites', 1, 'operator'], '"in-house"'],
    [['scenario', 'sites', 0, 'operator'], '"bpo"'],
    [['scenario', 'teams', 0, 'rate', 'basis'], '"contact"'],
    [['scenario', 'teams', 0, 'capacity', 0, 'hours'], 'null'],
    [['scenario', 'teams', 0, 'id'], '""'],
    [['scenario', 'periods', 1, 'id'], '"P1"'],
  ];
  const withParts = (parts: object) => JSON.stringify({ scenario: { ...scenario, ...parts } });
  return [
    ...unknown.map(([path, text]) => {
      const { name, body } = spoiled(`${pointerOf(path)} is ${text}`, path, text);
      return { name, body };
    }),
    {
      name: '100,000 placements of unknown work',
      body: withParts({ placements: numbered(100_000, (workflow) => ({ workflow, team: 'nobody' })) }),
    },
    {
      name: '100,000 times the same placement',
      body: withParts({ placements: numbered(100_000, () => ({ workflow: 'orders', team: 'manila-en' })) }),
    },
    { name: '20,000 times the same team', body: withParts({ teams: numbered(20_000, () => team) }) },
    {
      name: 'the same period in two Unicode forms',
      body: withParts({ periods: [{ id: 'Zürich' }, { id: 'Zu\u0308rich' }] }),
    },
    {
      name: '300 capacities out of range',
      body: withParts({
        teams: numbered(300, (id) => ({
          ...team,
          id,
          paid: 'used',
          capacity: [{ period: 'P1', fte: 1e9, paidHoursPerFte: 1e9, shrinkage: 0 }],
        })),
      }),
    },
    {
      name: '300 paid hours without FTE',
      body: withParts({
        sites: [{ id: 'austin', operator: 'in-house' }],
        workflows: [{ id: 'orders', demand: [{ period: 'P1', hours: 1 }] }],
        placements: [],
        rules: {},
        teams: numbered(300, (id) => ({
          id,
          site: 'austin',
          rate: { basis: 'paid-hour', amount: 1 },
          capacity: [{ period: 'P1', hours: 5 }],
        })),
      }),
    },
  ];
}

function notPlannedYet(): HostileBody[] {
  const options = (field: string, value: unknown): HostileBody => ({
    name: `options.${field} is ${JSON.stringify(value)}`,
    body: JSON.stringify({ ...fullBody, options: { [field]: value } }),
    pointer: `/options/${field}`,
  });
  return [
    options('sensitivity', 'exact'),
    options('sensitivity', ''),
    options('engine', 'glpk'),
    options('crossCheck', 'yes'),
    options('engine', 'HIGHS'),
    options('engine', '__proto__'),
    options('timeLimitSeconds', 0),
    options('timeLimitSeconds', 3601),
    options('timeLimitSeconds', '10'),
    options('mipGap', 2),
    options('threads', 4),
    added(['scenario', 'sites', 1], 'openingCost', -1),
    added(['scenario', 'workflows', 0], 'maxSites', 0),
    added(['scenario', 'workflows', 0], 'maxSites', 1.5),
    added(['scenario', 'workflows', 0], 'minimumTeamHours', -40),
  ];
}

/** The valid body with one text in place of what stands at a path. */
function spoiled(name: string, path: Path, text: string): HostileBody {
  return { name, body: written(fullBody, path, new Raw(text)), pointer: pointerOf(path) };
}

function added(path: Path, field: string, value: unknown): HostileBody {
  const object = path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], fullBody);
  const text = JSON.stringify({ ...(object as object), [field]: value });
  return {
    ...spoiled(`${pointerOf([...path, field])} is ${JSON.stringify(value)}`, path, text),
    pointer: pointerOf([...path, field]),
  };
}

function written(value: unknown, path: Path, raw: Raw): string {
  if (path.length === 0) return raw.text;
  const [key, ...rest] = path;
  const inner = (at: string | number, part: unknown) =>
    String(at) === String(key) ? written(part, rest, raw) : JSON.stringify(part);
  if (Array.isArray(value)) return `[${value.map((item, at) => inner(at, item)).join(',')}]`;
  const members = Object.entries(value as object).map(
    ([at, part]) => `${JSON.stringify(at)}:${inner(at, part)}`,
  );
  return `{${members.join(',')}}`;
}

/** Every place below the root, outermost first. */
export function placesIn(value: unknown, path: Path = []): { path: Path; value: unknown }[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.map((item, at) => [at, item])
    : Object.entries(value);
  return entries.flatMap(([key, part]) => [
    { path: [...path, key], value: part },
    ...placesIn(part, [...path, key]),
  ]);
}

function pointerOf(path: Path): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function numbered<Item>(count: number, make: (id: string) => Item): Item[] {
  return Array.from({ length: count }, (_, i) => make(`n${i}`));
}
