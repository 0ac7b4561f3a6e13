/** The figures of one size, by name; what could not be measured is absent. */
export type Measured = Record<string, unknown>;

type Sizes = readonly (readonly [size: string, figures: Measured])[];

const STATIONS = [
  'parse',
  'validate',
  'formulate',
  'engine',
  'certificate',
  'serialise',
  'whole, no sensitivity',
  'over HTTP, no sensitivity',
  'sensitivity',
  'whole, classic',
  'over HTTP, classic',
];

const SOLVERS = ['highs, interior point', 'clp', 'glpk.js', 'yalps', 'javascript-lp-solver'];

/** The tables of `README.md`. */
export function reportOf(linear: Sizes, choices: Sizes, quarters: Sizes, machine: string): string {
  const parts = [`Measured on ${machine}.`];
  if (linear.length > 0)
    parts.push(sizesTable(linear), stationsTable(linear), resolvesTable(linear), solversTable(linear));
  if (choices.length > 0) parts.push(choicesTable(choices));
  if (quarters.length > 0) parts.push(quartersTable(quarters));
  return `${parts.join('\n\n')}\n`;
}

function sizesTable(sizes: Sizes): string {
  const line = (words: string, name: string, digits = 0) => [
    words,
    ...sizes.map(([, figures]) => number(figures[name], digits)),
  ];
  return table(
    ['program', ...sizes.map(([size]) => size)],
    [
      line('columns', 'columns'),
      line('rows', 'rows'),
      line('entries', 'entries'),
      line('scenario, MB of JSON', 'scenarioMegabytes', 2),
      line('bare engine, ms', 'bare', 1),
    ],
  );
}

function stationsTable(sizes: Sizes): string {
  const ratio = (name: string) => sizes.map(([, figures]) => number(figures[name], 3));
  const memory = sizes.map(([, { bareMegabytes, wholeMegabytes }]) =>
    number(Number(wholeMegabytes) / Number(bareMegabytes), 2),
  );
  return table(
    ['time, bare engine = 1', ...sizes.map(([size]) => size)],
    [
      ...STATIONS.map((station) => [station, ...ratio(station)]),
      ['whole, full, with the whole, no sensitivity = 1', ...ratio('full, plan = 1')],
      [
        'price of one limit upwards, in thousandths',
        ...sizes.map(([, figures]) => number(1000 * Number(figures['price, solves']), 3)),
      ],
      ['peak memory, bare engine = 1', ...memory],
      ['peak memory, MB', ...sizes.map(([, { wholeMegabytes }]) => number(wholeMegabytes, 0))],
      ['plan certified', ...sizes.map(([, { verified }]) => (verified === true ? 'yes' : 'no'))],
    ],
  );
}

const RESOLVES = [
  ['limit moved, by our solve', 'limit moved'],
  ['limit moved, by the bare engine', 'limit moved, bare'],
  ['limit moved, of the slowest family, by our solve', 'limit moved, slowest family'],
  ['limit moved, from the kept program unproven, by our solve', 'limit moved, kept program'],
  ['cost changed, by our solve', 'cost changed'],
  ['cost changed, by the bare engine', 'cost changed, bare'],
] as const;

function resolvesTable(sizes: Sizes): string {
  const figures = (name: string, digits: number) => sizes.map(([, all]) => number(all[name], digits));
  return table(
    ['times as fast as from nothing', ...sizes.map(([size]) => size)],
    [
      ...RESOLVES.map(([words, name]) => [words, ...figures(name, 1)]),
      ['proof of one answer, our solve = 1', ...figures('proof, solves', 4)],
      ['preparation for other limits, our solve = 1', ...figures('preparation, solves', 2)],
      ['answers refused', ...figures('refused', 0)],
    ],
  );
}

function solversTable(sizes: Sizes): string {
  const cell = (figures: Measured, solver: string) => {
    const found = figures[solver];
    if (found === undefined) return 'not tried';
    if (found === 'none') return 'no answer in 60 s';
    if (found === 'wrong') return 'wrong optimum';
    return number(Number(found) / Number(figures.bare), 2);
  };
  return table(
    ['time, bare engine = 1', ...sizes.map(([size]) => size)],
    SOLVERS.map((solver) => [solver, ...sizes.map(([, figures]) => cell(figures, solver))]),
  );
}

function choicesTable(sizes: Sizes): string {
  const rows = sizes.flatMap(([size, figures]) =>
    (figures.limits as readonly number[]).map((limit) => {
      const percents = (what: string) => {
        const [middle, worst] = figures[`${what} at ${limit}`] as [number, number];
        return `${percent(middle)} (${percent(worst)})`;
      };
      return [
        `${size} (${number(figures.choices, 0)})`,
        String(limit),
        percents('choices'),
        percents('choices, bare engine'),
      ];
    }),
  );
  return table(['program', 'time limit, s', 'gap, median (worst) of 3', 'bare engine'], rows);
}

function quartersTable(quarters: Sizes): string {
  const cell = (gap: unknown) => percent(typeof gap === 'number' ? gap : Infinity);
  return table(
    [
      'realistic quarter with',
      'choices',
      'relaxation below the best plan by',
      'gap',
      'after, s',
      'gap at 2 s',
    ],
    quarters.map(([name, { choices, relaxationGap, gap, seconds, gapAtOnce }]) => [
      name,
      number(choices, 0),
      cell(relaxationGap),
      cell(gap),
      number(seconds, 1),
      cell(gapAtOnce),
    ]),
  );
}

function percent(gap: number): string {
  return Number.isFinite(gap) ? `${number(gap * 100, 3)} %` : 'no plan';
}

export function number(value: unknown, digits: number): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) return '–';
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
