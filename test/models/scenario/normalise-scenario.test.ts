import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildAllocationModel } from '../../../models/allocation-model.ts';
import type { PlanningData } from '../../../models/planning-data.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from '../small-scenario.ts';
import { faultsOf, planningData, solveOptimal } from '../solved-plan.ts';

describe('hours', () => {
  it('of demand are contacts times AHT over 3600', () => {
    const data = planningData(
      smallScenario({
        workflows: [{ id: 'appeals', demand: [{ period: 'P1', contacts: 41_000, ahtSeconds: 460 }] }],
      }),
    );
    expect(data.workflows[0].demand[0]).toEqual({ hours: (41_000 * 460) / 3600, ahtSeconds: 460 });
  });

  it('of capacity are FTE times paid hours less shrinkage', () => {
    const capacity = [{ period: 'P1', fte: 90, paidHoursPerFte: 160, shrinkage: 0.25 }];
    const data = planningData(smallScenario({ teams: [{ ...team('manila', 'luzon', 10, 0), capacity }] }));
    expect(data.teams[0].capacity[0]).toEqual({
      hours: 10_800,
      fte: { productiveHours: 120, shrinkage: 0.25 },
      payroll: 0,
    });
  });

  it('of null are unlimited and have no row', () => {
    const data = planningData(smallScenario({ teams: [team('manila', 'luzon', 10, null)] }));
    expect(data.teams[0].capacity[0]!.hours).toBe(Infinity);
    expect(rowsOf(data)).toEqual(['demand appeals P1']);
  });
});

describe('a period', () => {
  const twoPeriods = (parts: Partial<Scenario>) =>
    planningData(smallScenario({ periods: [{ id: 'P1' }, { id: 'P2' }], ...parts }));

  it('without a capacity entry has no column and no capacity row', () => {
    const data = twoPeriods({
      teams: [team('manila', 'luzon', 10, 100, ['P2'])],
      workflows: [workflow('appeals', 0, 50)],
    });
    expect(columnsOf(data)).toEqual(['appeals manila P2']);
    expect(rowsOf(data)).toEqual(['demand appeals P1', 'demand appeals P2', 'team-capacity manila P2']);
  });

  it('without a demand entry has no column and no demand row', () => {
    const data = twoPeriods({ teams: [team('manila', 'luzon', 10, 100, ['P1', 'P2'])] });
    expect(columnsOf(data)).toEqual(['appeals manila P1']);
    expect(rowsOf(data)).toEqual(['demand appeals P1', 'team-capacity manila P1', 'team-capacity manila P2']);
  });

  it('with a demand of 0 hours keeps its row', () => {
    expect(rowsOf(planningData(smallScenario({ workflows: [workflow('appeals', 0)] })))).toContain(
      'demand appeals P1',
    );
  });

  it('without a demand entry has a row where work may wait for it', () => {
    const data = twoPeriods({ workflows: [{ ...workflow('appeals', 50), backlog: { maxHours: 10 } }] });
    expect(rowsOf(data).filter((row) => row.startsWith('demand'))).toEqual([
      'demand appeals P1',
      'demand appeals P2',
    ]);
  });
});

it('turns seats and FTE sharing a seat into FTE, one to a seat by default', () => {
  const data = planningData(
    smallScenario({
      sites: [
        { ...inHouseSite('a'), seats: 400, fteSharingASeat: 1.5 },
        { ...inHouseSite('b'), seats: 400 },
        { ...inHouseSite('luzon'), fteSharingASeat: 1.5 }, // seats not limited
      ],
    }),
  );
  expect(data.sites.map(({ seatedFte }) => seatedFte)).toEqual([600, 400, undefined]);
});

it('fills in what is not said', () => {
  const data = planningData(
    smallScenario({ workflows: [{ ...workflow('appeals', 50), backlog: { maxHours: 10 } }] }),
  );
  expect(data.sites).toEqual([{ id: 'luzon', name: 'luzon', openingCost: 0 }]);
  expect(data.teams[0]).toMatchObject({ name: 'manila', paidForCapacity: false });
  expect(data.workflows[0]).toMatchObject({
    name: 'appeals',
    occupancy: 1,
    backlog: { maxHours: 10, costPerHourPeriod: 0, openingHours: 0 },
  });
  expect([...data.placements.teamHoursPerDemandHour]).toEqual([1]);
  expect(data.rules).toEqual({});
});

