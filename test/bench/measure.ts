import { buildAllocationModel } from '../../models/allocation-model.ts';
import type { LinearProgram } from '../../models/linear-program.ts';
import { normaliseScenario } from '../../models/scenario/normalise-scenario.ts';
import type { Plan } from '../../models/plan.ts';
import { deliveryModel } from './delivery-model.ts';
import { bareHighs, otherSolvers } from './other-solvers.ts';
import { prices } from './prices.ts';
import { type QuarterName, QUARTERS, quarterWith } from './quarters.ts';
import { relaxation } from './relaxation.ts';
import { requests } from './requests.ts';
import { resolves } from './resolves.ts';
import { sizeNamed } from './sizes.ts';
import { planIn, stations } from './stations.ts';

/**
 * One measurement, in a process of its own so that its peak memory is its own: `measure.ts WHAT SIZE [ARGUMENT]`
 * prints a line of JSON with what it found and `peakMegabytes`.
 */
const [what, sizeName, argument = ''] = process.argv.slice(2);
const scenario =
  sizeName in QUARTERS
    ? quarterWith(sizeName as QuarterName)
    : deliveryModel(sizeNamed(sizeName), Number(process.env.BENCH_SEED ?? 1));

function program(): LinearProgram {
  const { data, faults } = normaliseScenario(scenario);
  if (faults) throw new Error(faults[0].message);
  return buildAllocationModel(data);
}

const body = (options: object) => Buffer.from(JSON.stringify({ scenario, options }));

/** Bytes in, bytes out, as a planning process does it. */
async function wholeRequest(sensitivity: string): Promise<object> {
  const { answer } = await stations();
  const plan = planIn(answer(body({ sensitivity, timeLimitSeconds: 600 })));
  return { status: plan.status, verified: plan.certificate?.verified };
}

/** What `POST /v1/solve` makes of a scenario with choices within a time limit. */
async function choices(timeLimitSeconds: number): Promise<object> {
  const { answer } = await stations();
  const answered = answer(body({ sensitivity: 'none', timeLimitSeconds }));
  return { ...planFigures(planIn(answered)), milliseconds: answered.milliseconds };
}

function planFigures({ status, reason, gap, totalCost }: Plan): object {
  return { status, reason, gap, totalCost };
}

const measurements: Record<string, () => Promise<object>> = {
  size: () => Promise.resolve(sizeOf(program())),
  stations: async () => (await stations()).figures(scenario, program(), Number(argument)),
  requests: () => requests(scenario, program(), Number(argument)),
  prices: () => prices(scenario, program(), Number(argument)),
  resolves: () => resolves(program(), Number(argument)),
  'whole request': () => wholeRequest(argument),
  'bare engine': async () => (await bareHighs())(program()),
  solver: () => otherSolvers[argument](program()),
  choices: () => choices(Number(argument)),
  relaxation: () => relaxation(scenario, Number(argument)),
  'choices, bare engine': async () => (await bareHighs())(program(), Number(argument)),
};

function sizeOf({ rows, columns, coefficient, isBinary }: LinearProgram): object {
  return {
    rows: rows.length,
    columns: columns.length,
    entries: coefficient.length,
    choices: isBinary.reduce((sum, each) => sum + each, 0),
    scenarioMegabytes: JSON.stringify(scenario).length / 1e6,
  };
}

const figures = await measurements[what]();
const peakMegabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ ...figures, peakMegabytes }) + '\n');
process.exit(0);
