import type { z } from 'zod';
import type { Contract } from './contracts/contract-schema.ts';
import type { ProgramBuilder, Subject } from './linear-program.ts';
import type { PlanningData } from './planning-data.ts';
import type { Relaxation } from './relaxation.ts';

/**
 * One planning rule: its inputs, its columns and rows, its formula, and the wording of its price and of its conflict.
 *
 * A family owns everything about its rule, so that a rule is added with one file, one test and one line in the
 * registry (`constraints/index.ts`).
 */
export interface ConstraintFamily {
  /** The stable name in the API. */
  readonly name: string;
  /** The rule in one sentence, for the table of families. */
  readonly summary: string;
  /** The rows, in the symbols of `models/README.md`. */
  readonly formula: string;
  /** What one unit of the limit is. */
  readonly unit: 'hours' | 'fte' | 'contacts' | 'money';
  /** What one unit of a single limit is, where that is for the scenario to say. */
  unitOf?(subject: Subject, names: Names): ConstraintFamily['unit'];
  /** The fields of the scenario that belong to this rule, by the place where they stand. */
  readonly inputs: FamilyInputs;
  /** Adds the columns only this rule needs. All families' columns are added before any row. */
  addColumns?(data: PlanningData, program: ProgramBuilder): void;
  addRows(data: PlanningData, program: ProgramBuilder): void;
  readonly wording: FamilyWording;
  /** Present where a repair of a scenario without a plan may change the limits. */
  readonly relaxation?: Relaxation;
}

/** Fields a family adds to the scenario: to each workflow, team or site, or as a list under `rules`. */
export interface FamilyInputs {
  readonly workflow?: z.ZodRawShape;
  readonly team?: z.ZodRawShape;
  readonly site?: z.ZodRawShape;
  readonly rules?: z.ZodRawShape;
}

/** How a family speaks of one of its rows. `limit` comes formatted. */
export interface FamilyWording {
  /** Names the limit: "Capacity of Manila EN in 2027-01". */
  label(subject: Subject, names: Names): string;
  /** One unit more of the limit, as the subject of a sentence: "One more hour at Manila EN in 2027-01". */
  oneMore(subject: Subject, names: Names): string;
  /** What a reader of the price of one more, or one less, must know besides, as a sentence; empty where there is nothing. */
  caveat?(subject: Subject, names: Names, price: number, way: 'more' | 'less'): string;
  /** What the row demands, as a sentence without its full stop, for a conflict; `offset` as in the row's key. */
  requirement(subject: Subject, names: Names, limit: string, offset: number): string;
}

/** What people call the entities behind the ids. */
export interface Names {
  readonly workflow: (id: string | undefined) => string;
  readonly team: (id: string | undefined) => string;
  readonly site: (id: string | undefined) => string;
  readonly isPaidForCapacity: (team: string | undefined) => boolean;
  /** Whether the team's hours are those of its people. */
  readonly hasPeople: (team: string | undefined) => boolean;
  /** What the contract of a vendor bills. */
  readonly billedUnit: (vendor: string | undefined) => Contract['volume'];
  readonly currency: string;
}

/** The names of a scenario's entities; an entity without a name is called by its id. */
export function namesOf(data: PlanningData): Names {
  const lookUp = (entities: readonly { readonly id: string; readonly name: string }[]) => {
    const names = new Map(entities.map((entity) => [entity.id, entity.name]));
    return (id: string | undefined) => (id === undefined ? '' : (names.get(id) ?? id));
  };
  const paidForCapacity = new Set(data.teams.flatMap((team) => (team.paidForCapacity ? [team.id] : [])));
  const withPeople = new Set(data.teams.flatMap((team) => (team.headcount ? [team.id] : [])));
  const unitOfVendor = new Map(
    data.contracts.map(({ vendor, contract }) => [data.vendors[vendor], contract.volume]),
  );
  return {
    billedUnit: (vendor = '') => unitOfVendor.get(vendor) ?? 'hours',
    hasPeople: (team) => team !== undefined && withPeople.has(team),
    isPaidForCapacity: (team) => team !== undefined && paidForCapacity.has(team),
    workflow: lookUp(data.workflows),
    team: lookUp(data.teams),
    site: lookUp(data.sites),
    currency: data.currency,
  };
}
