import type { LinearProgram } from '../../models/linear-program.ts';
import { certify as certifyPlan } from '../../models/certificate.ts';
import type { Plan, PlanNumbers } from '../../models/plan.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { loadHighsEngine } from '../../src/engines/highs.ts';
import { javascriptLpSolverEngine } from '../../src/engines/javascript-lp-solver.ts';
import { answerRequest } from '../../src/planning/answer-request.ts';
import { readStrictJson } from '../../src/scenarios/strict-json.ts';
import { bareHighs } from './other-solvers.ts';
import { median } from './statistics.ts';

/** Milliseconds of each station of a request, by the name under which it is announced. */
type StationTimes = Record<string, number>;

export interface Answered {
  /** The answer as it is sent. */
  readonly bytes: Buffer;
  readonly times: StationTimes;
  readonly milliseconds: number;
}

/** The whole way of a request inside a planning process, with the time each station takes. */
export async function stations(): Promise<{
  answer: (body: Buffer) => Answered;
  figures: (scenario: Scenario, program: LinearProgram, rounds: number) => Promise<object>;
}> {
  const engines = { highs: await loadHighsEngine(), 'javascript-lp-solver': javascriptLpSolverEngine() };
  const answer = (body: Buffer): Answered => {
    const times: StationTimes = {};
    let [current, since] = ['', performance.now()];
    const began = since;
    const progress = (station: string) => {
      const now = performance.now();
      times[current] = (times[current] ?? 0) + now - since;
      [current, since] = [station, now];
    };
    const request = { kind: 'solve', parts: [body], options: {} };
    const { body: parts } = answerRequest(
      request,
      { progress, deadline: () => undefined, letGoOfParts: () => undefined },
      engines,
    ) as {
      body: readonly Uint8Array[];
    };
    progress('');
    return { bytes: Buffer.concat(parts), times, milliseconds: since - began };
  };
  return { answer, figures: (scenario, program, rounds) => figuresOf(answer, scenario, program, rounds) };
}

/** So many of the rounds compile what is run often, as the requests before do in a service; they are left out. */
export const WARM_UP_SHARE = 1 / 3;

/** Medians over rounds in which the bare engine and the requests take turns; all but `bare` relative to it. */
async function figuresOf(
  answer: (body: Buffer) => Answered,
  scenario: Scenario,
  program: LinearProgram,
  rounds: number,
): Promise<object> {
  const bare = await bareHighs();
  const body = (sensitivity: string) =>
    Buffer.from(JSON.stringify({ scenario, options: { sensitivity, timeLimitSeconds: 600 } }));
  const [plainBody, classicBody] = [body('none'), body('classic')];
  const { status, certificate, ...plan } = planIn(answer(plainBody));
  if (status !== 'optimal' || certificate?.verified !== true)
    throw new Error(`The plan is ${status} and not proven.`);
  const numbers = plan as PlanNumbers;
  const duals = certificate.duals ?? [];
  const seen = new Map<string, number[]>();
  const keep = (name: string, figure: number) => seen.set(name, [...(seen.get(name) ?? []), figure]);
  for (let round = 0; round < rounds; round += 1) {
    collectGarbage();
    const bareTime = bare(program).milliseconds;
    collectGarbage();
    const plain = answer(plainBody);
    collectGarbage();
    const classic = answer(classicBody);
    collectGarbage();
    const parse = timeOf(() => readStrictJson(plainBody));
    const certify = timeOf(() => certifyPlan(scenario, numbers, duals, ''));
    const { read, formulate, solve, write } = plain.times;
    const relative = {
      parse,
      validate: read - parse,
      formulate,
      engine: solve,
      certificate: certify,
      sensitivity: classic.milliseconds - plain.milliseconds - (classic.times.write - write),
      serialise: write,
      'whole, no sensitivity': plain.milliseconds,
      'whole, classic': classic.milliseconds,
    };
    keep('bare', bareTime);
    for (const [station, time] of Object.entries(relative)) keep(station, time / bareTime);
    keep('sensitivity / solve', relative.sensitivity / solve);
  }
  const counted = (times: readonly number[]) => times.slice(Math.floor(WARM_UP_SHARE * rounds));
  return Object.fromEntries(Array.from(seen, ([name, times]) => [name, median(counted(times))]));
}

/** The plan in an answer. */
export function planIn({ bytes }: Answered): Plan {
  return JSON.parse(bytes.toString()) as Plan;
}

function timeOf(run: () => unknown): number {
  const began = performance.now();
  run();
  return performance.now() - began;
}

/**
 * What one measurement leaves behind must not be cleared away in the time of the next; needs `--expose-gc`. Only young
 * objects: a full collection throws compiled code away with the rest.
 */
export function collectGarbage(): void {
  globalThis.gc?.({ type: 'minor', execution: 'sync' });
}
