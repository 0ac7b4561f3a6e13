import type { PlanNumbers } from '../plan.ts';
import { type Finding, note, refuse } from './finding.ts';
import { atKey, type LimitUse, limitUses, siteKey, type Table, type Totals } from './limit-use.ts';
import { checkBills } from './bill-checks.ts';
import { followPeople } from './people-checks.ts';
import type { RecomputedScenario } from './recomputed-scenario.ts';

const NO_PEOPLE: Totals['people'] = {
  teams: new Map(),
  money: {
    byPeriod: new Float64Array(),
    byTerm: { payroll: 0, hiring: 0, training: 0, release: 0, overtime: 0 },
  },
};

/**
 * Holds a plan's numbers against every rule of the scenario and recomputes its money.
 *
 * Works from the lines of the plan alone: what stands in the allocation is what is judged, including each line's
 * stated team hours, contacts, share and cost. Returns what was found, with the use of every limit.
 */
export function checkRules(
  model: RecomputedScenario,
  plan: PlanNumbers,
): { readonly finding: Finding; readonly uses: readonly LimitUse[] } {
  const finding: Finding = { worst: 0, faults: [] };
  if (plan.currency !== model.scenario.currency)
    refuse(finding, 'the currency differs from that of the scenario');
  const totals = addUp(model, plan, finding);
  const uses = limitUses(model, totals);
  for (const { what, sense, used, limit } of uses) {
    const over = sense === '=' ? Math.abs(used - limit) : sense === '<=' ? used - limit : limit - used;
    note(finding, what, over, limit);
  }
  checkMoney(model, plan, totals, finding);
  checkSites(model, plan, totals, finding);
  return { finding, uses };
}

function addUp(model: RecomputedScenario, plan: PlanNumbers, finding: Finding): Totals {
  const { scenario, T } = model;
  const table = (rows: number): Table => Array.from({ length: rows }, () => new Float64Array(T));
  const totals: Totals = {
    placed: table(scenario.workflows.length),
    inHouse: table(scenario.workflows.length),
    shortfall: readHours(model, plan.shortfall, 'shortfall', finding),
    backlog: readHours(model, plan.backlog, 'backlog', finding),
    teamHours: table(scenario.teams.length),
    skillHours: model.people.map((people) => table(people?.secondSkills.length ?? 0)),
    byVendor: new Map(),
    billedByVendor: new Map(),
    qualityByVendor: new Map(),
    billed: new Float64Array(T),
    handling: new Float64Array(T),
    openSites: new Set(),
    atSite: new Map(),
    people: NO_PEOPLE,
    openingCost: 0,
  };
  const seen = new Uint8Array(scenario.workflows.length * scenario.teams.length * T);
  for (const line of plan.allocation) addLine(model, line, totals, seen, finding);
  for (const line of plan.allocation) {
    const [w, t] = [model.find.workflow(line.workflow), model.find.period(line.period)];
    if (w === undefined || t === undefined) continue;
    const share = line.hours / totals.placed[w][t];
    note(finding, () => `the share of ${nameOf(line)}`, Math.abs(line.share - share), 1);
  }
  checkBills(model, plan, totals, finding);
  totals.people = followPeople(model, plan, totals.teamHours, totals.skillHours, finding);
  for (const s of totals.openSites) totals.openingCost += scenario.sites[s].openingCost ?? 0;
  return totals;
}

function addLine(
  model: RecomputedScenario,
  line: PlanNumbers['allocation'][number],
  totals: Totals,
  seen: Uint8Array,
  finding: Finding,
): void {
  const { find } = model;
  const [w, k, t] = [find.workflow(line.workflow), find.team(line.team), find.period(line.period)];
  const isKnown = w !== undefined && k !== undefined && t !== undefined;
  const facts = isKnown ? model.placement(w, k, t) : undefined;
  if (!isKnown || facts === undefined) {
    refuse(finding, `${nameOf(line)} is not a placement the scenario permits`);
    return;
  }
  const key = (w * model.scenario.teams.length + k) * model.T + t;
  if (seen[key] === 1) refuse(finding, `${nameOf(line)} stands in the plan twice`);
  seen[key] = 1;
  if (!(line.hours > 0)) refuse(finding, `the hours of ${nameOf(line)} are not above 0`);
  if (find.site(line.site) !== model.siteOfTeam[k])
    refuse(finding, `${nameOf(line)} names another site than its team's`);
  const aht = model.ahtSeconds[w][t];
  const contacts = aht === undefined ? null : (line.hours * 3600) / aht;
  if ((contacts === null) !== (line.contacts === null))
    refuse(finding, `the contacts of ${nameOf(line)} are not known`);
  if (contacts !== null && line.contacts !== null) {
    note(finding, () => `the contacts of ${nameOf(line)}`, Math.abs(line.contacts - contacts), contacts);
  }
  const [teamHours, cost] = [line.hours * facts.teamHours, line.hours * facts.cost];
  note(finding, () => `the team hours of ${nameOf(line)}`, Math.abs(line.teamHours - teamHours), teamHours);
  note(finding, () => `the cost of ${nameOf(line)}`, Math.abs(line.cost - cost), cost);

  totals.placed[w][t] += line.hours;
  if (model.isInHouse[k]) totals.inHouse[w][t] += line.hours;
  totals.teamHours[k][t] += teamHours;
  if (facts.secondSkill !== undefined) totals.skillHours[k][facts.secondSkill][t] += teamHours;
  totals.handling[t] += cost;
  totals.openSites.add(model.siteOfTeam[k]);
  const { maxSites, minimumTeamHours } = model.scenario.workflows[w];
  if (maxSites !== undefined || minimumTeamHours !== undefined) {
    const at = siteKey(model, w, model.siteOfTeam[k], t);
    totals.atSite.set(at, (totals.atSite.get(at) ?? 0) + line.hours);
  }
  const vendor = model.vendorOfTeam[k];
  if (vendor === undefined) return;
  if (!totals.byVendor.has(vendor)) totals.byVendor.set(vendor, new Float64Array(model.T));
  totals.byVendor.get(vendor)![t] += line.hours;
  if (!totals.billedByVendor.has(vendor)) totals.billedByVendor.set(vendor, new Float64Array(model.T));
  totals.billedByVendor.get(vendor)![t] += line.hours * facts.billed;
  if (!totals.qualityByVendor.has(vendor)) totals.qualityByVendor.set(vendor, new Float64Array(model.T));
  totals.qualityByVendor.get(vendor)![t] += line.hours * facts.qualityPoints;
}

