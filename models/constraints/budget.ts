import { z } from 'zod';
import type { ConstraintFamily } from '../constraint-family.ts';
import { qualityPrice } from '../contracts/invoice.ts';
import { formatQuantity } from '../number-text.ts';
import type { ProgramBuilder } from '../linear-program.ts';
import { PEOPLE_KINDS, spentOn } from '../people/headcount.ts';
import { type PlanningData, rulesOf } from '../planning-data.ts';
import { placementsByPeriod } from '../placement-groups.ts';
import { amount, id, LARGEST_AMOUNT, MAX_ENTITIES } from '../scenario/fields.ts';
import { isSameId, raised, roundedUp } from '../relaxation.ts';

/** What amounts of money are rounded to. */
const CENT = 0.01;

const rule = z
  .strictObject({
    period: id('The period; absent = the whole horizon.').optional(),
    amount: amount('Money that may be spent.'),
  })
  .meta({ id: 'BudgetRule' });

/**
 * The money spent in a period, or over the horizon, stays within a budget.
 *
 * Spent is every cost but the penalties for shortfall and backlog. Payroll of teams paid for their whole capacity is
 * spent whatever the plan does, and so is what contracts bill for nothing: both are taken off the right-hand side. What people cost is counted in the period in which it is paid.
 */
export const budget = {
  name: 'budget',
  summary:
    'The money spent in a period, or over the whole horizon, penalties left out, stays within the budget.',
  formula:
    'Σ_w Σ_k c[w,k,t] x[w,k,t] + payroll[t] + what people cost and contracts bill in t ≤ amount[t], or summed over all t',
  unit: 'money',
  inputs: {
    rules: {
      budget: z.array(rule).max(MAX_ENTITIES).optional(),
    },
  },
  addRows(data, program) {
    const rules = rulesOf(data, 'budget', rule);
    if (rules.length === 0) return;
    const groups = placementsByPeriod(data);
    const { costPerDemandHour } = data.placements;
    for (const { period, amount: limit } of rules) {
      const t = period === undefined ? undefined : data.positions.period(period);
      const [first, last] = t === undefined ? [0, data.periods.length - 1] : [t, t];
      const constant = constantCostOf(data, first, last);
      const subject = t === undefined ? {} : { period: data.periods[t].id };
      program.beginRow({ family: 'budget', subject, offset: constant }, '<=', limit - constant);
      for (let i = groups.start[first]; i < groups.start[last + 1]; i += 1) {
        program.addEntry(groups.member[i], costPerDemandHour[groups.member[i]]);
      }
      addPeopleCosts(data, program, first, last);
      addBills(data, program, first, last);
      // Opening is paid once, so no single period's budget pays for it.
      if (t === undefined) addOpeningCosts(data, program);
    }
  },
  wording: {
    label: (subject) => `Budget of ${subject.period ?? 'the whole horizon'}`,
    oneMore: (subject, names) =>
      `One more ${names.currency} in the budget of ${subject.period ?? 'the whole horizon'}`,
    caveat: () => 'That is net of the money spent.',
    requirement: (subject, names, limit, offset) =>
      `at most ${limit} ${names.currency} may be spent in ${subject.period ?? 'the whole horizon'}${offset > 0 ? `, of which ${formatQuantity(offset)} is spent whatever the plan` : ''}`,
  },
  relaxation: {
    kind: 'higher-budget',
    offer: 'A higher budget',
    unit: 'money',
    limitOf: ({ subject: { period } }) => ({ period }),
    // Money is money: nobody asks which of the budgets alone would do.
    ownerOf: () => ({}),
    most: () => LARGEST_AMOUNT,
    changed: ({ rules }, { period }, needed, rounding) => {
      const at = rules!.budget!.findIndex((each) => isSameId(each.period, period));
      const from = rules!.budget![at].amount;
      const amount = roundedUp(needed, rounding, CENT);
      const to = raised(from, amount);
      const path = `/rules/budget/${at}/amount` as const;
      return { unit: 'money', from, to, amount, patch: { op: 'replace', path, value: to } };
    },
    inWords: ({ period }, words) =>
      `${words.by} ${words.currency} more in the budget of ${period ?? 'the whole horizon'} (${words.from} → ${words.to})`,
  },
} as const satisfies ConstraintFamily;

function addOpeningCosts(data: PlanningData, program: ProgramBuilder): void {
  data.sites.forEach(({ openingCost }, site) => {
    const open = program.columnOf({ kind: 'site-open', site });
    if (open !== undefined) program.addEntry(open, openingCost);
  });
}

/** Pay, hiring, training, releases and overtime that fall into periods `first` to `last`. */
function addPeopleCosts(data: PlanningData, program: ProgramBuilder, first: number, last: number): void {
  data.teams.forEach(({ headcount }, team) => {
    if (headcount === undefined) return;
    for (const kind of PEOPLE_KINDS) {
      // Hires are paid for in the periods after the one in which they begin, too.
      const before = kind === 'hires' ? (headcount.hiring?.stages.length ?? 0) : 0;
      for (let period = Math.max(0, first - before); period <= last; period += 1) {
        const column = program.columnOf({ kind, team, period });
        if (column === undefined) continue;
        const within = spentOn(kind, headcount, period).filter(
          ({ period: paid }) => paid >= first && paid <= last,
        );
        program.addEntry(
          column,
          within.reduce((sum, { perUnit }) => sum + perUnit, 0),
        );
      }
    }
    headcount.crossTraining.forEach(({ costPerHead }, skill) => {
      for (let period = first; period <= last; period += 1) {
        const begins = program.columnOf({ kind: 'cross-training', team, skill, period });
        if (begins !== undefined) program.addEntry(begins, costPerHead);
      }
    });
    for (let period = first; period <= last; period += 1) {
      const begins = program.columnOf({ kind: 'class', team, period });
      if (begins !== undefined) program.addEntry(begins, headcount.hiring?.classes?.cost ?? 0);
    }
  });
}

/** What contracts bill in periods `first` to `last` beyond what they bill for nothing. */
function addBills(data: PlanningData, program: ProgramBuilder, first: number, last: number): void {
  for (const { vendor, contract, periods, pieces, brackets } of data.contracts)
    for (let period = first; period <= last; period += 1) {
      pieces[period].forEach(({ slope }, slice) => {
        program.addEntry(program.columnOf({ kind: 'billed', vendor, period, slice })!, slope);
      });
      const quality = program.columnOf({ kind: 'quality', vendor, period });
      if (quality !== undefined) program.addEntry(quality, qualityPrice(contract, periods[period]));
      brackets[period].forEach(({ atFrom }, bracket) => {
        const choice = program.columnOf({ kind: 'bracket', vendor, period, bracket });
        if (choice !== undefined) program.addEntry(choice, atFrom - brackets[period][0].atFrom);
      });
    }
}

/** What is spent from period `first` to `last` whatever the plan: payroll of whole capacities, and what contracts bill for nothing. */
export function constantCostOf(data: PlanningData, first: number, last: number): number {
  let total = payrollOf(data, first, last);
  for (const { pieces } of data.contracts)
    for (let t = first; t <= last; t += 1) total += pieces[t][0].atFrom;
  return total;
}

/** Money owed for whole capacities from period `first` to `last`. */
export function payrollOf(data: PlanningData, first: number, last: number): number {
  let total = 0;
  for (const team of data.teams) {
    for (let t = first; t <= last; t += 1) total += team.capacity[t]?.payroll ?? 0;
  }
  return total;
}
