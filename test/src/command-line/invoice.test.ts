import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { newFolder, run } from './terminal-session.ts';

const sample = fileURLToPath(new URL('../../../data/two-quarter-ramp/invoice.json', import.meta.url));
const folder = newFolder();

afterAll(() => {
  folder.remove();
});

const inDollars = {
  contract: { vendor: 'acme', volume: 'hours', charge: { by: 'unit', rate: 2.01 } },
  currency: 'USD',
  periods: ['P1', 'P2'],
  delivered: [{ period: 'P2', hours: 1 }],
};

it('prints every line of every bill with how it came about, in both currencies', async () => {
  // 1,000 pesos and 3 % from April on; 15 % less from 7,500 hours on, which May is past by 931.25.
  expect(await run('invoice', sample)).toEqual({
    exit: 0,
    complained: '',
    printed: `Bills of Brightline
Period   Line                 PHP  How it came about
2027-04  volume      6,604,875.00  6,412.5 hours at 1,030.00.
2027-04  management    412,000.00  Management of 2027-04: 412,000.00.
2027-04  total       7,016,875.00  6,412.5 hours; 121,391.94 USD at 0.0173
2027-05  volume      7,725,000.00  7,500 hours at 1,030.00.
2027-05  volume        815,309.38  931.25 hours from 7,500 on at 875.50.
2027-05  management    412,000.00  Management of 2027-05: 412,000.00.
2027-05  total       8,952,309.38  8,431.25 hours; 153,979.72 USD at 0.0172

Total 275,371.66 USD
`,
  });
});

it('with --out also writes them as JSON, as the service answers', async () => {
  const out = folder.path('bills.json');
  expect((await run('invoice', sample, '--out', out)).exit).toBe(0);
  expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({
    vendor: 'Brightline',
    bills: [{ total: 7_016_875 }, { total: 8_952_309.38, totalInCurrency: 153_979.72 }],
    totalInCurrency: 275_371.66,
  });
});

it('prints what cents of the lines lack to the total, and one currency once', async () => {
  // Two halves of an hour are 1.005 each, 1.01 in cents, and 2.01 together.
  const tiers = { apply: 'slice', steps: [{ fromVolume: 0.5, rateShare: 1 }] };
  const charge = { ...inDollars.contract.charge, tiers };
  const request = { ...inDollars, contract: { ...inDollars.contract, charge } };
  const { printed } = await run('invoice', folder.write('halves.json', request));
  expect(printed).toBe(`Bills of acme
Period  Line        USD  How it came about
P2      volume     1.01  0.5 hours at 2.01.
P2      volume     1.01  0.5 hours from 0.5 on at 2.01.
P2      rounding  -0.01  What the lines lack in cents.
P2      total      2.01  1 hours

Total 2.01 USD
`);
});

it('says so where nothing was delivered', async () => {
  const request = folder.write('nothing.json', { ...inDollars, delivered: [] });
  expect(await run('invoice', request)).toEqual({
    exit: 0,
    complained: '',
    printed: 'Bills of acme\nNothing was delivered.\n\nTotal 0.00 USD\n',
  });
});

it('exits with 1 and tells faults by place and remedy, and writes nothing then', async () => {
  const out = folder.path('none.json');
  const wrong = {
    ...inDollars,
    delivered: [
      { period: 'P3', hours: 1 },
      { period: 'P1', contacts: 5 },
    ],
  };
  expect(await run('invoice', folder.write('wrong.json', wrong), '--out', out)).toEqual({
    exit: 1,
    printed: '',
    complained: `2 faults:
wrong.json /delivered/0/period: There is no period "P3". Define it under /periods or correct the spelling. [unknown-period]
wrong.json /delivered/1: The contract bills hours. Give them. [missing-hours]
`,
  });
  expect(() => readFileSync(out)).toThrow('ENOENT');
  const text = await run('invoice', folder.write('broken.json', '{"contract":'));
  expect([text.exit, text.printed]).toEqual([1, '']);
  expect(text.complained).toMatch(
    /^One fault:\nbroken\.json \/: The text is not JSON: .+ \[invalid-json\]\n$/,
  );
});

it('exits with 2 for a file that cannot be read', async () => {
  const missing = folder.path('missing.json');
  expect(await run('invoice', missing)).toEqual({
    exit: 2,
    printed: '',
    complained: `${missing} cannot be read (ENOENT).\n`,
  });
});