function nameOf(line: {
  readonly workflow: string;
  readonly team?: string;
  readonly period: string;
}): string {
  return [line.workflow, line.team, line.period].filter((part) => part !== undefined).join(' / ');
}

function readHours(
  model: RecomputedScenario,
  lines: PlanNumbers['shortfall'],
  kind: 'shortfall' | 'backlog',
  finding: Finding,
): Table {
  const { scenario, find, T } = model;
  const table = scenario.workflows.map(() => new Float64Array(T));
  for (const line of lines) {
    const [w, t] = [find.workflow(line.workflow), find.period(line.period)];
    if (w === undefined || t === undefined || model.demand[w][t] === undefined) {
      refuse(finding, `the ${kind} of ${nameOf(line)} belongs to no demand`);
      continue;
    }
    if (!(line.hours > 0)) refuse(finding, `the ${kind} of ${nameOf(line)} is not above 0`);
    if (table[w][t] !== 0) refuse(finding, `the ${kind} of ${nameOf(line)} stands in the plan twice`);
    const { shortfallCostPerHour, backlog } = scenario.workflows[w];
    if (kind === 'shortfall' && shortfallCostPerHour === undefined) {
      refuse(finding, `${nameOf(line)} may not fall short`);
    }
    if (kind === 'backlog' && (backlog === undefined || t === T - 1)) {
      refuse(finding, `${nameOf(line)} may not wait`);
    }
    table[w][t] += line.hours;
  }
  return table;
}

function checkMoney(model: RecomputedScenario, plan: PlanNumbers, totals: Totals, finding: Finding): void {
  const { scenario, payroll, T } = model;
  const { byTerm } = totals.people.money;
  const contracts = totals.billed.reduce((sum, each) => sum + each, 0);
  const expected = {
    handling: 0,
    opening: totals.openingCost,
    backlog: 0,
    shortfall: 0,
    contracts,
    ...byTerm,
  };
  for (let t = 0; t < T; t += 1) {
    expected.handling += totals.handling[t];
    expected.payroll += payroll[t];
    scenario.workflows.forEach(({ shortfallCostPerHour, backlog }, w) => {
      expected.shortfall += (shortfallCostPerHour ?? 0) * totals.shortfall[w][t];
      expected.backlog += (backlog?.costPerHourPeriod ?? 0) * totals.backlog[w][t];
    });
  }
  for (const [term, cost] of Object.entries(expected)) {
    note(finding, () => `the ${term} cost`, Math.abs(plan.costs[term as keyof typeof expected] - cost), cost);
  }
  const total = Object.values(expected).reduce((sum, cost) => sum + cost, 0);
  note(finding, () => 'the total cost', Math.abs(plan.totalCost - total), total);
}

function checkSites(model: RecomputedScenario, plan: PlanNumbers, totals: Totals, finding: Finding): void {
  const listed = new Set<number>();
  for (const { site, open, openingCost } of plan.sites) {
    const s = model.find.site(site);
    if (s === undefined || listed.has(s)) {
      refuse(finding, `the site ${site} is unknown or listed twice`);
      continue;
    }
    listed.add(s);
    if (open !== totals.openSites.has(s))
      refuse(finding, `the site ${site} is not ${open ? 'used' : 'unused'}`);
    const expected = open ? (model.scenario.sites[s].openingCost ?? 0) : 0;
    note(finding, () => `the opening cost of ${site}`, Math.abs(openingCost - expected), expected);
  }
  if (listed.size !== model.scenario.sites.length) refuse(finding, 'not every site is listed');
  const sitesOf = model.scenario.workflows.map(() => new Set<number>());
  for (const key of totals.atSite.keys()) {
    const { w, s } = atKey(model, key);
    sitesOf[w].add(s);
  }
  model.scenario.workflows.forEach(({ id, maxSites = Infinity }, w) => {
    const { size } = sitesOf[w];
    if (size > maxSites) refuse(finding, `${id} is at ${size} sites and may be at ${maxSites}`);
  });
}
