import type { RecomputedScenario } from './recomputed-scenario.ts';

/**
 * Whether a workflow needs more in some period than the sites it may be at can do of it together.
 *
 * Needed is what arrives, less what may wait; the sites are the largest ones for this workflow, as many as it may have.
 * Then there is no plan, whatever else holds.
 */
export function fitsNowhere(model: RecomputedScenario, w: number): boolean {
  const { maxSites, backlog, shortfallCostPerHour } = model.scenario.workflows[w];
  if (maxSites === undefined || shortfallCostPerHour !== undefined) return false;
  return model.demand[w].some((demand, t) => {
    const mayWait = t < model.T - 1 ? (backlog?.maxHours ?? 0) : 0;
    const arriving = (demand ?? 0) + (t === 0 ? (backlog?.openingHours ?? 0) : 0);
    const rooms = model.scenario.sites.map((_, s) => roomAtSite(model, w, s, t)).sort((a, b) => b - a);
    const room = rooms.slice(0, maxSites).reduce((sum, each) => sum + each, 0);
    return arriving - mayWait > room * (1 + ROUNDING);
  });
}

/** A sum of a few quotients is exact to a far smaller fraction. */
const ROUNDING = 1e-9;

function roomAtSite(model: RecomputedScenario, w: number, s: number, t: number): number {
  let room = 0;
  model.siteOfTeam.forEach((site, k) => {
    const facts = site === s ? model.placement(w, k, t) : undefined;
    if (facts !== undefined) room += (model.capacity[k][t] ?? 0) / facts.teamHours;
  });
  return room;
}