describe('ids', () => {
  // The same text: composed é, and e with a combining accent.
  const [composed, decomposed] = ['caf\u00e9', 'cafe\u0301'];

  it('that are equal after NFC resolve, and are echoed as sent', () => {
    const scenario = smallScenario({
      periods: [{ id: composed }],
      sites: [vendorSite(decomposed, composed)],
      teams: [team(composed, composed, 10, 100, [decomposed])],
      workflows: [{ id: decomposed, demand: [{ period: decomposed, hours: 50 }] }],
      placements: [{ workflow: composed, team: decomposed, period: decomposed, handlingFactor: 2 }],
      rules: {
        vendorShare: [{ vendor: decomposed, maxShare: 1 }],
        budget: [{ period: decomposed, amount: 5000 }],
      },
    });
    const { plan, limit } = solveOptimal(scenario);
    expect(plan.allocation).toMatchObject([
      { workflow: decomposed, team: composed, site: decomposed, period: composed, teamHours: 100 },
    ]);
    expect(limit('vendor-share', { vendor: composed, period: composed }).used).toBe(50);
    expect(limit('budget', { period: composed }).used).toBe(1000);
  });

  it('of a vendor are spelled as the first of its sites spells it', () => {
    const sites = [vendorSite('b', decomposed), vendorSite('a', composed), inHouseSite('luzon')];
    expect(planningData(smallScenario({ sites })).vendors).toEqual([composed]);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '0', ' ', '/~1', '😀'.repeat(100)])(
    'such as %s are ids like any other',
    (id) => {
      const { plan, limit } = solveOptimal({
        ...smallScenario(),
        periods: [{ id }],
        sites: [{ ...vendorSite(id, id), country: id, controls: [id] }],
        teams: [{ ...team(id, id, 10, 100, [id]), skills: [id] }],
        workflows: [
          { id, skills: [id], controls: [id], allowedCountries: [id], demand: [{ period: id, hours: 50 }] },
        ],
        placements: [{ workflow: id, team: id, period: id, handlingFactor: 2 }],
        rules: {
          vendorShare: [{ vendor: id, maxShare: 1 }],
          inHouseShare: [{ workflow: id, minShare: 0 }],
          budget: [{ period: id, amount: 5000 }],
        },
      });
      expect(plan.totalCost).toBe(1000);
      expect(plan.allocation).toMatchObject([
        { workflow: id, team: id, site: id, period: id, teamHours: 100 },
      ]);
      expect(limit('team-capacity', { team: id, period: id }).label).toBe(`Capacity of ${id} in ${id}`);
      expect(limit('vendor-share', { vendor: id, period: id }).used).toBe(50);
    },
  );
});

it('reads -0 as 0 everywhere', () => {
  const scenario = smallScenario({
    sites: [{ ...inHouseSite('luzon'), openingCost: -0 }, vendorSite('cebu', 'acme')],
    teams: [
      {
        ...team('manila', 'luzon', -0, -0),
        paid: 'capacity',
        capacity: [{ period: 'P1', fte: -0, paidHoursPerFte: 160, shrinkage: -0 }],
      },
      team('night', 'luzon', -0, -0),
    ],
    workflows: [
      {
        ...workflow('appeals', -0),
        minimumTeamHours: -0,
        shortfallCostPerHour: -0,
        backlog: { maxHours: -0, costPerHourPeriod: -0, openingHours: -0 },
      },
      { id: 'chat', demand: [{ period: 'P1', contacts: -0, ahtSeconds: 60 }] },
    ],
    placements: [{ workflow: 'appeals', team: 'manila', costPerDemandHour: -0 }],
    rules: {
      vendorShare: [{ vendor: 'acme', maxShare: -0 }],
      inHouseShare: [{ minShare: -0 }],
      budget: [{ amount: -0 }],
    },
  });
  const seated = smallScenario({ sites: [{ ...inHouseSite('luzon'), seats: -0 }], teams: [] });
  expect(negativeZerosIn(planningData(scenario))).toEqual([]);
  expect(negativeZerosIn(planningData(seated))).toEqual([]);
});

describe('missing-fte', () => {
  const byPaidHour = (parts: Partial<Scenario>) =>
    smallScenario({
      periods: [{ id: 'P1' }, { id: 'P2' }],
      teams: [{ ...team('manila', 'luzon', 0, 100, ['P2', 'P1']), rate: { basis: 'paid-hour', amount: 10 } }],
      ...parts,
    });

  it('is reported at the entry of every period with work for the team, and there only', () => {
    const faults = faultsOf(byPaidHour({ workflows: [workflow('appeals', 50)] }));
    expect(faults).toEqual([
      {
        pointer: '/teams/0/capacity/1',
        code: 'missing-fte',
        message:
          'A rate by paid-hour needs the capacity as fte, paidHoursPerFte and shrinkage in every period with work for the team.',
      },
    ]);
  });

  it('is not reported for a demand of 0, nor for work the team may not take', () => {
    const workflows = [workflow('appeals', 0, 0), { ...workflow('law', 50, 50), skills: ['law'] }];
    expect(faultsOf(byPaidHour({ workflows }))).toEqual([]);
  });

  it('is reported for work that waits from an earlier period', () => {
    const workflows = [{ ...workflow('appeals', 0), backlog: { maxHours: 10, openingHours: 5 } }];
    const pointers = faultsOf(byPaidHour({ workflows })).map(({ pointer }) => pointer);
    expect(pointers).toEqual(['/teams/0/capacity/1', '/teams/0/capacity/0']);
  });
});

