import type { PlanPrice } from '../plan.ts';
import type { PeopleMoney, TeamPeople } from './people-checks.ts';
import { peopleLimits } from './people-limits.ts';
import type { RecomputedContract } from './contract-bills.ts';
import type { RecomputedScenario } from './recomputed-scenario.ts';

export type Table = Float64Array[];

/** What the plan's lines add up to. */
export interface Totals {
  /** Workload hours placed `[w][t]`, of these in-house, shortfall and backlog at the end. */
  readonly placed: Table;
  readonly inHouse: Table;
  readonly shortfall: Table;
  readonly backlog: Table;
  /** Team hours `[k][t]`. */
  readonly teamHours: Table;
  /** Team hours of work done with a second skill `[k][skill][t]`. */
  readonly skillHours: readonly Table[];
  /** Workload hours by normalised vendor and period. */
  readonly byVendor: Map<string, Float64Array>;
  /** What vendors bill, in hours or contacts, by normalised vendor and period. */
  readonly billedByVendor: Map<string, Float64Array>;
  /** The same times its quality. */
  readonly qualityByVendor: Map<string, Float64Array>;
  /** Money billed by contracts, by period. */
  readonly billed: Float64Array;
  /** Money for handling by period. */
  readonly handling: Float64Array;
  readonly openSites: Set<number>;
  /** Workload hours by workflow, site and period (`siteKey`), where there are any; of workflows with a rule about sites only. */
  readonly atSite: Map<number, number>;
  /** People by the position of their team, and what they cost. */
  people: { readonly teams: ReadonlyMap<number, TeamPeople>; readonly money: PeopleMoney };
  /** Money for opening the sites that get work. */
  openingCost: number;
}

/** A limit of the scenario and what a plan uses of it, both in the user's terms. */
export interface LimitUse {
  readonly family: string;
  readonly subject: PlanPrice['subject'];
  /** The limit in words, for what is found wrong. */
  readonly what: () => string;
  readonly sense: '<=' | '>=' | '=';
  readonly used: number;
  readonly limit: number;
}

/** Every finite limit of the scenario, each once. */
export function limitUses(model: RecomputedScenario, totals: Totals): LimitUse[] {
  const limits: LimitUse[] = [];
  model.scenario.periods.forEach(({ id: period }, t) => {
    addWorkflowLimits(model, totals, period, t, limits);
    addTeamAndSiteLimits(model, totals, period, t, limits);
    for (const contract of model.contracts) {
      const { vendor, spelled, unit } = contract;
      const used = totals.billedByVendor.get(vendor)?.[t] ?? 0;
      const what = () => `the ${unit} billed by ${spelled} in ${period}`;
      limits.push({
        family: 'contract-volume',
        subject: { vendor: spelled, period },
        what,
        sense: '=',
        used,
        limit: used,
      });
      if (contract.qualityRate(t) !== undefined) {
        const points = totals.qualityByVendor.get(vendor)?.[t] ?? 0;
        limits.push({
          family: 'contract-quality',
          subject: { vendor: spelled, period },
          what: () => `the quality billed by ${spelled} in ${period}`,
          sense: '=',
          used: points,
          limit: points,
        });
      }
      limits.push(...volumeLimits(model, contract, totals, t));
    }
    limits.push(...peopleLimits(model, totals.people.teams, totals.teamHours, t));
    limits.push(...shareLimits(model, totals, period, t));
  });
  limits.push(...budgetLimits(model, totals), ...minimumLimits(model, totals));
  return limits;
}

/** How fast a vendor's volume may fall, and what a forecast makes of it. */
function volumeLimits(
  { scenario }: RecomputedScenario,
  { vendor, spelled, leastByRamp, locked }: RecomputedContract,
  { billedByVendor }: Totals,
  t: number,
): LimitUse[] {
  const volumes = billedByVendor.get(vendor);
  const subject = { vendor: spelled, period: scenario.periods[t].id };
  const limitOf = (family: string, sense: '>=' | '<=', limit: number): LimitUse => {
    const what = () => `the volume of ${spelled} in ${scenario.periods[t].id}`;
    return { family, subject, what, sense, used: volumes?.[t] ?? 0, limit };
  };
  const [ramp, lock] = [leastByRamp(t), locked(t)];
  return [
    ...(ramp ? [limitOf('ramp-down', '>=', ramp.least + ramp.shareOfBefore * (volumes?.[t - 1] ?? 0))] : []),
    ...(lock && lock.least > 0 ? [limitOf('forecast-floor', '>=', lock.least)] : []),
    ...(lock ? [limitOf('forecast-cap', '<=', lock.most)] : []),
  ];
}

/** Identifies a limit whatever Unicode form its ids are written in. */
export function limitKey(
  family: string,
  { workflow, team, skill, site, vendor, period }: PlanPrice['subject'],
): string {
  return JSON.stringify([
    family,
    ...[workflow, team, skill, site, vendor, period].map((id) => id?.normalize() ?? null),
  ]);
}

/** One number for a workflow at a site in a period. */
export function siteKey({ scenario, T }: RecomputedScenario, w: number, s: number, t: number): number {
  return (w * scenario.sites.length + s) * T + t;
}

