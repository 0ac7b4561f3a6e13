import type { Scenario } from '../../../models/scenario/schema.ts';

/** A valid scenario in which every field of the contract that is planned occurs. */
export const fullScenario: Scenario = {
  name: 'Every field',
  currency: 'USD',
  periodsPerYear: 12,
  periods: [
    { id: 'P1', start: '2027-01-01', end: '2027-01-31' },
    { id: 'P2', start: '2027-02-01', end: '2027-02-28' },
  ],
  sites: [
    { id: 'austin', name: 'Austin', operator: 'in-house', country: 'US' },
    {
      id: 'manila',
      name: 'Manila',
      operator: 'bpo',
      vendor: 'acme',
      country: 'PH',
      timeZone: 'Asia/Manila',
      securityTier: 3,
      controls: ['clean-room'],
      openingCost: 0,
      seats: 400,
      fteSharingASeat: 1.5,
    },
    { id: 'cebu', operator: 'bpo', vendor: 'bravo' },
    { id: 'davao', operator: 'bpo', vendor: 'charlie' },
  ],
  teams: [
    {
      id: 'austin-en',
      site: 'austin',
      skills: ['en'],
      rate: { basis: 'productive-hour', amount: 30 },
      paid: 'capacity',
      capacity: [{ period: 'P1', hours: 100 }],
    },
    {
      id: 'manila-en',
      name: 'Manila EN',
      site: 'manila',
      skills: ['en', 'payments'],
      maxComplexity: 3,
      rate: { basis: 'paid-hour', amount: 10 },
      paid: 'used',
      capacity: [
        { period: 'P1', fte: 10, paidHoursPerFte: 160, shrinkage: 0.3 },
        { period: 'P2', fte: 10, paidHoursPerFte: 160, shrinkage: 0.3 },
      ],
    },
    {
      id: 'manila-new',
      site: 'manila',
      skills: ['en'],
      rate: { basis: 'fte-period', amount: 3000 },
      capacity: [
        { period: 'P1', paidHoursPerFte: 160, shrinkage: 0.3 },
        { period: 'P2', paidHoursPerFte: 160, shrinkage: 0.3 },
      ],
      headcount: {
        openingHeads: 1,
        joining: [{ period: 'P2', heads: 1 }],
        attritionPerYear: 0.3,
        hiring: {
          maxHeadsPerPeriod: 2,
          costPerHead: 500,
          costPerClass: 100,
          classSize: { minHeads: 1, multiple: 1 },
          leadPeriods: 0,
          training: {
            periods: 1,
            attrition: 0.1,
            costPerHead: 300,
            trainerHoursPerHead: 5,
            maxTrainees: 2,
            payShare: 0.8,
          },
          nesting: [{ productivity: 0.5 }, { ahtFactors: [1.5, 1.2] }],
          nestingAttrition: 0.05,
        },
        release: { maxHeadsPerPeriod: 1, costPerHead: 400, noticePeriods: 1 },
        overtime: { maxShare: 0.1, premium: 0.5 },
        crossTraining: [
          {
            skill: 'payments',
            openingHeads: 1,
            maxHeadsPerPeriod: 1,
            costPerHead: 200,
            periods: 0,
            trainerHoursPerHead: 10,
            productivity: 0.8,
          },
        ],
      },
    },
    {
      id: 'manila-old',
      site: 'manila',
      skills: ['en'],
      rate: { basis: 'paid-hour', amount: 20 },
      capacity: [
        { period: 'P1', paidHoursPerFte: 160, shrinkage: 0.3 },
        { period: 'P2', paidHoursPerFte: 160, shrinkage: 0.3 },
      ],
      headcount: { openingHeads: 1, attritionPerPeriod: 0.02 },
    },
    ...(['cebu', 'davao'] as const).map((site) => ({
      id: `${site}-en`,
      site,
      rate: { basis: 'productive-hour' as const, amount: 12 },
      capacity: [{ period: 'P1', hours: 10 }],
    })),
  ],
  workflows: [
    {
      id: 'orders',
      name: 'Orders',
      channel: 'chat',
      skills: ['en'],
      securityTier: 1,
      controls: ['clean-room'],
      complexity: 2,
      allowedCountries: ['US', 'PH'],
      deniedCountries: ['FR'],
      demand: [
        { period: 'P1', hours: 200 },
        { period: 'P2', contacts: 2000, ahtSeconds: 300 },
      ],
      occupancy: 0.85,
      shortfallCostPerHour: 300,
      backlog: { maxHours: 50, costPerHourPeriod: 1.5, openingHours: 10 },
      maxSites: 2,
      minimumTeamHours: 0,
    },
  ],
  placements: [
    {
      workflow: 'orders',
      team: 'manila-en',
      period: 'P1',
      handlingFactor: 1.2,
      costPerDemandHour: 16.4,
      quality: 0.9,
      allowed: true,
    },
  ],
  contracts: [
    {
      vendor: 'bravo',
      volume: 'hours',
      currency: 'PHP',
      exchangeRates: [
        { period: 'P1', rate: 0.02 },
        { period: 'P2', rate: 0.02 },
      ],
      escalation: { perYear: 0.04, capPerYear: 0.03, from: ['P2'] },
      charge: {
        by: 'unit',
        rate: 600,
        rates: [{ period: 'P2', rate: 610 }],
        tiers: { apply: 'slice', steps: [{ fromVolume: 100, rateShare: 1.1 }] },
        minimum: { share: 0.5, committed: [{ period: 'P1', volume: 10 }] },
      },
      managementFee: 100,
      bonuses: [
        { fromVolume: 0, amount: -10 },
        { fromVolume: 150, amount: 50 },
      ],
      quality: { target: 0.9, rate: 40 },
      exitFee: { amount: 1000, belowVolume: 1 },
      rampDown: { currentVolume: 0, noticePeriods: 1, maxFallPerPeriod: 0.5 },
      forecastLock: { periods: 1, maxDeviation: 1, forecast: [{ period: 'P1', volume: 200 }] },
    },
    {
      vendor: 'charlie',
      volume: 'hours',
      charge: {
        by: 'baseline',
        baselines: [
          { period: 'P1', volume: 10, fee: 120 },
          { period: 'P2', volume: 10, fee: 120 },
        ],
        deadband: 0,
        additionalRate: 13,
        reducedRate: 6,
        origin: 'edge',
        floorVolume: 2,
      },
    },
  ],
  rules: {
    vendorShare: [{ vendor: 'acme', maxShare: 1 }],
    inHouseShare: [{ workflow: 'orders', minShare: 0 }],
    budget: [{ period: 'P1', amount: 900_000 }],
  },
};

/** A valid body of `POST /v1/solve` with all of it. */
export const fullBody = {
  scenario: fullScenario,
  options: { engine: 'highs', timeLimitSeconds: 20, mipGap: 0.000001, sensitivity: 'classic' },
};
