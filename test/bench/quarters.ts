import { readFileSync } from 'node:fs';
import type { Scenario } from '../../models/scenario/schema.ts';

/**
 * The realistic quarter of `data/` with yes/no choices of one family at a time, and with people, classes and two contracts together: what a quarter of
 * real size makes of each.
 */
export const QUARTERS = {
  'site-opening': (quarter) => ({
    ...quarter,
    sites: quarter.sites.map((site) => ({ ...site, openingCost: 25_000 })),
  }),
  'max-sites': (quarter) => ({
    ...quarter,
    workflows: quarter.workflows.map((workflow) => ({ ...workflow, maxSites: 2 })),
  }),
  'minimum-team-hours': (quarter) => ({
    ...quarter,
    workflows: quarter.workflows.map((workflow) => ({ ...workflow, minimumTeamHours: 8 })),
  }),
  'class-size': (quarter) => withClasses(growing(quarter)),
  'contract-bracket': (quarter) => withContracts(growing(quarter)),
  'people and contracts': (quarter) => withContracts(withClasses(growing(quarter))),
} as const satisfies Record<string, (quarter: Scenario) => Scenario>;

export type QuarterName = keyof typeof QUARTERS;

export function quarterWith(name: QuarterName): Scenario {
  const quarter = JSON.parse(readFileSync('data/realistic-quarter/scenario.json', 'utf8')) as Scenario;
  return QUARTERS[name](quarter);
}

/** Of the first week's work, so much more comes every week: there is something to hire for, and no budget that was made for less. */
const GROWTH = 0.015;

function growing(quarter: Scenario): Scenario {
  const { budget: _, ...rules } = quarter.rules!;
  return {
    ...quarter,
    rules,
    workflows: quarter.workflows.map((workflow) => ({
      shortfallCostPerHour: 150,
      ...workflow,
      demand: workflow.demand.map(({ period, contacts, ahtSeconds }, t) => ({
        period,
        contacts: Math.round(contacts! * (1 + GROWTH * t)),
        ahtSeconds: ahtSeconds!,
      })),
    })),
  };
}

/** Every team in-house has people: nine tenths of its FTE, of whom six in ten leave in a year; classes of six and more. */
function withClasses(quarter: Scenario): Scenario {
  const inHouse = new Set(quarter.sites.flatMap(({ id, operator }) => (operator === 'in-house' ? [id] : [])));
  return {
    ...quarter,
    periodsPerYear: 52,
    teams: quarter.teams.map((team) => {
      if (!inHouse.has(team.site)) return team;
      const { paid: _, ...rest } = team;
      return {
        ...rest,
        capacity: team.capacity.map(({ period, paidHoursPerFte, shrinkage }) => ({
          period,
          paidHoursPerFte: paidHoursPerFte!,
          shrinkage: shrinkage!,
        })),
        headcount: {
          openingHeads: Math.floor(0.9 * team.capacity[0].fte!),
          attritionPerYear: 0.6,
          hiring: {
            maxHeadsPerPeriod: 20,
            costPerHead: 1500,
            costPerClass: 3000,
            classSize: { minHeads: 6, multiple: 1 },
            leadPeriods: 1,
            training: {
              periods: 2,
              attrition: 0.08,
              costPerHead: 500,
              trainerHoursPerHead: 3,
              maxTrainees: 40,
            },
            nesting: [{ productivity: 0.5 }, { productivity: 0.75 }],
            nestingAttrition: 0.03,
          },
          release: { maxHeadsPerPeriod: 10, costPerHead: 2000, noticePeriods: 4 },
          overtime: { maxShare: 0.1, premium: 0.5 },
        },
      };
    }),
  };
}

const FALLING = 'Brightline';
const DEADBAND = 'Andina';

/**
 * Two vendors are paid by contract. One bills 17.50 an hour, 10 % less for those from 3,500 in a week on and 20 % less from 5,000 on; the other 1,900 hours
 * a week for a fee, of which a tenth more or less changes nothing.
 */
function withContracts(quarter: Scenario): Scenario {
  const vendorOf = new Map(quarter.sites.map(({ id, vendor }) => [id, vendor]));
  const steps = [
    { fromVolume: 3500, rateShare: 0.9 },
    { fromVolume: 5000, rateShare: 0.8 },
  ];
  return {
    ...quarter,
    teams: quarter.teams.map((team) => {
      const { paid, ...rest } = team;
      const vendor = vendorOf.get(team.site);
      return paid === undefined || vendor === FALLING || vendor === DEADBAND ? rest : { ...rest, paid };
    }),
    contracts: [
      {
        vendor: FALLING,
        volume: 'hours',
        charge: { by: 'unit', rate: 17.5, tiers: { apply: 'slice', steps } },
      },
      {
        vendor: DEADBAND,
        volume: 'hours',
        charge: {
          by: 'baseline',
          baselines: quarter.periods.map(({ id }) => ({ period: id, volume: 1900, fee: 38_000 })),
          deadband: 0.1,
          additionalRate: 18,
          reducedRate: 12,
          origin: 'edge',
        },
      },
    ],
  };
}
