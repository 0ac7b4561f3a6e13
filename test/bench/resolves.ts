import { type ProgramChange, withChange } from '../../models/changed-program.ts';
import { costOf, type LinearProgram, rightHandSide } from '../../models/linear-program.ts';
import { provesOptimum } from '../../models/program-proof.ts';
import type { EngineAnswer } from '../../src/engines/engine.ts';
import { loadHighsEngine } from '../../src/engines/highs.ts';
import { WhatIf } from '../../src/planning/what-if.ts';
import { SeededRandom } from '../scenarios/seeded-random.ts';
import { bareHighs } from './other-solvers.ts';
import { collectGarbage, WARM_UP_SHARE } from './stations.ts';
import { median } from './statistics.ts';

const PATIENT = { timeLimitSeconds: 600, ranges: false };

type Optimum = Extract<EngineAnswer, { status: 'optimal' }>;

/**
 * One limit of a solved program moved, one cost changed: the whole plan with its prices, proven, beside a solve of the changed
 * program by our engine, period bases and all, and by the bare one. Each round asks both; limits are of every family in turn,
 * those that bind first, and move by a twentieth to a fifth, up or down.
 *
 * Figures above 1 say how many times as fast; `proof` and `preparation` are parts of one solve of ours.
 */
export async function resolves(program: LinearProgram, rounds: number): Promise<object> {
  const engine = await loadHighsEngine();
  const bare = await bareHighs();
  const solved = optimumOf(engine.solve(program, { ...PATIENT, ranges: true }));
  const atOptimum = { program, basis: solved.ranges! };
  const kept = engine.keep!(program, atOptimum.basis);
  const whatIf = new WhatIf(engine, atOptimum);
  const seen: Record<string, number[]> = {};
  const keep = (name: string, figure: number) => (seen[name] ??= []).push(figure);
  const random = new SeededRandom(1);
  const rowsToMove = rowsByFamily(program, solved.rowPrice!);
  /** Asks one question of all, holds the answers against each other, and gives the times. */
  const ask = (change: ProgramChange) => {
    const changed = withChange(program, change);
    const [cold, ours] = timed(() => optimumOf(engine.solve(changed, PATIENT)));
    const [{ cost }, theirs] = timed(() => bare(changed));
    const [warm, time] = timed(() => whatIf.answer(change, 600));
    const [fromKept, keptTime] = timed(() => optimumOf(kept.solveWith(change, PATIENT)));
    const [isProven, proof] = timed(() => provesOptimum(changed, cold.columnValue, cold.rowPrice!));
    if (warm.status !== 'optimal') throw new Error(`The changed program is ${warm.status}.`);
    for (const { columnValue } of [cold, fromKept, warm]) {
      const difference = Math.abs(costOf(changed, columnValue) - cost);
      if (!isProven || !(difference <= 1e-9 * cost)) throw new Error('The plans do not cost the same.');
    }
    return { ours, theirs, time, keptTime, proof };
  };
  // The first question of each kind prepares the rest.
  const [{ ours, time }] = [ask({ rightHandSides: [] })];
  ask({ costs: [{ column: 0, value: program.cost[0] }] });
  for (let round = 0; round < rounds; round += 1) {
    const { family, row } = rowsToMove[round % rowsToMove.length](random);
    const limit = ask({ rightHandSides: [{ row, value: moved(rightHandSide(program, row), random) }] });
    keep('limit', limit.ours / limit.time);
    keep(`limit ${family}`, limit.ours / limit.time);
    keep('limit, bare', limit.theirs / limit.time);
    keep('limit, kept', limit.ours / limit.keptTime);
    keep('proof', limit.proof / limit.ours);
    const column = random.whole(0, program.columns.length - 1);
    const cost = ask({ costs: [{ column, value: moved(program.cost[column], random) }] });
    keep('cost', cost.ours / cost.time);
    keep('cost, bare', cost.theirs / cost.time);
  }
  whatIf.end();
  kept.end();
  const counted = (name: string) =>
    median(name.startsWith('limit ') ? seen[name] : seen[name].slice(Math.floor(WARM_UP_SHARE * rounds)));
  const families = Object.keys(seen).filter((name) => name.startsWith('limit '));
  return {
    'limit moved': counted('limit'),
    'limit moved, bare': counted('limit, bare'),
    'limit moved, slowest family': Math.min(...families.map(counted)),
    'limit moved, kept program': counted('limit, kept'),
    'cost changed': counted('cost'),
    'cost changed, bare': counted('cost, bare'),
    'proof, solves': counted('proof'),
    'preparation, solves': time / ours,
    refused: whatIf.warmAnswersRefused,
  };
}

function optimumOf(answer: EngineAnswer): Optimum {
  if (answer.status !== 'optimal') throw new Error(`The program is ${answer.status}.`);
  return answer;
}

/** For each family of limits a draw of one; of those that bind, where any do. */
function rowsByFamily(
  { rows }: LinearProgram,
  rowPrice: Float64Array,
): ((random: SeededRandom) => { readonly family: string; readonly row: number })[] {
  const ofFamily = new Map<string, number[]>();
  rows.forEach(({ family, isDefinition }, row) => {
    if (!isDefinition) ofFamily.set(family, [...(ofFamily.get(family) ?? []), row]);
  });
  return Array.from(ofFamily, ([family, all]) => {
    const binding = all.filter((row) => Math.abs(rowPrice[row]) > 1e-9);
    const from = binding.length > 0 ? binding : all;
    return (random) => ({ family, row: from[random.whole(0, from.length - 1)] });
  });
}

/** A number by a twentieth to a fifth larger or smaller; what is 0, as an allowance of a share, by as much of an hour. */
function moved(number: number, random: SeededRandom): number {
  const step = random.between(0.05, 0.2) * Math.max(1, Math.abs(number));
  return number + (random.chance(0.5) ? step : -step);
}

function timed<Result>(run: () => Result): readonly [Result, number] {
  collectGarbage();
  const began = performance.now();
  const result = run();
  return [result, performance.now() - began];
}
