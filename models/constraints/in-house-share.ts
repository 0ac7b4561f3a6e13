import { z } from 'zod';
import type { ConstraintFamily } from '../constraint-family.ts';
import { addHoursPlacedColumns, mostHoursOfShare } from '../hours-placed.ts';
import { placementsByPeriod, placementsByWorkflowAndPeriod } from '../placement-groups.ts';
import { rulesOf } from '../planning-data.ts';
import { id, MAX_ENTITIES, share } from '../scenario/fields.ts';
import { isSameId, lowered, roundedUp, STEP_OF_SHARE } from '../relaxation.ts';

const rule = z
  .strictObject({
    workflow: id('The workflow; absent = over all work.').optional(),
    minShare: share('Smallest in-house share of the workload hours placed in each period.'),
  })
  .meta({ id: 'InHouseShareRule' });

/**
 * At least a share of the workload hours placed in each period stays in-house, over all work or for one workflow.
 *
 * The price is per hour of allowance δ in `Σx_inhouse − κΣx ≥ δ`, so it is 0 or more: asking for more costs.
 */
export const inHouseShare = {
  name: 'in-house-share',
  summary:
    'At least a share of the workload hours placed in each period stays in-house, over all work or one workflow.',
  formula:
    'Σ_{k in-house} Σ_w x[w,k,t] − minShare · p[t] ≥ 0; for one w: Σ_{k in-house} x[w,k,t] − minShare[w] · Σ_k x[w,k,t] ≥ 0',
  unit: 'hours',
  inputs: {
    rules: {
      inHouseShare: z.array(rule).max(MAX_ENTITIES).optional(),
    },
  },
  addColumns(data, program) {
    const rules = rulesOf(data, 'inHouseShare', rule);
    if (rules.some(({ workflow }) => workflow === undefined)) addHoursPlacedColumns(data, program);
  },
  addRows(data, program) {
    const rules = rulesOf(data, 'inHouseShare', rule);
    if (rules.length === 0) return;
    const ofPeriod = placementsByPeriod(data);
    const ofWorkflow = placementsByWorkflowAndPeriod(data);
    const T = data.periods.length;
    const { team } = data.placements;
    for (const { workflow, minShare } of rules) {
      const w = workflow === undefined ? undefined : data.positions.workflow(workflow);
      for (let t = 0; t < T; t += 1) {
        const period = data.periods[t].id;
        const subject = w === undefined ? { period } : { workflow: data.workflows[w].id, period };
        const shareOf = { share: minShare, period: t, ...(w !== undefined && { workflow: w }) };
        program.beginRow({ family: 'in-house-share', subject, shareOf }, '>=', 0);
        const groups = w === undefined ? ofPeriod : ofWorkflow;
        const group = w === undefined ? t : w * T + t;
        // The sum over one workflow is short and is written out; that over all work is a column.
        const ofSum = w === undefined ? 0 : -minShare;
        for (let i = groups.start[group]; i < groups.start[group + 1]; i += 1) {
          const j = groups.member[i];
          const isInHouse = data.sites[data.teams[team[j]].site].vendor === undefined;
          program.addEntry(j, isInHouse ? 1 + ofSum : ofSum);
        }
        if (w === undefined)
          program.addEntry(program.columnOf({ kind: 'hours-placed', period: t })!, -minShare);
      }
    }
  },
  wording: {
    label: (subject, names) =>
      `In-house share${ofWork(subject.workflow, names.workflow)} in ${subject.period ?? 'every period'}`,
    oneMore: (subject, names) =>
      `Keeping one hour more${ofWork(subject.workflow, names.workflow)} in-house than the share asks in ${subject.period ?? ''}`,
    requirement: (subject, names) =>
      `the in-house share${ofWork(subject.workflow, names.workflow)} must be kept in ${subject.period ?? 'every period'}`,
  },
  relaxation: {
    kind: 'smaller-in-house-share',
    offer: 'A smaller in-house share',
    unit: 'share',
    limitOf: ({ subject: { workflow } }) => ({ workflow }),
    ownerOf: (limit) => limit,
    perUnit: mostHoursOfShare,
    most: (data, { workflow }) =>
      rulesOf(data, 'inHouseShare', rule).find((each) => isSameId(each.workflow, workflow))!.minShare,
    changed: ({ rules }, { workflow }, needed, rounding) => {
      const at = rules!.inHouseShare!.findIndex((each) => isSameId(each.workflow, workflow));
      const from = rules!.inHouseShare![at].minShare;
      const amount = Math.min(from, roundedUp(needed, rounding, STEP_OF_SHARE));
      const to = lowered(from, amount);
      const path = `/rules/inHouseShare/${at}/minShare` as const;
      return { unit: 'share', from, to, amount, patch: { op: 'replace', path, value: to } };
    },
    inWords: ({ workflow }, words) =>
      `an in-house share${ofWork(workflow, words.workflow)} of ${words.to} (${words.from} now)`,
  },
} as const satisfies ConstraintFamily;

function ofWork(workflow: string | undefined, nameOf: (id: string) => string): string {
  return workflow === undefined ? ' of all work' : ` of ${nameOf(workflow)}`;
}
