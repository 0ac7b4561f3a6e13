import { z } from 'zod';
import type { ConstraintFamily } from '../constraint-family.ts';
import { formatQuantity } from '../number-text.ts';
import type { ProgramBuilder } from '../linear-program.ts';
import { placementsByWorkflowAndPeriod } from '../placement-groups.ts';
import { amount, id, MAX_PERIODS, positiveAmount } from '../scenario/fields.ts';
import { isSameId, lowered, positionOf, roundedUp } from '../relaxation.ts';

const SECONDS_PER_HOUR = 3600;

/** One period's demand, in either form; `reference-faults.ts` refuses a mixture. */
const demandEntry = z
  .strictObject({
    period: id('The period.'),
    hours: amount('Workload hours at the reference AHT.').optional(),
    contacts: amount('Contacts offered; with `ahtSeconds`, instead of `hours`.').optional(),
    ahtSeconds: positiveAmount('Reference average handling time, seconds a contact.').optional(),
  })
  .meta({
    id: 'DemandEntry',
    description: 'Either `hours`, or `contacts` with `ahtSeconds` (hours = contacts · ahtSeconds / 3600).',
  });

/**
 * Every workload hour of a period is placed, waits, or is counted as shortfall.
 *
 * An equality, so its price may have either sign: when more demand makes a better use of a share or a budget possible,
 * one more hour can save money. Source: formulation.md, the multi-period transportation problem with backlog.
 */
export const demand = {
  name: 'demand',
  summary:
    'Every workload hour of a period is placed at a team, waits as backlog, or is counted as shortfall.',
  formula: 'Σ_k x[w,k,t] + u[w,t] + b[w,t] − b[w,t−1] = d[w,t]',
  unit: 'hours',
  inputs: {
    workflow: {
      demand: z
        .array(demandEntry)
        .max(MAX_PERIODS)
        .meta({ description: 'One entry a period; a period without an entry has no demand.' }),
      shortfallCostPerHour: amount(
        'Money per workload hour not served; absent = all demand must be served.',
      ).optional(),
    },
  },
  addColumns(data, program) {
    const T = data.periods.length;
    data.workflows.forEach((workflow, w) => {
      workflow.demand.forEach((entry, t) => {
        if (entry === undefined) return;
        if (workflow.shortfallCostPerHour !== undefined) {
          program.addColumn({ kind: 'shortfall', workflow: w, period: t }, workflow.shortfallCostPerHour);
        }
        // Nothing waits after the last period, so that no work is pushed over the edge of the plan for nothing.
        if (workflow.backlog !== undefined && t < T - 1) {
          program.addColumn({ kind: 'backlog', workflow: w, period: t }, workflow.backlog.costPerHourPeriod);
        }
      });
    });
  },
  addRows(data, program) {
    const groups = placementsByWorkflowAndPeriod(data);
    const T = data.periods.length;
    data.workflows.forEach((workflow, w) => {
      workflow.demand.forEach((entry, t) => {
        if (entry === undefined) return;
        const opening = t === 0 ? (workflow.backlog?.openingHours ?? 0) : 0;
        const subject = { workflow: workflow.id, period: data.periods[t].id };
        program.beginRow({ family: 'demand', subject, offset: -opening }, '=', entry.hours + opening);
        const group = w * T + t;
        for (let i = groups.start[group]; i < groups.start[group + 1]; i += 1) {
          program.addEntry(groups.member[i], 1);
        }
        const shortfall = program.columnOf({ kind: 'shortfall', workflow: w, period: t });
        if (shortfall !== undefined) program.addEntry(shortfall, 1);
        if (workflow.backlog !== undefined) addCarriedWork(program, w, t);
      });
    });
  },
  wording: {
    label: (subject, names) => `Demand of ${names.workflow(subject.workflow)} in ${subject.period ?? ''}`,
    oneMore: (subject, names) =>
      `One more hour of ${names.workflow(subject.workflow)} in ${subject.period ?? ''}`,
    // More work for less money surprises everyone; it is real where a share or a budget is loosened by it.
    caveat: (_subject, _names, price, way) => {
      if (price >= 0) return '';
      return way === 'more'
        ? 'More work costs less here, because it loosens another rule.'
        : 'Less work costs more here, because it tightens another rule.';
    },
    requirement: (subject, names, limit, offset) =>
      `${names.workflow(subject.workflow)} needs ${limit} hours served in ${subject.period ?? ''}${offset < 0 ? `, besides ${formatQuantity(-offset)} that wait from before` : ''}`,
  },
  relaxation: {
    kind: 'accepted-shortfall',
    offer: 'Work that is not served',
    unit: 'hours',
    limitOf: ({ subject: { workflow, period } }) => ({ workflow, period }),
    ownerOf: ({ workflow }) => ({ workflow }),
    most: (data, { workflow, period }) =>
      data.workflows[data.positions.workflow(workflow!)].demand[data.positions.period(period!)]?.hours ?? 0,
    changed: ({ workflows }, { workflow, period }, needed, rounding) => {
      const w = positionOf(workflows, workflow);
      const at = workflows[w].demand.findIndex((entry) => isSameId(entry.period, period));
      const { hours, contacts, ahtSeconds } = workflows[w].demand[at];
      const path = `/workflows/${w}/demand/${at}` as const;
      if (hours !== undefined) {
        const amount = Math.min(hours, roundedUp(needed, rounding));
        const to = lowered(hours, amount);
        return {
          unit: 'hours',
          from: hours,
          to,
          amount,
          patch: { op: 'replace', path: `${path}/hours`, value: to },
        };
      }
      const hoursPerContact = ahtSeconds! / SECONDS_PER_HOUR;
      const fewer = Math.min(contacts!, roundedUp(needed / hoursPerContact, rounding));
      const to = lowered(contacts!, fewer);
      const patch = { op: 'replace', path: `${path}/contacts`, value: to } as const;
      return { unit: 'contacts', from: contacts!, to, amount: fewer * hoursPerContact, patch };
    },
    inWords: ({ workflow, period }, words) =>
      `${words.by} ${words.unit} of ${words.workflow(workflow)} not served in ${period ?? ''} (of ${words.from})`,
  },
} as const satisfies ConstraintFamily;

/** The backlog at both ends of the period. */
function addCarriedWork(program: ProgramBuilder, w: number, t: number): void {
  const waitingAtEnd = program.columnOf({ kind: 'backlog', workflow: w, period: t });
  if (waitingAtEnd !== undefined) program.addEntry(waitingAtEnd, 1);
  const waitingAtStart = program.columnOf({ kind: 'backlog', workflow: w, period: t - 1 });
  if (waitingAtStart !== undefined) program.addEntry(waitingAtStart, -1);
}
