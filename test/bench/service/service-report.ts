import { number, table } from '../report.ts';
import { median } from '../statistics.ts';
import { type Target, TARGETS } from './targets.ts';

/** The figures of one run by name. */
export type Run = Readonly<Record<string, number>>;

/** A target with what was measured. */
export interface Judged {
  readonly target: Target;
  readonly median: number;
  readonly worst: number;
  /** Median of the yardstick. */
  readonly yardstick?: number;
  /** Median over the runs of the figure relative to its yardstick in the same run. */
  readonly ratio?: number;
  /** Absent where nothing is asked for. */
  readonly isMet?: boolean;
}

/** Judges, by the median of the runs, every target whose figure was measured. */
export function judge(runs: readonly Run[]): readonly Judged[] {
  return TARGETS.flatMap((target) => {
    const measured = runs.filter((run) => target.figure in run);
    if (measured.length === 0) return [];
    const values = measured.map((run) => run[target.figure]);
    const { yardstick } = target;
    const beside = yardstick !== undefined && {
      yardstick: median(measured.map((run) => run[yardstick])),
      ratio: median(measured.map((run) => run[target.figure] / run[yardstick])),
    };
    const found = {
      target,
      median: median(values),
      worst: isBetterLow(target) ? Math.max(...values) : Math.min(...values),
      ...beside,
    };
    const met = isMet(found);
    return [{ ...found, ...(met !== undefined && { isMet: met }) }];
  });
}

function isBetterLow({ unit }: Target): boolean {
  return unit !== '/s';
}

function isMet({ target, median: value, ratio = NaN }: Omit<Judged, 'isMet'>): boolean | undefined {
  const { atLeast, atMost, orRatioAtLeast, ratioAtLeast } = target;
  if (ratioAtLeast !== undefined) return ratio >= ratioAtLeast;
  if (atMost !== undefined) return value <= atMost;
  if (atLeast === undefined) return undefined;
  return value >= atLeast || (orRatioAtLeast !== undefined && ratio >= orRatioAtLeast);
}

/** The table of the service, and which targets are missed. */
export function serviceReport(judged: readonly Judged[], machine: string): string {
  const rows = judged.map(({ target, median: value, worst, yardstick, ratio, isMet: met }) => [
    `${target.figure}, ${target.unit}`,
    wanted(target),
    shown(value),
    shown(worst),
    yardstick === undefined ? '' : `${target.yardstick} ${shown(yardstick)}`,
    ratio === undefined ? '' : number(ratio, 2),
    met === undefined ? '' : met ? 'yes' : '**no**',
  ]);
  const missed = judged.filter(({ isMet: met }) => met === false).map(({ target }) => target.figure);
  const head = ['figure', 'target', 'median', 'worst', 'yardstick', 'ratio', 'met'];
  const says = missed.length === 0 ? 'No target is missed.' : `Missed: ${missed.join('; ')}.`;
  return [`Measured on ${machine}.`, table(head, rows), says].join('\n\n') + '\n';
}

function wanted({ atLeast, atMost, orRatioAtLeast, ratioAtLeast, yardstick }: Target): string {
  if (ratioAtLeast !== undefined) return `≥ ${ratioAtLeast} × ${yardstick}`;
  if (atMost !== undefined) return `≤ ${shown(atMost)}`;
  if (atLeast === undefined) return '';
  const or = orRatioAtLeast === undefined ? '' : ` or ${orRatioAtLeast} × ${yardstick}`;
  return `≥ ${shown(atLeast)}${or}`;
}

function shown(value: number): string {
  return number(value, value < 10 ? 2 : value < 100 ? 1 : 0);
}
