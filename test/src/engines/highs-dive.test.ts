import { expect, it } from 'vitest';
import { type ColumnKey, type LinearProgram, ProgramBuilder } from '../../../models/linear-program.ts';
import { loadHighsEngine } from '../../../src/engines/highs.ts';

const engine = await loadHighsEngine();

/** Any plan is good enough: the answer is that of the dive. */
const ANY_PLAN = { timeLimitSeconds: 10, ranges: false, mipGap: 1 };

/** Workflows of so many hours, each whole at one site; each site with a rate and the hours it has room for. */
function singleSites(
  hours: readonly number[],
  sites: readonly { readonly rate: number; readonly room: number }[],
): LinearProgram {
  const program = new ProgramBuilder();
  const pairs = hours.flatMap((_, workflow) => sites.map((_site, site) => ({ workflow, site })));
  for (const { workflow, site } of pairs) {
    const key: ColumnKey = { kind: 'placement', workflow, team: site, period: 0 };
    program.addColumn(key, sites[site].rate);
  }
  for (const pair of pairs) program.addColumn({ kind: 'workflow-at-site', ...pair }, 0);
  const placed = (workflow: number, site: number) => workflow * sites.length + site;
  const chosen = (workflow: number, site: number) => pairs.length + placed(workflow, site);
  hours.forEach((most, w) => {
    program.beginRow({ family: 'demand', subject: {} }, '=', most);
    for (const s of sites.keys()) program.addEntry(placed(w, s), 1);
    program.beginRow({ family: 'max-sites', subject: {}, isLink: true }, '<=', 1);
    for (const s of sites.keys()) program.addEntry(chosen(w, s), 1);
    sites.forEach(({ room }, s) => {
      program.beginRow({ family: 'max-sites', subject: {}, isLink: true }, '<=', 0);
      program.addEntry(placed(w, s), 1);
      program.addEntry(chosen(w, s), -Math.min(most, room));
    });
  });
  sites.forEach(({ room }, s) => {
    program.beginRow({ family: 'team-capacity', subject: {} }, '<=', room);
    for (const w of hours.keys()) program.addEntry(placed(w, s), 1);
  });
  return program.build();
}

function planOf(program: LinearProgram): { hours: number[]; bound: number } {
  const answer = engine.solve(program, ANY_PLAN);
  if (answer.status !== 'incumbent') throw new Error(`The engine says ${answer.status}.`);
  return {
    hours: Array.from(answer.columnValue.subarray(0, program.columns.length / 2), (hours) => hours + 0),
    bound: answer.bound,
  };
}

it('finds a plan, with the bound of the relaxation', () => {
  // The cheap site has room for 10 of the 12 hours: in the relaxation it is chosen by a half, x₁ = 10a and
  // x₂ = 12(1 − a) make 12 only at a = 0. So the first answer is already the plan.
  const program = singleSites(
    [12],
    [
      { rate: 1, room: 10 },
      { rate: 3, room: 14 },
    ],
  );
  expect(planOf(program)).toEqual({ hours: [0, 12], bound: expect.closeTo(36, 9) as number });
});

it('turns back where an answer leaves no plan', () => {
  // Both workflows want the cheap site, which has room for one and a half of them: 12 + 6 there, 6 at the dear one is the
  // relaxation, 18 · 1 + 6 · 5 = 48. Whole, one of them must go: 12 · 1 + 12 · 5 = 72.
  const program = singleSites(
    [12, 12],
    [
      { rate: 1, room: 18 },
      { rate: 5, room: 12 },
    ],
  );
  const { hours, bound } = planOf(program);
  expect([...hours].sort((a, b) => a - b)).toEqual([0, 0, 12, 12]);
  expect(hours[0]).toBe(hours[3]);
  expect(bound).toBeCloseTo(48, 9);
});

it('leaves to the search what has no plan', () => {
  // In the relaxation 12 + 6 and 6; whole, the second workflow fits nowhere.
  const program = singleSites(
    [12, 12],
    [
      { rate: 1, room: 18 },
      { rate: 5, room: 8 },
    ],
  );
  expect(engine.solve(program, ANY_PLAN)).toEqual({ status: 'infeasible' });
});

it('begins with the plan it is given, and answers with it where there is no time for more', () => {
  const program = singleSites(
    [12, 12],
    [
      { rate: 1, room: 18 },
      { rate: 5, room: 12 },
    ],
  );
  // The other way round, at the same cost, 12 · 1 + 12 · 5 = 72; less than 24 · 1 it cannot cost.
  const start = { columnValue: Float64Array.of(0, 12, 12, 0, 0, 1, 1, 0), bound: 24 };
  expect(engine.solve(program, { ...ANY_PLAN, timeLimitSeconds: 1e-9, start })).toMatchObject({
    status: 'incumbent',
    columnValue: start.columnValue,
    bound: 24,
    cost: 72,
  });
  expect(engine.solve(program, { ...ANY_PLAN, mipGap: 0, start })).toMatchObject({
    status: 'incumbent',
    cost: expect.closeTo(72, 9) as number,
    bound: expect.closeTo(72, 6) as number,
  });
});
