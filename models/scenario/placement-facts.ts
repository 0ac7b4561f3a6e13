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
  /** At `w · teams + k`; asked for millions of times in a large scenario, so a plain list. */
  readonly #pairs: (PairFacts | undefined)[];
  readonly #teamCount: number;

  constructor(
    placements: readonly ScenarioPlacement[],
    positions: Positions,
    workflowCount: number,
    teamCount: number,
  ) {
    this.#teamCount = teamCount;
    this.#pairs = new Array<PairFacts | undefined>(workflowCount * teamCount).fill(undefined);
    placements.forEach((placement, sentAt) => {
      const key = positions.workflow(placement.workflow) * teamCount + positions.team(placement.team);
      const pair = (this.#pairs[key] ??= {});
      if (placement.period === undefined) pair.general = { placement, sentAt };
      else (pair.byPeriod ??= new Map()).set(positions.period(placement.period), { placement, sentAt });
    });
  }

  /** The value of one field for a workflow at a team in a period, or undefined where nothing is said. */
  find<Field extends 'handlingFactor' | 'costPerDemandHour' | 'quality' | 'allowed'>(
    field: Field,
    w: number,
    k: number,
    t: number,
  ): Fact<NonNullable<ScenarioPlacement[Field]>> | undefined {
    const pair = this.#pairs[w * this.#teamCount + k];
    return pair && (factOf(pair.byPeriod?.get(t), field) ?? factOf(pair.general, field));
  }

  /** The periods in which `allowed: false` holds; all of them where it holds in general. */
  forbiddenPeriods(w: number, k: number, periodCount: number): ReadonlySet<number> {
    const pair = this.#pairs[w * this.#teamCount + k];
    if (pair === undefined || (pair.byPeriod === undefined && pair.general?.placement.allowed !== false))
      return NEVER;
    const forbidden = new Set<number>();
    for (let t = 0; t < periodCount; t += 1) {
      if (this.find('allowed', w, k, t)?.value === false) forbidden.add(t);
    }
    return forbidden;
  }
}

function factOf<Field extends 'handlingFactor' | 'costPerDemandHour' | 'quality' | 'allowed'>(
  sent: SentPlacement | undefined,
  field: Field,
): Fact<NonNullable<ScenarioPlacement[Field]>> | undefined {
  const value = sent?.placement[field];
  return sent === undefined || value === undefined ? undefined : { value, sentAt: sent.sentAt };
}

const NEVER: ReadonlySet<number> = new Set();
