import { expect, it } from 'vitest';
import { matchedMoves } from '../../../models/comparison/matched-moves.ts';
import type { MovePlace } from '../../../models/comparison.ts';

const SMALLEST = 1e-6;

/** "manila-en at manila" as a team at its site; other words as the kinds of place that they are. */
function placeOf(words: string): MovePlace {
  const [team, site] = words.split(' at ') as [string, string?];
  return site === undefined ? { kind: words as MovePlace['kind'] } : { kind: 'team', team, site };
}

function wordsOf({ kind, team }: MovePlace): string {
  return team ?? kind;
}

/** Moves as "20 from a to b". */
function moved(changes: Readonly<Record<string, number>>): string[] {
  const places = Object.entries(changes).map(([words, change]) => ({ place: placeOf(words), change }));
  return matchedMoves(places, SMALLEST).map(
    ({ from, to, hours }) => `${hours} from ${wordsOf(from)} to ${wordsOf(to)}`,
  );
}

it.each<[string, Readonly<Record<string, number>>, string[]]>([
  ['nothing where nothing changed', { 'a at x': 0, 'b at y': 0 }, []],
  ['one move', { 'a at x': -20, 'b at y': 20 }, ['20 from a to b']],
  ['changes too small to be any not at all', { 'a at x': -1e-7, 'b at y': 1e-7 }, []],
  [
    'equal amounts with each other',
    { 'a at x': -30, 'b at y': -20, 'c at z': 20, demand: 30 },
    ['30 from a to demand', '20 from b to c'],
  ],
  [
    'within a site before anything else',
    { 'a at x': -50, 'b at y': -10, 'c at y': 25, 'd at z': 35 },
    ['35 from a to d', '15 from a to c', '10 from b to c'],
  ],
  [
    'the largest with the largest',
    { 'a at v': -50, 'b at w': -9, 'c at x': 40, 'd at y': 12, 'e at z': 7 },
    ['40 from a to c', '10 from a to d', '7 from b to e', '2 from b to d'],
  ],
  [
    'new work to where it went, and what is not served',
    { demand: -15, shortfall: 5, 'a at x': 10 },
    ['10 from demand to a', '5 from demand to shortfall'],
  ],
])('matches %s', (_what, changes, moves) => {
  expect(moved(changes)).toEqual(moves);
});
