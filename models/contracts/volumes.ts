import { placementsByVendorAndPeriod } from '../placement-groups.ts';
import type { PlanningData } from '../planning-data.ts';
import type { Contract } from './contract-schema.ts';

/** What a vendor bills of one workload hour of a placement: team hours, or contacts. */
export function volumePerDemandHour(
  { placements, workflows }: PlanningData,
  unit: Contract['volume'],
  j: number,
): number {
  if (unit === 'hours') return placements.teamHoursPerDemandHour[j];
  return 3600 / workflows[placements.workflow[j]].demand[placements.period[j]]!.ahtSeconds!;
}

/** What each vendor with a contract bills in each period, at `v · T + t`; `hours` are those placed, by placement. */
export function volumesOf(data: PlanningData, hours: Float64Array): Float64Array {
  return billedSums(data, hours, () => 1);
}

/** The same weighed by quality; undefined where no contract pays for it. */
export function qualityPointsOf(data: PlanningData, hours: Float64Array): Float64Array | undefined {
  const { quality } = data.placements;
  return quality && billedSums(data, hours, (j) => quality[j]);
}

function billedSums(
  data: PlanningData,
  hours: Float64Array,
  weightOf: (placement: number) => number,
): Float64Array {
  const T = data.periods.length;
  const volumes = new Float64Array(data.vendors.length * T);
  const { start, member } = placementsByVendorAndPeriod(data);
  for (const { vendor, contract } of data.contracts)
    for (let group = vendor * T; group < (vendor + 1) * T; group += 1)
      for (let i = start[group]; i < start[group + 1]; i += 1)
        volumes[group] +=
          hours[member[i]] * volumePerDemandHour(data, contract.volume, member[i]) * weightOf(member[i]);
  return volumes;
}

/** The most that a vendor could ever bill in a period: all that could be there, at the team where it takes most. */
export function mostVolume(data: PlanningData, vendor: number, unit: Contract['volume'], t: number): number {
  const { workflow } = data.placements;
  const { start, member } = placementsByVendorAndPeriod(data);
  const dearest = new Map<number, number>();
  const group = vendor * data.periods.length + t;
  for (let i = start[group]; i < start[group + 1]; i += 1) {
    const [w, perHour] = [workflow[member[i]], volumePerDemandHour(data, unit, member[i])];
    dearest.set(w, Math.max(dearest.get(w) ?? 0, perHour));
  }
  let most = 0;
  for (const [w, perHour] of dearest) most += data.workflows[w].mostHours[t] * perHour;
  return most;
}

/** The most that a vendor's teams could do in a period if they did what bills most; infinite where one has no limit. */
export function mostOfTeams(data: PlanningData, vendor: number, unit: Contract['volume'], t: number): number {
  const { team, teamHoursPerDemandHour } = data.placements;
  const { start, member } = placementsByVendorAndPeriod(data);
  const perTeamHour = new Map<number, number>();
  const group = vendor * data.periods.length + t;
  for (let i = start[group]; i < start[group + 1]; i += 1) {
    const j = member[i];
    const volume = volumePerDemandHour(data, unit, j) / teamHoursPerDemandHour[j];
    perTeamHour.set(team[j], Math.max(perTeamHour.get(team[j]) ?? 0, volume));
  }
  let most = 0;
  for (const [k, volume] of perTeamHour) most += data.teams[k].capacity[t]!.hours * volume;
  return most;
}