describe('missing-aht', () => {
  const byContact = (...workflows: Scenario['workflows']) =>
    smallScenario({
      periods: [{ id: 'P1' }, { id: 'P2' }, { id: 'P3' }],
      teams: [
        {
          ...team('manila', 'luzon', 0, 100, ['P1', 'P2', 'P3']),
          rate: { basis: 'contact', amount: 3 },
        },
      ],
      workflows,
    });
  const codesOf = (scenario: Scenario) => faultsOf(scenario).map(({ pointer, code }) => `${pointer} ${code}`);

  it('is reported where the demand of a period has none', () => {
    expect(codesOf(byContact(workflow('appeals', 50, 0)))).toEqual(['/workflows/0/demand/0 missing-aht']);
  });

  it('is reported where work is carried into a period whose demand has none', () => {
    const [P1, P2] = [
      { period: 'P1', contacts: 100, ahtSeconds: 360 },
      { period: 'P2', hours: 0 },
    ];
    const backlog = { maxHours: 5 };
    expect(codesOf(byContact({ id: 'appeals', demand: [P1, P2] }))).toEqual([]);
    expect(codesOf(byContact({ id: 'appeals', demand: [P1, P2], backlog }))).toEqual([
      '/workflows/0/demand/1 missing-aht',
      '/workflows/0/demand missing-aht', // P3 has no entry of its own
    ]);
    expect(codesOf(byContact({ id: 'appeals', demand: [P1, P2], backlog: { maxHours: 0 } }))).toEqual([]);
    expect(codesOf(byContact({ id: 'appeals', demand: [P2], backlog }))).toEqual([]); // nothing to carry
  });
});

describe('numbers out of range are refused with what they give', () => {
  it.each([
    [
      'hours of demand',
      { workflows: [{ id: 'appeals', demand: [{ period: 'P1', contacts: 1e-6, ahtSeconds: 1e-6 }] }] },
      '/workflows/0/demand/0',
      /^These numbers give 2\.78e-16 hours\./,
    ],
    [
      'hours of capacity',
      {
        teams: [
          {
            ...team('manila', 'luzon', 10, 0),
            capacity: [{ period: 'P1', fte: 1e9, paidHoursPerFte: 1e9, shrinkage: 0 }],
          },
        ],
      },
      '/teams/0/capacity/0',
      /^These numbers give 1\.00e\+18 hours\./,
    ],
    [
      'cost per workload hour',
      {
        teams: [{ ...team('manila', 'luzon', 0, 100), rate: { basis: 'contact', amount: 1e-6 } }],
        workflows: [{ id: 'appeals', demand: [{ period: 'P1', contacts: 1, ahtSeconds: 1e9 }] }],
      },
      '/teams/0/rate/amount',
      /^This rate gives a cost of 3\.60e-12 per workload hour\./,
    ],
    [
      'money owed for a whole capacity',
      {
        teams: [
          {
            ...team('manila', 'luzon', 0, 0),
            paid: 'capacity',
            rate: { basis: 'paid-hour', amount: 1e9 },
            capacity: [{ period: 'P1', fte: 9e5, paidHoursPerFte: 1e9, shrinkage: 1 - 1e-6 }],
          },
        ],
      },
      '/teams/0/capacity/0',
      /^This capacity costs 9\.00e\+23\./,
    ],
  ])('%s', (_, parts, pointer, message) => {
    const faults = faultsOf({ ...smallScenario(), ...parts });
    expect(faults).toEqual([
      { pointer, code: 'out-of-range', message: expect.stringMatching(message) as string },
    ]);
  });
});

it('refuses more than a million pairs of workflow and team', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `id-${index}`);
  const faults = faultsOf(
    smallScenario({
      teams: many(1001).map((id) => team(id, 'luzon', 10, 100, [])),
      workflows: many(1000).map((id) => workflow(id)),
    }),
  );
  expect(faults).toEqual([
    {
      pointer: '/workflows',
      code: 'too-large',
      message: '1000 workflows times 1001 teams are more than 1000000 pairs. Split the scenario.',
    },
  ]);
});

