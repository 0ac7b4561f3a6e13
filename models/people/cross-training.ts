import type { Subject } from '../linear-program.ts';
import type { PlanningData } from '../planning-data.ts';

/**
 * A second skill of a team after normalisation: what training a head in it takes, and what the head can then do.
 *
 * Heads are FTE, money is per head.
 */
export interface CrossTraining {
  readonly skill: string;
  /** Heads who have it in the first period. */
  readonly openingHeads: number;
  /** Most heads whose training can begin in one period. */
  readonly maxHeads: number;
  /** Money, once, when training begins. */
  readonly costPerHead: number;
  /** From the period in which training begins to the first in which the skill can be used. */
  readonly periods: number;
  /** Productive hours of the team, in the period in which training begins. */
  readonly trainerHours: number;
  /** Work done in an hour / work done by who has the skill as their own. */
  readonly productivity: number;
}

/**
 * What a plan decides on, or follows from that, of a second skill: heads who have it, heads whose training begins, heads who have it and are
 * released.
 */
export const SECOND_SKILL_KINDS = ['cross-trained', 'cross-training', 'cross-trained-released'] as const;
export type SecondSkillKind = (typeof SECOND_SKILL_KINDS)[number];

/** One second skill of a team; positions, `skill` that in the team's `crossTraining`. */
export interface SecondSkill {
  readonly team: number;
  readonly skill: number;
  readonly training: CrossTraining;
  /** Share of the heads of one period who are there in the next: those with a second skill leave as all heads do. */
  readonly staying: number;
}

/** Every second skill of every team. */
export function* secondSkills({ teams }: Pick<PlanningData, 'teams'>): Generator<SecondSkill> {
  for (const [team, { headcount }] of teams.entries())
    for (const [skill, training] of (headcount?.crossTraining ?? []).entries())
      yield { team, skill, training, staying: 1 - headcount!.attrition };
}

/** Of one head whose training began in period `start`, who is still there in period `t`. */
export function stillThere({ staying }: Pick<SecondSkill, 'staying'>, start: number, t: number): number {
  return staying ** (t - start);
}

/** Where fewer than this share of a class is still there when training ends, it is of no use: an engine drops smaller coefficients. */
const FEWEST = 1e-6;

/** Whether heads whose training begins in the period can use the skill within the horizon: else there is no column for them. */
export function canTrainIn({ training, staying }: SecondSkill, start: number, periodCount: number): boolean {
  const { maxHeads, periods } = training;
  return maxHeads > 0 && start + periods < periodCount && staying ** periods >= FEWEST;
}

/** Whether no plan has anybody at the team with the second skill in the period: nobody has it from the start, and no training can be over. */
export function canNobodyHave({ teams, positions }: PlanningData, { team, skill, period }: Subject): boolean {
  const { crossTraining = [] } = teams[positions.team(team!)].headcount ?? {};
  const training = crossTraining.find((each) => each.skill === skill)!;
  const isBeforeAll = positions.period(period!) < training.periods || training.maxHeads === 0;
  return training.openingHeads === 0 && isBeforeAll;
}
