import type { Side, Sides } from './side.ts';

/** Periods that the second scenario has, in its order, then those that it has no more. */
export function placeOf(period: string, { from, to }: Sides): number {
  const key = period.normalize();
  const at = periodPlaces(to).get(key);
  return at ?? to.scenario.periods.length + (periodPlaces(from).get(key) ?? 0);
}

const places = new WeakMap<Side, ReadonlyMap<string, number>>();

function periodPlaces(side: Side): ReadonlyMap<string, number> {
  const known = places.get(side) ?? new Map(side.scenario.periods.map(({ id }, t) => [id.normalize(), t]));
  places.set(side, known);
  return known;
}
