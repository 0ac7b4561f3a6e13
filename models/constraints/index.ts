import type { ConstraintFamily } from '../constraint-family.ts';
import type { Relaxation } from '../relaxation.ts';
import { backlogLimit } from './backlog-limit.ts';
import { budget } from './budget.ts';
import { classSize } from './class-size.ts';
import { contractBracket } from './contract-bracket.ts';
import { contractQuality } from './contract-quality.ts';
import { contractVolume } from './contract-volume.ts';
import { crossTrainedHeads } from './cross-trained-heads.ts';
import { crossTrainedRelease } from './cross-trained-release.ts';
import { crossTrained } from './cross-trained.ts';
import { crossTrainingLimit } from './cross-training-limit.ts';
import { demand } from './demand.ts';
import { forecastCap } from './forecast-cap.ts';
import { forecastFloor } from './forecast-floor.ts';
import { headcount } from './headcount.ts';
import { hiringLimit } from './hiring-limit.ts';
import { inHouseShare } from './in-house-share.ts';
import { maxSites } from './max-sites.ts';
import { minimumTeamHours } from './minimum-team-hours.ts';
import { overtimeLimit } from './overtime-limit.ts';
import { rampDown } from './ramp-down.ts';
import { releaseLimit } from './release-limit.ts';
import { secondSkill } from './second-skill.ts';
import { siteOpening } from './site-opening.ts';
import { siteSeats } from './site-seats.ts';
import { teamCapacity } from './team-capacity.ts';
import { trainerCapacity } from './trainer-capacity.ts';
import { vendorShare } from './vendor-share.ts';

/**
 * The table of contents of the formulation: every planning rule, in the order of its rows.
 *
 * The scenario schema, the API documentation and the table of families in `models/README.md` are made from this list.
 */
export const families = [
  demand,
  teamCapacity,
  headcount,
  hiringLimit,
  trainerCapacity,
  releaseLimit,
  overtimeLimit,
  crossTrained,
  crossTrainedHeads,
  crossTrainedRelease,
  crossTrainingLimit,
  secondSkill,
  contractVolume,
  contractQuality,
  rampDown,
  forecastFloor,
  forecastCap,
  siteSeats,
  vendorShare,
  inHouseShare,
  budget,
  backlogLimit,
  contractBracket,
  siteOpening,
  maxSites,
  minimumTeamHours,
  classSize,
] as const;

const familyByName = new Map<string, ConstraintFamily>(families.map((family) => [family.name, family]));

/** The family of a row; every row was made by a registered family. */
export function familyNamed(name: string): ConstraintFamily {
  const family = familyByName.get(name);
  if (family === undefined) throw new Error(`No constraint family is called ${name}.`);
  return family;
}

/** How the limits of a family give way; for limits that were found to do so. */
export function relaxationOf(name: string): Relaxation {
  const { relaxation } = familyNamed(name);
  if (relaxation === undefined) throw new Error(`The limits of ${name} never give way.`);
  return relaxation;
}
