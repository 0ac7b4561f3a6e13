import type { LinearProgram } from '../../models/linear-program.ts';
import { certify } from '../../models/certificate.ts';
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
  readonly plan: Plan;
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
    const { body: parts } = answerRequest(request, { progress, deadline: () => undefined }, engines) as {
      body: readonly Uint8Array[];
    };
    progress('');
    const plan = JSON.parse(Buffer.concat(parts).toString()) as Plan;
    return { plan, times, milliseconds: since - began };
  };
  return { answer, figures: (scenario, program, rounds) => figuresOf(answer, scenario, program, rounds) };
}

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
  const seen = new Map<string, number[]>();
  const keep = (name: string, figure: number) => seen.set(name, [...(seen.get(name) ?? []), figure]);
  for (let round = 0; round < rounds; round += 1) {
    const bareTime = bare(program).milliseconds;
    const plain = answer(plainBody);
    const classic = answer(classicBody);
    const parseBegan = performance.now();
    readStrictJson(plainBody);
    const parse = performance.now() - parseBegan;
    if (plain.plan.status !== 'optimal' || plain.plan.certificate?.verified !== true)
      throw new Error(`The plan is ${plain.plan.status} and not proven.`);
    const { read, formulate, solve, write } = plain.times;
    const certifyBegan = performance.now();
    const { verified } = certify(scenario, plain.plan as PlanNumbers, plain.plan.certificate.duals ?? [], '');
    const certificate = performance.now() - certifyBegan;
    if (!verified) throw new Error('The plan is not proven from what was sent.');
    const relative = {
      parse,
      validate: read - parse,
      formulate,
      engine: solve,
      certificate,
      sensitivity: classic.milliseconds - plain.milliseconds - (classic.times.write - write),
      serialise: write,
      'whole, no sensitivity': plain.milliseconds,
      'whole, classic': classic.milliseconds,
    };
    keep('bare', bareTime);
    for (const [station, time] of Object.entries(relative)) keep(station, time / bareTime);
    keep('sensitivity / solve', relative.sensitivity / solve);
  }
  // The first round warms everything up, as the requests before do in a service.
  const counted = (times: readonly number[]) => (rounds > 1 ? times.slice(1) : times);
  return Object.fromEntries(Array.from(seen, ([name, times]) => [name, median(counted(times))]));
}
