import type { z } from 'zod';
import type { BillBracket } from './contracts/brackets.ts';
import type { BillPiece } from './contracts/bill-pieces.ts';
import type { Contract } from './contracts/contract-schema.ts';
import type { BilledPeriod } from './contracts/invoice.ts';
import type { Headcount } from './people/headcount.ts';

/**
 * The sets and parameters of the formulation after normalisation: defaults filled in, entities sorted by id, references
 * resolved to positions, rates turned into cost per workload hour. Nothing here depends on the order of the input.
 *
 * Indices: `w` workflow, `k` team, `s` site, `v` vendor, `t` period; each is a position in the array of that name.
 */
export interface PlanningData {
  readonly currency: string;
  /** In time order. */
  readonly periods: readonly Period[];
  readonly sites: readonly Site[];
  /** Every vendor that operates a site. */
  readonly vendors: readonly string[];
  readonly teams: readonly Team[];
  readonly workflows: readonly Workflow[];
  readonly placements: Placements;
  /** In the order of their vendors. */
  readonly contracts: readonly PlanningContract[];
  /**
   * The teams that may not take workflow `w`, with every reason. Made when asked for: there are tens of thousands in a large
   * scenario, and only the answer needs them.
   */
  readonly ineligible: (w: number) => readonly IneligiblePlacement[];
  /**
   * The scenario's `rules`, each list sorted by what its rules refer to, so that the order of the input does not matter.
   * A family reads its own list with `rulesOf`; the schema has checked it and every reference in it resolves.
   */
  readonly rules: Readonly<Record<string, readonly unknown[]>>;
  readonly positions: Positions;
}

/** What a vendor bills, by period; it pays for the hours of all its teams. */
export interface PlanningContract {
  readonly vendor: number;
  readonly contract: Contract;
  /** All periods as they are billed. */
  readonly periods: readonly BilledPeriod[];
  /** The bill of each period by volume in hours, in the scenario's currency, from 0 on. */
  readonly pieces: readonly (readonly BillPiece[])[];
  /** The same pieces by the brackets they are in. */
  readonly brackets: readonly (readonly BillBracket[])[];
}

export interface Period {
  readonly id: string;
  /** First day, as it was sent. */
  readonly start?: string;
}

export interface Site {
  readonly id: string;
  readonly name: string;
  /** Position in `vendors`; absent for an in-house site. */
  readonly vendor?: number;
  /** Money, once, if the site gets any work; 0 where opening is no decision. */
  readonly openingCost: number;
  /** FTE that can sit here at once, `seats · fteSharingASeat`; absent where seats are not limited. */
  readonly seatedFte?: number;
}

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly site: number;
  /** Money per unit of the basis. */
  readonly rate: { readonly basis: RateBasis; readonly amount: number };
  /** True where the whole capacity is paid for, used or not; false for people, whose pay the plan decides on. */
  readonly paidForCapacity: boolean;
  /** What the vendor's contract bills of the team's work; undefined where none pays for it. */
  readonly billedByContract: Contract['volume'] | undefined;
  /** The quality at which the contract adds nothing; absent where none pays for quality. */
  readonly qualityTarget?: number;
  /** Present where the team's hours are those of its people; its capacity is then infinite, and says what one FTE gives. */
  readonly headcount?: Headcount;
  /** One entry a period; absent where the scenario has none, which means no capacity and no row. */
  readonly capacity: readonly (TeamCapacity | undefined)[];
}

export type RateBasis = 'productive-hour' | 'paid-hour' | 'fte-period' | 'contact';

export interface TeamCapacity {
  /** Productive hours; infinite where the team is uncapped. */
  readonly hours: number;
  /** What one FTE gives in the period; absent in the hours form. */
  readonly fte?: {
    /** Productive hours one FTE gives, `paidHoursPerFte · (1 − shrinkage)`. */
    readonly productiveHours: number;
    /** Share of paid hours that is not productive. */
    readonly shrinkage: number;
  };
  /** Money owed for the whole capacity whatever is placed; 0 unless the team is paid for its capacity. */
  readonly payroll: number;
}

export interface Workflow {
  readonly id: string;
  readonly name: string;
  /** Handling time / (handling + available time), above 0 to 1. */
  readonly occupancy: number;
  /** At most so many sites over the horizon; absent where not limited. */
  readonly maxSites?: number;
  /** Per site and period nothing, or at least so many workload hours; 0 where there is no minimum. */
  readonly minimumTeamHours: number;
  /** Money per hour not served; absent where all demand must be served. */
  readonly shortfallCostPerHour?: number;
  readonly backlog?: {
    readonly maxHours: number;
    /** Money per hour waiting at a period's end. */
    readonly costPerHourPeriod: number;
    readonly openingHours: number;
  };
  /** Most hours that can ever be placed, fall short or wait in a period: what arrives and what can be carried in. */
  readonly mostHours: readonly number[];
  /** One entry a period; absent where nothing is demanded and nothing can be carried in, so that no row is needed. */
  readonly demand: readonly (Demand | undefined)[];
}

export interface Demand {
  /** Workload hours at the reference AHT. */
  readonly hours: number;
  /** Reference average handling time in seconds; absent in the hours form. */
  readonly ahtSeconds?: number;
}

/**
 * Every eligible placement that has capacity and a demand row, as parallel arrays: position `j` here is column `j` of
 * the program. Sorted by workflow, then period, then team.
 */
export interface Placements {
  readonly count: number;
  readonly workflow: Int32Array;
  readonly team: Int32Array;
  readonly period: Int32Array;
  /** Money per workload hour, `c[w,k,t]`. */
  readonly costPerDemandHour: Float64Array;
  /** Team hours used per workload hour, `f/o`, with a second skill divided by its productivity. */
  readonly teamHoursPerDemandHour: Float64Array;
  /** Quality of the work, 0 to 1; present where a contract pays for quality. */
  readonly quality?: Float64Array;
  /** Of a placement done with a second skill, its position in the team's `crossTraining`; no entry for any other. */
  readonly secondSkill: ReadonlyMap<number, number>;
}

/** The rules that can make a placement ineligible, as the API names them. */
export type EligibilityRule =
  'skill' | 'security-tier' | 'control' | 'country' | 'complexity' | 'not-allowed';

/** Why a team may not take a workflow: the rule, what the workflow needs and what the team or its site has. */
export interface IneligibilityReason {
  readonly rule: EligibilityRule;
  readonly needed: number | boolean | readonly string[] | { readonly not: readonly string[] };
  readonly has: number | boolean | string | readonly string[] | null;
}

export interface IneligiblePlacement {
  readonly workflow: string;
  readonly team: string;
  /** Present where the placement is forbidden in this period only. */
  readonly period?: string;
  readonly reasons: readonly IneligibilityReason[];
}

/** Where each entity stands in the array of its kind, by its id. */
export interface Positions {
  readonly period: (id: string) => number;
  readonly site: (id: string) => number;
  readonly team: (id: string) => number;
  readonly vendor: (id: string) => number;
  readonly workflow: (id: string) => number;
}

/** The list under `rules` that one family's schema describes; empty where the scenario has none. */
export function rulesOf<RuleSchema extends z.ZodType>(
  data: PlanningData,
  key: string,
  _schema: RuleSchema,
): readonly z.infer<RuleSchema>[] {
  return (data.rules[key] ?? []) as readonly z.infer<RuleSchema>[];
}
