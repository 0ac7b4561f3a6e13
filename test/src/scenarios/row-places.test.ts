import { expect, it } from 'vitest';
import { type CsvId, idColumn } from '../../../src/scenarios/csv-cells.ts';
import { RowPlaces } from '../../../src/scenarios/row-places.ts';
import { caseCount } from '../../properties/case-count.ts';
import { SeededRandom } from '../../scenarios/seeded-random.ts';

/** In two Unicode forms where there are two. */
const written = (name: string, random: SeededRandom) => (random.chance(0.5) ? name.normalize('NFD') : name);

function drawnRows(random: SeededRandom): readonly (readonly [id: CsvId, period: CsvId, line: number])[] {
  const [readId, readPeriod] = [idColumn('team'), idColumn('period')];
  const [ids, periods] = [random.pick([1, 7, 300]), random.pick([1, 5, 100])];
  return Array.from({ length: random.pick([0, 1, 50, 3000]) }, (_, at) => [
    readId(written(`é${random.whole(1, ids)}`, random)),
    readPeriod(written(`ü${random.whole(1, periods)}`, random)),
    at * 2 + 2,
  ]);
}

it('know every repeat with the line of the first, and the rows of each id in their order', () => {
  for (let seed = 1; seed <= caseCount(100, 2000); seed += 1) {
    const random = new SeededRandom(seed);
    const places = new RowPlaces();
    const first = new Map<string, number>();
    const rows = new Map<string, [id: string, period: string, line: number][]>();
    for (const [id, period, line] of drawnRows(random)) {
      const key = `${id.text} ${period.text}`.normalize();
      expect(places.add(id, period, line)).toBe(first.get(key));
      if (first.has(key)) continue;
      first.set(key, line);
      const name = id.text.normalize();
      rows.set(name, [...(rows.get(name) ?? []), [id.text, period.text, line]]);
    }
    places.close();
    expect(places.length).toBe(first.size);
    for (const [name, expected] of rows)
      expect(
        Array.from(places.rowsOf(name), (row) => [
          places.idAt(row),
          places.periodAt(row),
          places.lineAt(row),
        ]),
      ).toEqual(expected);
    expect(places.rowsOf('nobody')).toHaveLength(0);
  }
});

it('take 200,000 different pairs of a million possible ones, and each of them again as a repeat', () => {
  const [readId, readPeriod] = [idColumn('team'), idColumn('period')];
  const places = new RowPlaces();
  const pairs = Array.from({ length: 200_000 }, (_, at) => [
    readId(`t${at % 1000}`),
    readPeriod(`p${(at * 7) % 1009}`),
  ]);
  const seen = new Map<string, number>();
  pairs.forEach(([id, period], at) => {
    const key = `${id.text} ${period.text}`;
    const repeated = places.add(id, period, at);
    if (repeated !== seen.get(key)) throw new Error(`${key}: ${repeated}`);
    if (repeated === undefined) seen.set(key, at);
  });
  expect(places.length).toBe(seen.size);
});
