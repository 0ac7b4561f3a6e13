import { z } from 'zod';
import type { ConstraintFamily } from '../constraint-family.ts';
import { amount } from '../scenario/fields.ts';
import { raised, positionOf, roundedUp } from '../relaxation.ts';

/**
 * Only so much work of a workflow may wait at a period's end.
 *
 * A row and not a bound on the backlog column, so that the limit has a price. The last period has no row: nothing
 * waits after it. The columns belong to the demand family, whose balance they are part of.
 */
export const backlogLimit = {
  name: 'backlog-limit',
  summary: 'At most so many hours of a workflow wait at the end of a period; nothing waits after the last.',
  formula: 'b[w,t] ≤ maxHours[w]',
  unit: 'hours',
  inputs: {
    workflow: {
      backlog: z
        .strictObject({
          maxHours: amount('Most hours that may wait at the end of a period.'),
          costPerHourPeriod: amount("Money per hour waiting at each period's end; default 0.").optional(),
          openingHours: amount('Hours waiting before the first period; default 0.').optional(),
        })
        .meta({ id: 'Backlog', description: 'Present where work may wait for a later period.' })
        .optional(),
    },
  },
  addRows(data, program) {
    data.workflows.forEach((workflow, w) => {
      if (workflow.backlog === undefined) return;
      for (let t = 0; t < data.periods.length - 1; t += 1) {
        const subject = { workflow: workflow.id, period: data.periods[t].id };
        program.beginRow({ family: 'backlog-limit', subject }, '<=', workflow.backlog.maxHours);
        const column = program.columnOf({ kind: 'backlog', workflow: w, period: t });
        if (column !== undefined) program.addEntry(column, 1);
      }
    });
  },
  wording: {
    label: (subject, names) =>
      `Backlog limit of ${names.workflow(subject.workflow)} at the end of ${subject.period ?? 'every period'}`,
    oneMore: (subject, names) =>
      `One more hour of ${names.workflow(subject.workflow)} allowed to wait at the end of ${subject.period ?? ''}`,
    requirement: (subject, names, limit) =>
      `at most ${limit} hours of ${names.workflow(subject.workflow)} may wait at the end of ${subject.period ?? 'every period'}`,
  },
  relaxation: {
    kind: 'more-backlog',
    offer: 'More backlog',
    unit: 'hours',
    limitOf: ({ subject: { workflow } }) => ({ workflow }),
    ownerOf: (limit) => limit,
    most: (data, { workflow }) =>
      data.workflows[data.positions.workflow(workflow!)].mostHours.reduce((sum, hours) => sum + hours, 0),
    changed: ({ workflows }, { workflow }, needed, rounding) => {
      const w = positionOf(workflows, workflow);
      const from = workflows[w].backlog!.maxHours;
      const amount = roundedUp(needed, rounding);
      const to = raised(from, amount);
      const path = `/workflows/${w}/backlog/maxHours` as const;
      return { unit: 'hours', from, to, amount, patch: { op: 'replace', path, value: to } };
    },
    inWords: ({ workflow }, words) =>
      `up to ${words.to} hours of ${words.workflow(workflow)} waiting at the end of a period (${words.from} now)`,
  },
} as const satisfies ConstraintFamily;
