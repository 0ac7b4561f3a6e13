import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { QUARTERS } from './quarters.ts';
import { type Measured, reportOf } from './report.ts';
import { CHOICE_SIZES, LINEAR_SIZES } from './sizes.ts';
import { median } from './statistics.ts';

/**
 * `npm run bench` measures every size and prints the tables of `README.md`; `npm run bench -- 1k 14k` only those sizes;
 * with `--write` the tables go into `README.md`. Every figure is measured in a process of its own.
 */
const ROUNDS: Readonly<Record<string, number>> = {
  '1k': 60,
  '14k': 30,
  '43k': 24,
  '43k back office': 12,
  '237k': 3,
};

/** A report on both sides of every limit takes seconds from 43k on. */
const PRICE_ROUNDS: Readonly<Partial<Record<string, number>>> = { '1k': 30, '14k': 12, '43k': 3 };

/** Limits moved and costs changed; each is solved twice from nothing too. */
const RESOLVE_ROUNDS: Readonly<Partial<Record<string, number>>> = { '1k': 60, '14k': 45, '43k': 24 };

/** Other solvers are given so long for a program, and so large a program at most. */
const PATIENCE_SECONDS = 60;

const OTHER_SOLVERS = ['highs, interior point', 'clp', 'glpk.js', 'yalps', 'javascript-lp-solver'] as const;

/** Where the others have had no answer for smaller programs. */
const TRIED: Readonly<Record<string, readonly string[]>> = {
  '43k back office': OTHER_SOLVERS.slice(0, 2),
  '237k': OTHER_SOLVERS.slice(0, 2),
};

/** Time limits in seconds at which the gap of programs with choices is looked at. */
const TIME_LIMITS: Readonly<Record<string, readonly number[]>> = {
  '170 choices': [2, 10],
  '940 choices': [2, 5, 60],
};

/** The first two are those of planning processes. */
const FLAGS = ['--max-semi-space-size=64', '--initial-old-space-size=512', '--expose-gc'];

const SEEDS = [1, 2, 3];

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name);

function measure(timeoutSeconds: number, seed: number, ...asked: readonly string[]): Measured | undefined {
  const script = fileURLToPath(new URL('./measure.js', import.meta.url));
  process.stderr.write(`… ${asked.join(' ')}${seed === 1 ? '' : ` (seed ${seed})`}\n`);
  const { stdout, status, stderr, error } = spawnSync(process.execPath, [...FLAGS, script, ...asked], {
    encoding: 'utf8',
    timeout: timeoutSeconds * 1000,
    killSignal: 'SIGKILL',
    env: { ...process.env, BENCH_SEED: String(seed) },
  });
  if (status === 0) return JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as Measured;
  process.stderr.write(
    `  no figure: ${error?.message ?? stderr.trim().split('\n').at(-1)?.slice(0, 200) ?? ''}\n`,
  );
  return undefined;
}

const LONG = 3600;

function linearFigures(size: string): Measured {
  const rounds = String(ROUNDS[size]);
  const figures: Measured = { ...measure(LONG, 1, 'size', size) };
  Object.assign(
    figures,
    measure(LONG, 1, 'stations', size, rounds),
    measure(LONG, 1, 'requests', size, rounds),
    RESOLVE_ROUNDS[size] === undefined
      ? {}
      : measure(LONG, 1, 'resolves', size, String(RESOLVE_ROUNDS[size])),
    PRICE_ROUNDS[size] === undefined ? {} : measure(LONG, 1, 'prices', size, String(PRICE_ROUNDS[size])),
  );
  const bareMemory = measure(LONG, 1, 'bare engine', size);
  const wholeMemory = measure(LONG, 1, 'whole request', size, 'none');
  figures.bareMegabytes = bareMemory?.peakMegabytes;
  figures.wholeMegabytes = wholeMemory?.peakMegabytes;
  figures.verified = wholeMemory?.verified;
  const cost = Number(bareMemory?.cost);
  for (const solver of TRIED[size] ?? OTHER_SOLVERS) {
    const solved = measure(PATIENCE_SECONDS, 1, 'solver', size, solver);
    const agrees = Math.abs(Number(solved?.cost) - cost) <= 1e-6 * cost;
    figures[solver] = solved === undefined ? 'none' : agrees ? Number(solved.milliseconds) : 'wrong';
  }
  return figures;
}

/** The median, over seeds, of what is left of the gap at each time limit: ours and the bare engine's. */
function choiceFigures(size: string): Measured {
  const figures: Measured = { ...measure(LONG, 1, 'size', size), limits: TIME_LIMITS[size] };
  for (const limit of TIME_LIMITS[size]) {
    for (const what of ['choices', 'choices, bare engine']) {
      const gaps = SEEDS.map((seed) => measure(LONG, seed, what, size, String(limit))?.gap);
      // Without a plan the gap is endless.
      const known = gaps.map((gap) => (typeof gap === 'number' && Number.isFinite(gap) ? gap : Infinity));
      figures[`${what} at ${limit}`] = [median(known), Math.max(...known)];
    }
  }
  return figures;
}

/** How tight the choices of each family are, and what a search makes of them within a minute and within two seconds. */
function quarterFigures(quarter: string): Measured {
  return {
    ...measure(LONG, 1, 'relaxation', quarter, String(QUARTER_LIMIT)),
    gapAtOnce: measure(LONG, 1, 'choices', quarter, '2')?.gap,
  };
}

const QUARTER_LIMIT = 60;

const linear = Object.keys(LINEAR_SIZES)
  .filter(isWanted)
  .map((size) => [size, linearFigures(size)] as const);
const choices = Object.keys(CHOICE_SIZES)
  .filter(isWanted)
  .map((size) => [size, choiceFigures(size)] as const);
const quarters = Object.keys(QUARTERS)
  .filter(isWanted)
  .map((quarter) => [quarter, quarterFigures(quarter)] as const);
const report = reportOf(
  linear,
  choices,
  quarters,
  `${cpus().length} cores, ${cpus()[0].model.trim()}, Node ${process.version}`,
);
process.stdout.write(report + '\n');

if (process.argv.includes('--write')) {
  const file = new URL('../../../test/bench/README.md', import.meta.url);
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text.replace(
      /(<!-- figures -->\n)[\s\S]*(<!-- end of figures -->)/,
      (_, begin: string, end: string) => `${begin}\n${report}\n${end}`,
    ),
  );
}
