import type { Scenario } from '../scenario/schema.ts';

/** One of the two scenarios, with what people call its entities. */
export interface Side {
  readonly scenario: Scenario;
  readonly currency: string;
  /** The name, or the id where there is none; undefined where the scenario has no such entity. */
  readonly nameOf: (kind: NamedKind, id: string) => string | undefined;
}

/** Kinds of entity that may have a name besides their id. */
export type NamedKind = 'site' | 'team' | 'workflow';

export function sideOf(scenario: Scenario): Side {
  const names = {
    site: namesIn(scenario.sites),
    team: namesIn(scenario.teams),
    workflow: namesIn(scenario.workflows),
  };
  return {
    scenario,
    currency: scenario.currency,
    nameOf: (kind, id) => names[kind].get(id.normalize()),
  };
}

function namesIn(entities: readonly { readonly id: string; readonly name?: string | undefined }[]) {
  // An empty name would leave a hole in a sentence.
  return new Map(entities.map(({ id, name }) => [id.normalize(), name || id]));
}

/** The two scenarios that are compared. */
export interface Sides {
  readonly from: Side;
  readonly to: Side;
}

/** What people call an entity now, or called it then. */
export function nameIn({ from, to }: Sides, kind: NamedKind, id: string): string {
  return to.nameOf(kind, id) ?? from.nameOf(kind, id) ?? id;
}
