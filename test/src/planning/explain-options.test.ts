import { expect, it } from 'vitest';
import { selectionOf } from '../../../src/planning/explain-options.ts';
import { inHouseSite, smallScenario, team } from '../../models/small-scenario.ts';
import { planningData } from '../../models/solved-plan.ts';

const manyPairs = planningData(
  smallScenario({
    sites: [inHouseSite('luzon')],
    teams: Array.from({ length: 201 }, (_, k) => team(`team ${k}`, 'luzon', 1, 1)),
    workflows: Array.from({ length: 1000 }, (_, w) => ({ id: `workflow ${w}`, demand: [] })),
  }),
);

it('refuses to explain more than 200,000 pairs at once, and takes a part of them', () => {
  expect(selectionOf({}, manyPairs).faults).toMatchObject([{ pointer: '', code: 'too-large' }]);
  expect(selectionOf({ teams: ['team 7'] }, manyPairs).faults).toBeUndefined();
  expect(selectionOf({ workflows: ['workflow 7', 'workflow 8'] }, manyPairs).faults).toBeUndefined();
});

it('lists every id that the scenario does not have, and knows ids in any spelling', () => {
  const data = planningData(
    smallScenario({ teams: [team('Zu\u0308rich', 'luzon', 1, 1)], workflows: [{ id: 'a', demand: [] }] }),
  );
  expect(selectionOf({ teams: ['Z\u00fcrich'] }, data).asked?.isAbout(0, 0)).toBe(true);
  expect(
    selectionOf({ workflows: ['a', 'b'], teams: ['x'], vendors: ['y'] }, data).faults?.map((fault) => [
      fault.pointer,
      fault.code,
    ]),
  ).toEqual([
    ['/workflows/1', 'unknown-workflow'],
    ['/teams/0', 'unknown-team'],
    ['/vendors/0', 'unknown-vendor'],
  ]);
});
