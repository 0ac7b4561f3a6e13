import type { RowKey, Subject } from './linear-program.ts';
import type { PlanningData } from './planning-data.ts';
import { LARGEST_AMOUNT, SMALLEST_AMOUNT } from './scenario/fields.ts';

/** What a repair can do, as the API names it; each is one family's. */
export const REPAIR_KINDS = [
  'more-team-hours',
  'more-heads',
  'more-seats',
  'larger-vendor-share',
  'smaller-in-house-share',
  'higher-budget',
  'more-backlog',
  'more-sites',
  'smaller-minimum',
  'accepted-shortfall',
] as const;

export type RepairKind = (typeof REPAIR_KINDS)[number];

/**
 * What a repair may know and change of a scenario: limits, and nothing else.
 *
 * Skills, security tiers, controls, countries, complexity and prohibitions are not in this type, and `RepairPatch` has no
 * path to them, so that no family can offer them, whatever it does.
 */
export interface ScenarioLimits {
  readonly periods: readonly { readonly id: string }[];
  readonly sites: readonly {
    readonly id: string;
    readonly seats?: number | undefined;
    readonly fteSharingASeat?: number | undefined;
  }[];
  readonly teams: readonly {
    readonly id: string;
    readonly capacity: readonly CapacityLimit[];
    readonly headcount?:
      { readonly openingHeads: number; readonly joining?: readonly JoiningHeads[] | undefined } | undefined;
  }[];
  readonly workflows: readonly {
    readonly id: string;
    readonly demand: readonly {
      readonly period: string;
      readonly hours?: number | undefined;
      readonly contacts?: number | undefined;
      readonly ahtSeconds?: number | undefined;
    }[];
    readonly backlog?: { readonly maxHours: number } | undefined;
    readonly maxSites?: number | undefined;
    readonly minimumTeamHours?: number | undefined;
  }[];
  readonly rules?:
    | {
        readonly vendorShare?: readonly { readonly vendor: string; readonly maxShare: number }[] | undefined;
        readonly inHouseShare?:
          readonly { readonly workflow?: string | undefined; readonly minShare: number }[] | undefined;
        readonly budget?:
          readonly { readonly period?: string | undefined; readonly amount: number }[] | undefined;
      }
    | undefined;
}

/** Heads who join a team fully productive. */
export interface JoiningHeads {
  readonly period: string;
  readonly heads: number;
}

export interface CapacityLimit {
  readonly period: string;
  readonly hours?: number | null | undefined;
  readonly fte?: number | undefined;
  readonly paidHoursPerFte?: number | undefined;
  readonly shrinkage?: number | undefined;
}

/** A capacity entry where there was none. */
export interface AddedCapacity extends CapacityLimit {
  readonly hours?: number;
}

/** The places of a scenario that a repair may write to, as JSON pointers. */
type RepairPath =
  | `/teams/${number}/capacity/${number}/${'hours' | 'fte'}`
  | `/teams/${number}/headcount/${'openingHeads' | `joining/${number}/heads`}`
  | `/sites/${number}/seats`
  | `/workflows/${number}/demand/${number}/${'hours' | 'contacts'}`
  | `/workflows/${number}/backlog/maxHours`
  | `/workflows/${number}/${'maxSites' | 'minimumTeamHours'}`
  | `/rules/vendorShare/${number}/maxShare`
  | `/rules/inHouseShare/${number}/minShare`
  | `/rules/budget/${number}/amount`;

/** One operation of JSON Patch (RFC 6902) on the scenario as it was sent. */
export type RepairPatch =
  | { readonly op: 'replace'; readonly path: RepairPath; readonly value: number }
  | { readonly op: 'add'; readonly path: `/teams/${number}/capacity/-`; readonly value: AddedCapacity }
  | {
      readonly op: 'add';
      readonly path: `/teams/${number}/headcount/joining/-`;
      readonly value: JoiningHeads;
    }
  | {
      readonly op: 'add';
      readonly path: `/teams/${number}/headcount/joining`;
      readonly value: readonly JoiningHeads[];
    };

export type ChangeUnit = 'hours' | 'fte' | 'seats' | 'share' | 'money' | 'sites' | 'contacts';

/** One limit of the scenario changed, in the units of its own field. */
export interface LimitChange {
  readonly unit: ChangeUnit;
  readonly from: number;
  readonly to: number;
  /** How much that is in the unit of the kind of repair: hours where `unit` is FTE or contacts. */
  readonly amount: number;
  readonly patch: RepairPatch;
}

