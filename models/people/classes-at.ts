import type { ProgramBuilder } from '../linear-program.ts';
import type { PlanningData } from '../planning-data.ts';
import { type Stage, stageAt } from './headcount.ts';

/** Hires who began in an earlier period, or in this one, and are not heads yet. */
export interface ClassAt {
  /** The column of the hires. */
  readonly column: number;
  /** What each of them is in the period. */
  readonly stage: Stage;
}

/** The classes of a team that are in training or nesting in a period, the oldest first. */
export function* classesAt(
  { teams }: PlanningData,
  program: ProgramBuilder,
  team: number,
  period: number,
): Generator<ClassAt> {
  const hiring = teams[team].headcount?.hiring;
  if (hiring === undefined) return;
  for (let start = Math.max(0, period - hiring.stages.length + 1); start <= period; start += 1) {
    const column = program.columnOf({ kind: 'hires', team, period: start });
    const stage = stageAt(hiring, start, period);
    if (column !== undefined && stage !== undefined) yield { column, stage };
  }
}
