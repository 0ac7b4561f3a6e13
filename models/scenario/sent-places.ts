import type { Positions } from '../planning-data.ts';
import type { Scenario } from './schema.ts';

/** Where the parts of planning data stand in the scenario as it was sent, as paths for pointers. */
export class SentPlaces {
  readonly #scenario: Scenario;
  readonly #positions: Positions;

  constructor(scenario: Scenario, positions: Positions) {
    this.#scenario = scenario;
    this.#positions = positions;
  }

  workflow(w: number): (string | number)[] {
    return ['workflows', this.#scenario.workflows.findIndex(({ id }) => this.#positions.workflow(id) === w)];
  }

  team(k: number): (string | number)[] {
    return ['teams', this.#scenario.teams.findIndex(({ id }) => this.#positions.team(id) === k)];
  }

  /** A workflow's demand in a period; the whole list where work reaches a period that has no entry of its own. */
  demand(w: number, t: number): (string | number)[] {
    const path = this.workflow(w);
    const { demand } = this.#scenario.workflows[path[1] as number];
    return [...path, 'demand', ...this.#entryOf(demand, t)];
  }

  /** A team's capacity in a period. */
  capacity(k: number, t: number): (string | number)[] {
    const path = this.team(k);
    const { capacity } = this.#scenario.teams[path[1] as number];
    return [...path, 'capacity', ...this.#entryOf(capacity, t)];
  }

  #entryOf(entries: readonly { readonly period: string }[], t: number): number[] {
    const at = entries.findIndex(({ period }) => this.#positions.period(period) === t);
    return at < 0 ? [] : [at];
  }
}