/** Money that one more unit of a limit costs by itself, whatever is placed. */
export interface Spending {
  readonly period: string;
  readonly perUnit: number;
}

/** How a family's limits may give way: what a repair can offer of them. A family without it never gives way. */
export interface Relaxation {
  readonly kind: RepairKind;
  /** The kind as the subject of a sentence: "More hours at teams". */
  readonly offer: string;
  /** What the amounts of the kind are counted in. */
  readonly unit: 'hours' | 'fte' | 'share' | 'money' | 'sites';
  /**
   * What the user would change behind a row, or undefined for a row that no repair changes. Several rows may share it: a
   * vendor's share is one number for all periods.
   */
  readonly limitOf: (row: RowKey) => Subject | undefined;
  /** Whose limit that is, so that what one team or one workflow can do alone is a repair of its own. */
  readonly ownerOf: (limit: Subject) => Subject;
  /**
   * By how much a row gives way for one unit of the limit; default 1. The hours placed, for a share. What gives way in an equality adds to
   * its left side; where it adds to the right one, below 0.
   */
  readonly perUnit?: (data: PlanningData, row: RowKey) => number;
  /** The largest change that is of any use, or possible; 0 where there is none. */
  readonly most: (data: PlanningData, limit: Subject) => number;
  readonly spending?: (data: PlanningData, limit: Subject) => Spending | undefined;
  /** The limit in the scenario changed by at least `amount`, rounded outward. */
  readonly changed: (
    scenario: ScenarioLimits,
    limit: Subject,
    amount: number,
    rounding: Rounding,
  ) => LimitChange;
  /** The change in words: "20 more hours at Manila EN in 2027-01 (100 → 120)". Numbers come formatted. */
  readonly inWords: (limit: Subject, words: ChangeWords) => string;
}

/** How amounts are rounded outward. */
export interface Rounding {
  /** To this step; absent = to one that people count in. */
  readonly step?: number;
  /** So many steps more than the amount itself asks for. */
  readonly moreSteps: number;
}

/** What `inWords` makes a phrase of. */
export interface ChangeWords {
  readonly unit: ChangeUnit;
  readonly by: string;
  readonly from: string;
  readonly to: string;
  readonly currency: string;
  readonly workflow: (id: string | undefined) => string;
  readonly team: (id: string | undefined) => string;
  readonly site: (id: string | undefined) => string;
}

/** What the engine may miss an amount by: so much of it, and of a step of rounding. */
const [NOISE, NOISE_OF_STEP] = [1e-6, 1e-2];

/** What shares are rounded to. */
export const STEP_OF_SHARE = 0.001;

/** Smallest and largest step that amounts are rounded to. */
const [FINEST, COARSEST] = [1e-5, 0.1];

/**
 * An amount rounded up to a step: a tenth, or a hundredth of the amount where that is finer.
 *
 * What lies above a step by less than an engine can tell is that step.
 */
export function roundedUp(amount: number, { step: given, moreSteps }: Rounding, coarsest = COARSEST): number {
  const usual = Math.min(coarsest, Math.max(FINEST, 10 ** (Math.floor(Math.log10(amount)) - 2)));
  const step = given ?? usual;
  const noise = Math.min(NOISE * Math.max(1, amount), NOISE_OF_STEP * step);
  const steps = Math.ceil((amount - noise) / step) + moreSteps;
  return plainNumber(Math.max(1, steps) * step);
}

/** A quantity or amount of money raised, as far as a scenario may say it. */
export function raised(from: number, by: number): number {
  return Math.min(LARGEST_AMOUNT, plainNumber(from + by));
}

/** A quantity lowered; what is too small to be said is nothing. */
export function lowered(from: number, by: number): number {
  const to = plainNumber(from - by);
  return to < SMALLEST_AMOUNT ? 0 : to;
}

/** Without the last digits that sums and products of decimal numbers leave. */
function plainNumber(value: number): number {
  return Number(value.toPrecision(14));
}

/** The position of the entity with an id, spelled in whatever Unicode form. */
export function positionOf(entities: readonly { readonly id: string }[], id: string | undefined): number {
  return entities.findIndex((entity) => isSameId(entity.id, id));
}

export function isSameId(one: string | undefined, other: string | undefined): boolean {
  return one?.normalize() === other?.normalize();
}