it('refuses more than two million placements', () => {
  const ids = (letter: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${letter}${index}`);
  const periods = ids('P', 100);
  const demand = periods.map((period) => ({ period, hours: 1 }));
  const faults = faultsOf(
    smallScenario({
      periods: periods.map((id) => ({ id })),
      teams: ids('team ', 201).map((id) => team(id, 'luzon', 10, 100, periods)),
      workflows: ids('workflow ', 100).map((id) => ({ id, demand })),
    }),
  );
  expect(faults).toEqual([
    {
      pointer: '/workflows',
      code: 'too-large',
      message: 'More than 2000000 placements are possible. Split the scenario.',
    },
  ]);
});

it('reports at most 100 faults', () => {
  const capacity = [{ period: 'P1', fte: 1e9, paidHoursPerFte: 1e9, shrinkage: 0 }];
  const teams = Array.from({ length: 150 }, (_, k) => ({ ...team(`team ${k}`, 'luzon', 10, 0), capacity }));
  expect(faultsOf(smallScenario({ teams }))).toHaveLength(100);
});

describe('the order of the lists', () => {
  const scenario: Scenario = {
    name: 'order',
    currency: 'USD',
    periods: [{ id: 'P2' }, { id: 'P1' }],
    sites: [
      { ...inHouseSite('luzon'), controls: ['pci', 'clean-room'] },
      vendorSite('cebu', 'zeta'),
      vendorSite('Cebu', 'acme'),
      { ...vendorSite('łódź', 'acme'), country: 'PL' },
    ],
    teams: [
      { ...team('manila', 'luzon', 30, 80, ['P1', 'P2']), skills: ['en', 'law', 'de'] },
      { ...team('cebu', 'cebu', 10, null, ['P2', 'P1']), skills: ['en'] },
      team('Cebu', 'Cebu', 12, 50, ['P2']),
      { ...team('łódź', 'łódź', 15, 40, ['P1']), paid: 'capacity' },
    ],
    workflows: [
      { ...workflow('appeals', 40, 60), skills: ['law', 'en'], shortfallCostPerHour: 300 },
      { ...workflow('billing', 30, 20), deniedCountries: ['PL', 'DE'], backlog: { maxHours: 10 } },
      workflow('chat', 5),
    ],
    placements: [
      { workflow: 'appeals', team: 'manila', handlingFactor: 1.2 },
      { workflow: 'appeals', team: 'manila', period: 'P1', costPerDemandHour: 33 },
      { workflow: 'chat', team: 'Cebu', allowed: false },
    ],
    rules: {
      vendorShare: [
        { vendor: 'zeta', maxShare: 0.5 },
        { vendor: 'acme', maxShare: 0.4 },
      ],
      inHouseShare: [
        { minShare: 0.1 },
        { workflow: 'billing', minShare: 0.2 },
        { workflow: 'appeals', minShare: 0.3 },
      ],
      budget: [{ period: 'P1', amount: 1e6 }, { amount: 2e6 }, { period: 'P2', amount: 1e6 }],
    },
  };
  const expected = comparable(planningData(scenario));

  it('never changes the planning data', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (stream) => {
        const shuffled = { ...(shuffle(scenario, stream) as Scenario), periods: scenario.periods };
        expect(comparable(planningData(shuffled))).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });

  it('is time for periods', () => {
    expect(planningData(scenario).periods.map(({ id }) => id)).toEqual(['P2', 'P1']);
  });

  /** The same value with every list in it in another order. */
  function shuffle(value: unknown, random: fc.Stream<number>): unknown {
    if (Array.isArray(value)) {
      return value
        .map((item) => ({ item: shuffle(item, random), at: random.next().value as number }))
        .sort((a, b) => a.at - b.at)
        .map(({ item }) => item);
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shuffle(part, random)]));
  }
});

function comparable({ positions: _, ineligible, ...data }: PlanningData) {
  return { ...data, ineligible: data.workflows.flatMap((_, w) => ineligible(w)) };
}

function columnsOf(data: PlanningData): string[] {
  return buildAllocationModel(data).columns.flatMap((key) =>
    key.kind === 'placement'
      ? [`${data.workflows[key.workflow].id} ${data.teams[key.team].id} ${data.periods[key.period].id}`]
      : [],
  );
}

function rowsOf(data: PlanningData): string[] {
  return buildAllocationModel(data).rows.map(({ family, subject }) =>
    [family, ...Object.values(subject as Record<string, string>)].join(' '),
  );
}

/** Where a value holds -0, as dotted paths. */
function negativeZerosIn(value: unknown, path = ''): string[] {
  if (Object.is(value, -0)) return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => negativeZerosIn(part, `${path}.${key}`));
}
