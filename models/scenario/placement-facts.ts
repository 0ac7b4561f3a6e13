import type { Positions } from '../planning-data.ts';
import type { ScenarioPlacement } from './schema.ts';

/** The facts about one workflow at one team, in general and for single periods. */
interface PairFacts {
  general?: SentPlacement;
  byPeriod?: Map<number, SentPlacement>;
}

interface SentPlacement {
  readonly placement: ScenarioPlacement;
  readonly sentAt: number;
}

/** One fact with the place it came from, for pointers in faults. */
export interface Fact<Value> {
  readonly value: Value;
  readonly sentAt: number;
}

/** Looks up what the scenario's `placements` say; a placement with a period overrides one without, field by field. */
export class PlacementFacts {
  readonly #pairs = new Map<number, PairFacts>();
  readonly #teamCount: number;

  constructor(placements: readonly ScenarioPlacement[], positions: Positions, teamCount: number) {
    this.#teamCount = teamCount;
    placements.forEach((placement, sentAt) => {
      const key = positions.workflow(placement.workflow) * teamCount + positions.team(placement.team);
      const pair = this.#pairs.get(key) ?? {};
      if (placement.period === undefined) pair.general = { placement, sentAt };
      else (pair.byPeriod ??= new Map()).set(positions.period(placement.period), { placement, sentAt });
      this.#pairs.set(key, pair);
    });
  }

  /** The value of one field for a workflow at a team in a period, or undefined where nothing is said. */
  find<Field extends 'handlingFactor' | 'costPerDemandHour' | 'allowed'>(
    field: Field,
    w: number,
    k: number,
    t: number,
  ): Fact<NonNullable<ScenarioPlacement[Field]>> | undefined {
    const pair = this.#pairs.get(w * this.#teamCount + k);
    for (const sent of [pair?.byPeriod?.get(t), pair?.general]) {
      const value = sent?.placement[field];
      if (sent !== undefined && value !== undefined) {
        return { value: value, sentAt: sent.sentAt };
      }
    }
    return undefined;
  }

  /** The periods in which `allowed: false` holds; all of them where it holds in general. */
  forbiddenPeriods(w: number, k: number, periodCount: number): ReadonlySet<number> {
    const forbidden = new Set<number>();
    if (!this.#pairs.has(w * this.#teamCount + k)) return forbidden;
    for (let t = 0; t < periodCount; t += 1) {
      if (this.find('allowed', w, k, t)?.value === false) forbidden.add(t);
    }
    return forbidden;
  }
}