/** The positions that a `siteKey` was made of. */
export function atKey({ scenario, T }: RecomputedScenario, key: number): { w: number; s: number; t: number } {
  const pair = Math.floor(key / T);
  const S = scenario.sites.length;
  return { w: Math.floor(pair / S), s: pair % S, t: key % T };
}

/** A workflow with a minimum has the limit wherever it has any hours; nowhere else is there one. */
function minimumLimits(model: RecomputedScenario, { atSite }: Totals): LimitUse[] {
  const { scenario } = model;
  return [...atSite].flatMap(([key, used]): LimitUse[] => {
    const { w, s, t } = atKey(model, key);
    const { id: workflow, minimumTeamHours: limit = 0 } = scenario.workflows[w];
    if (limit === 0) return [];
    const [site, period] = [scenario.sites[s].id, scenario.periods[t].id];
    const what = () => `the minimum of ${workflow} at ${site} in ${period}`;
    return [
      { family: 'minimum-team-hours', subject: { workflow, site, period }, what, sense: '>=', used, limit },
    ];
  });
}

function addWorkflowLimits(
  model: RecomputedScenario,
  totals: Totals,
  period: string,
  t: number,
  limits: LimitUse[],
): void {
  model.scenario.workflows.forEach(({ id, backlog }, w) => {
    const demand = model.demand[w][t];
    const subject = { workflow: id, period };
    const waiting = t === 0 ? (backlog?.openingHours ?? 0) : totals.backlog[w][t - 1];
    const used = totals.placed[w][t] + totals.shortfall[w][t] + totals.backlog[w][t] - waiting;
    if (demand !== undefined) {
      const what = () => `the demand of ${id} in ${period}`;
      limits.push({ family: 'demand', subject, what, sense: '=', used, limit: demand });
    }
    if (backlog !== undefined && t < model.T - 1) {
      limits.push({
        family: 'backlog-limit',
        subject,
        what: () => `the backlog of ${id} in ${period}`,
        sense: '<=',
        used: totals.backlog[w][t],
        limit: backlog.maxHours,
      });
    }
  });
}

function addTeamAndSiteLimits(
  model: RecomputedScenario,
  totals: Totals,
  period: string,
  t: number,
  limits: LimitUse[],
): void {
  const seated = new Float64Array(model.scenario.sites.length);
  model.scenario.teams.forEach(({ id }, k) => {
    const used = totals.teamHours[k][t];
    const hoursPerFte = model.hoursPerFte[k][t];
    const people = totals.people.teams.get(k);
    if (people) seated[model.siteOfTeam[k]] += people.seated[t];
    else if (hoursPerFte !== undefined) seated[model.siteOfTeam[k]] += used / hoursPerFte;
    const limit = model.capacity[k][t] ?? Infinity;
    if (limit === Infinity) return;
    const what = () => `the capacity of ${id} in ${period}`;
    limits.push({ family: 'team-capacity', subject: { team: id, period }, what, sense: '<=', used, limit });
  });
  model.scenario.sites.forEach(({ id, seats, fteSharingASeat }, s) => {
    if (seats === undefined) return;
    limits.push({
      family: 'site-seats',
      subject: { site: id, period },
      what: () => `the seats of ${id} in ${period}`,
      sense: '<=',
      used: seated[s],
      limit: seats * (fteSharingASeat ?? 1),
    });
  });
}

function shareLimits(model: RecomputedScenario, totals: Totals, period: string, t: number): LimitUse[] {
  const { vendorShare = [], inHouseShare = [] } = model.scenario.rules ?? {};
  const sum = (table: Table) => table.reduce((total, row) => total + row[t], 0);
  const placed = sum(totals.placed);
  return [
    ...vendorShare.map(({ vendor, maxShare }): LimitUse => ({
      family: 'vendor-share',
      subject: { vendor, period },
      what: () => `the share of ${vendor} in ${period}`,
      sense: '<=',
      used: totals.byVendor.get(vendor.normalize())?.[t] ?? 0,
      limit: maxShare * placed,
    })),
    ...inHouseShare.map(({ workflow, minShare }): LimitUse => {
      const w = workflow === undefined ? undefined : model.find.workflow(workflow)!;
      return {
        family: 'in-house-share',
        subject: { workflow, period },
        what: () => `the in-house share of ${workflow ?? 'all work'} in ${period}`,
        sense: '>=',
        used: w === undefined ? sum(totals.inHouse) : totals.inHouse[w][t],
        limit: minShare * (w === undefined ? placed : totals.placed[w][t]),
      };
    }),
  ];
}

function budgetLimits(
  { scenario, find, payroll }: RecomputedScenario,
  { handling, openingCost, people, billed }: Totals,
): LimitUse[] {
  return (scenario.rules?.budget ?? []).map(({ period, amount }): LimitUse => {
    const t = period === undefined ? undefined : find.period(period)!;
    const spent = (at: number) => handling[at] + payroll[at] + people.money.byPeriod[at] + billed[at];
    return {
      family: 'budget',
      subject: { period },
      what: () => `the budget of ${period ?? 'the whole horizon'}`,
      sense: '<=',
      used: t === undefined ? payroll.reduce((sum, _, at) => sum + spent(at), openingCost) : spent(t),
      limit: amount,
    };
  });
}
