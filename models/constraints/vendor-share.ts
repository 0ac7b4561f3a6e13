import { z } from 'zod';
import type { ConstraintFamily } from '../constraint-family.ts';
import { addHoursPlacedColumns, mostHoursOfShare } from '../hours-placed.ts';
import { groupPlacements } from '../placement-groups.ts';
import { rulesOf } from '../planning-data.ts';
import { id, MAX_ENTITIES, share } from '../scenario/fields.ts';
import { isSameId, raised, roundedUp, STEP_OF_SHARE } from '../relaxation.ts';

const rule = z
  .strictObject({
    vendor: id('The vendor, as a site names it.'),
    maxShare: share('Largest share of the workload hours placed in each period.'),
  })
  .meta({ id: 'VendorShareRule' });

/**
 * A vendor gets at most a share of the workload hours placed in each period.
 *
 * The price is per hour of allowance δ in `Σx_v − κΣx ≤ δ`. It is not the derivative by the share κ, which is no
 * straight line: κ multiplies what is placed.
 */
export const vendorShare = {
  name: 'vendor-share',
  summary: 'A vendor gets at most a share of the workload hours placed in each period, shortfall left out.',
  formula: 'Σ_{k of v} Σ_w x[w,k,t] − maxShare[v] · p[t] ≤ 0',
  unit: 'hours',
  inputs: {
    rules: {
      vendorShare: z.array(rule).max(MAX_ENTITIES).optional(),
    },
  },
  addColumns(data, program) {
    if (rulesOf(data, 'vendorShare', rule).length > 0) addHoursPlacedColumns(data, program);
  },
  addRows(data, program) {
    const rules = rulesOf(data, 'vendorShare', rule);
    if (rules.length === 0) return;
    const T = data.periods.length;
    const { team, period } = data.placements;
    const groups = groupPlacements(data, (data.vendors.length + 1) * T, (j) => {
      // In-house work comes after that of all vendors.
      const vendor = data.sites[data.teams[team[j]].site].vendor ?? data.vendors.length;
      return vendor * T + period[j];
    });
    for (const { vendor, maxShare } of rules) {
      const v = data.positions.vendor(vendor);
      for (let t = 0; t < T; t += 1) {
        const subject = { vendor: data.vendors[v], period: data.periods[t].id };
        const shareOf = { share: maxShare, period: t };
        program.beginRow({ family: 'vendor-share', subject, shareOf }, '<=', 0);
        const group = v * T + t;
        for (let i = groups.start[group]; i < groups.start[group + 1]; i += 1)
          program.addEntry(groups.member[i], 1);
        program.addEntry(program.columnOf({ kind: 'hours-placed', period: t })!, -maxShare);
      }
    }
  },
  wording: {
    label: (subject) => `Share of ${subject.vendor ?? ''} in ${subject.period ?? 'every period'}`,
    oneMore: (subject) =>
      `Letting ${subject.vendor ?? ''} have one hour more than its share in ${subject.period ?? ''}`,
    requirement: (subject) =>
      `${subject.vendor ?? ''} may get no more than its share of the hours placed in ${subject.period ?? 'every period'}`,
  },
  relaxation: {
    kind: 'larger-vendor-share',
    offer: 'A larger vendor share',
    unit: 'share',
    limitOf: ({ subject: { vendor } }) => ({ vendor }),
    ownerOf: (limit) => limit,
    perUnit: mostHoursOfShare,
    most: (data, { vendor }) =>
      1 - rulesOf(data, 'vendorShare', rule).find((each) => isSameId(each.vendor, vendor))!.maxShare,
    changed: ({ rules }, { vendor }, needed, rounding) => {
      const at = rules!.vendorShare!.findIndex((each) => isSameId(each.vendor, vendor));
      const from = rules!.vendorShare![at].maxShare;
      const amount = Math.min(1 - from, roundedUp(needed, rounding, STEP_OF_SHARE));
      const to = raised(from, amount);
      const path = `/rules/vendorShare/${at}/maxShare` as const;
      return { unit: 'share', from, to, amount, patch: { op: 'replace', path, value: to } };
    },
    inWords: ({ vendor }, words) => `a share of ${words.to} for ${vendor ?? ''} (${words.from} now)`,
  },
} as const satisfies ConstraintFamily;
