import type { ClassSizes } from './class-sizes.ts';
import type { CrossTraining } from './cross-training.ts';

/**
 * A team's people after normalisation: opening headcount and flow, what hires pass through, and what everything costs.
 *
 * Periods are positions. Heads are FTE; money is per head and period unless it says otherwise.
 */
export interface Headcount {
  /** Heads who join fully productive in each period; opening heads are in the first. */
  readonly joining: readonly number[];
  /** Share of the heads of one period who are not there in the next. */
  readonly attrition: number;
  /** Money per head in each period. */
  readonly pay: readonly number[];
  readonly hiring?: Hiring;
  readonly release?: Release;
  readonly overtime?: Overtime;
  /** Second skills, by their names; empty where there are none. */
  readonly crossTraining: readonly CrossTraining[];
}

export interface Hiring {
  /** Most hires whose training begins in one period. */
  readonly maxHeads: number;
  /** Money per hire, once, when training begins. */
  readonly costPerHead: number;
  readonly trainingCostPerHead: number;
  /** The first period in which training can begin. */
  readonly firstPeriod: number;
  /** What a hire is in each period from the one in which training begins, until they count as a head. */
  readonly stages: readonly Stage[];
  /** Of one hire, who is a head once all stages are over. */
  readonly graduates: number;
  /** Heads that may be in training at once. */
  readonly maxTrainees?: number;
  /** Present where not any number may be hired, or a class costs by itself. */
  readonly classes?: ClassSizes;
}

/** One period of training or nesting, per hire. */
export interface Stage {
  readonly isTraining: boolean;
  /** Of one hire, who is still there. */
  readonly heads: number;
  /** Productive hours of one who is there / those of a head. */
  readonly productivity: number;
  /** Pay of one who is there / pay of a head. */
  readonly payShare: number;
  /** Productive hours of the team's heads that one who is there takes. */
  readonly trainerHours: number;
}

export interface Release {
  readonly maxHeads?: number;
  readonly costPerHead: number;
  /** The first period in which anybody can be released. */
  readonly firstPeriod: number;
}

export interface Overtime {
  /** Overtime / productive hours of the heads, at most. */
  readonly maxShare: number;
  /** Money per productive hour of overtime in each period. */
  readonly costPerHour: readonly number[];
}

/** The stage in period `t` of who began training in period `start`; undefined before and after. */
export function stageAt({ stages }: Hiring, start: number, t: number): Stage | undefined {
  return stages[t - start];
}

/** Whether hires who begin in the period can become productive within the horizon: else there is no column for them. */
export function canHireIn(hiring: Hiring | undefined, start: number, periodCount: number): hiring is Hiring {
  if (hiring === undefined || start < hiring.firstPeriod || hiring.maxHeads === 0) return false;
  const { stages, graduates } = hiring;
  const untilWork = stages.findIndex(({ heads, productivity }) => heads * productivity > 0);
  const untilHead = graduates > 0 ? stages.length : Infinity;
  return start + (untilWork < 0 ? untilHead : untilWork) < periodCount;
}

export function canReleaseIn(release: Release | undefined, t: number): release is Release {
  return release !== undefined && t >= release.firstPeriod && release.maxHeads !== 0;
}

/** What people's money is spent on, as the API names it. */
export const PEOPLE_COSTS = ['payroll', 'hiring', 'training', 'release', 'overtime'] as const;
export type PeopleCost = (typeof PEOPLE_COSTS)[number];

/** Money of one unit of a column, in the period in which it is spent. */
export interface Spent {
  readonly term: PeopleCost;
  readonly period: number;
  readonly perUnit: number;
}

/** What a plan decides on, or follows from that, of a team's people. */
export const PEOPLE_KINDS = ['heads', 'hires', 'released', 'overtime'] as const;
export type PeopleKind = (typeof PEOPLE_KINDS)[number];

/** What one head, hire, release or hour of overtime in period `t` costs, and when. */
export function spentOn(kind: PeopleKind, people: Headcount, t: number): Spent[] {
  switch (kind) {
    case 'heads':
      return [{ term: 'payroll', period: t, perUnit: people.pay[t] }];
    case 'hires': {
      const { costPerHead, trainingCostPerHead, stages } = people.hiring!;
      const paid = stages.flatMap(({ heads, payShare }, i): Spent[] =>
        t + i < people.pay.length
          ? [{ term: 'payroll', period: t + i, perUnit: heads * payShare * people.pay[t + i] }]
          : [],
      );
      return [
        { term: 'hiring', period: t, perUnit: costPerHead },
        { term: 'training', period: t, perUnit: trainingCostPerHead },
        ...paid,
      ];
    }
    case 'released':
      return [{ term: 'release', period: t, perUnit: people.release!.costPerHead }];
    case 'overtime':
      return [{ term: 'overtime', period: t, perUnit: people.overtime!.costPerHour[t] }];
  }
}
