import { describe, expect, it } from 'vitest';
import { planText } from '../../../src/exports/plan-text.ts';
import { crossTrainedScenario, peopleScenario } from '../../models/people-team.ts';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from '../../models/small-scenario.ts';
import { solve } from '../../models/solved-plan.ts';
import { randomScenario } from '../../scenarios/random-scenario.ts';

/** The rows of one table, by its title: cells of each line. */
function table(text: string, title: string): string[][] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith(title));
  if (start < 0) return [];
  const end = lines.indexOf('', start);
  return lines.slice(start + 2, end).map((line) => line.trim().split(/\s{2,}/));
}

const cents = (text: string) => Math.round(Number(text.replaceAll(',', '')) * 100);

describe('the printed plan', () => {
  it('shows what contracts bill', () => {
    const scenario = smallScenario({
      sites: [vendorSite('cebu', 'acme')],
      teams: [team('acme', 'cebu', 99, 100)],
      contracts: [
        {
          vendor: 'acme',
          volume: 'hours',
          currency: 'PHP',
          exchangeRates: [{ period: 'P1', rate: 0.02 }],
          charge: { by: 'unit', rate: 500 },
        },
      ],
    });
    const text = planText(scenario, solve(scenario));
    expect(table(text, 'Bills by contract')).toEqual([['acme', 'P1', '50 hours', '25,000.00 PHP', '500.00']]);
    expect(text).toContain(
      '\nWith PHP 1 % dearer in P1 the plan would cost 5.00 USD more at most: acme bills',
    );
    expect(table(text, 'Cost by term').map(([term]) => term)).toContain('contracts');
  });

  it('shows people by team and period, and who is hired from when', () => {
    const hiring = {
      maxHeadsPerPeriod: 10,
      training: { periods: 1, payShare: 0.5 },
      nesting: [{ productivity: 0.5 }],
    };
    const scenario = peopleScenario({ openingHeads: 2, hiring }, [200, 500, 900], {
      periods: [{ id: 'P1', start: '2027-01-01' }, { id: 'P2' }, { id: 'P3' }],
    });
    const plan = solve(scenario);
    const text = planText(scenario, plan);
    // A hire costs 500 + 1000 + 1000 and saves 50 and 100 hours of the vendor's at 30; 7 heads' hours are missing at the end.
    expect(table(text, 'People in heads')).toEqual([
      ['manila', 'P1', '2', '1.6', '7', '7', '0', '0', '200', '0', '200'],
      ['manila', 'P2', '2', '1.6', '0', '0', '7', '0', '550', '0', '500'],
      ['manila', 'P3', '9', '7.2', '0', '0', '0', '0', '900', '0', '900'],
    ]);
    expect(table(text, 'Hires')).toEqual([['manila', 'P1 (2027-01-01)', '7', 'P3', '7']]);
    expect(table(text, 'Cost by term').map(([term]) => term)).toContain('overtime');
    // 200 + 500 + 900 of 200 + 550 + 900 hours.
    expect(table(text, 'Site use')[0]).toContain('97.0 %');
  });

  it('shows heads with a second skill', () => {
    const training = { openingHeads: 1, maxHeadsPerPeriod: 1, costPerHead: 50, productivity: 0.8 };
    const scenario = crossTrainedScenario(training, [0], [200]);
    const text = planText(scenario, solve(scenario));
    expect(table(text, 'Heads with a second skill')).toEqual([
      ['manila', 'P1', 'Spanish', '2', '1', '0', '200'],
    ]);
    expect(table(text, 'Cost by term')).toContainEqual(['training', '50.00']);
    expect(table(text, 'The tightest limits').map(([limit]) => limit)).toContain(
      'Cross-training in Spanish at manila in P1',
    );
  });

  it('adds up to the cent: the lines, with what rounding left over, are the total, and the total is the plan’s', () => {
    let withRounding = 0;
    let plans = 0;
    for (let seed = 0; seed < 80; seed += 1) {
      const scenario = randomScenario(seed);
      const plan = solve(scenario);
      if (plan.totalCost === undefined) continue;
      plans += 1;
      const rows = table(planText(scenario, plan), 'Cost by term');
      const [[, total]] = rows.slice(-1);
      const terms = rows.slice(0, -1);
      expect(terms.reduce((sum, [, amount]) => sum + cents(amount), 0)).toBe(cents(total));
      expect(Math.abs(cents(total) - plan.totalCost * 100)).toBeLessThanOrEqual(0.5 + plan.totalCost * 1e-10);
      for (const [term, cost] of Object.entries(plan.costs ?? {})) {
        // Terms of people are shown where there are people.
        const printed = cents(terms.find(([name]) => name === term)?.[1] ?? '0');
        expect(Math.abs(printed - cost * 100)).toBeLessThanOrEqual(0.5 + cost * 1e-10);
      }
      if (terms.some(([name]) => name === 'rounding')) withRounding += 1;
    }
    expect(plans).toBeGreaterThan(30);
    expect(withRounding).toBeGreaterThan(0);
  });

  it('shows the true prices on both sides where they are known', () => {
    const scenario = smallScenario({
      sites: [inHouseSite('luzon'), vendorSite('cebu', 'acme')],
      teams: [team('manila', 'luzon', 1, 10), team('acme', 'cebu', 2, 12)],
      workflows: [workflow('appeals', 22)],
    });
    // All 22 hours are taken: an hour more in house saves 1; one less anywhere and there is no plan.
    const rows = table(planText(scenario, solve(scenario, 'full')), 'The tightest limits');
    expect(rows).toEqual([['Capacity of manila in P1', '10 hours', '-1.00', '12', 'one less is impossible']]);
  });

  it('shows a limit of which one more is impossible, whatever one less would change', () => {
    // Half of 20 hours are in-house, where there is room for no more; elsewhere an hour costs the same.
    const scenario = smallScenario({
      sites: [inHouseSite('luzon'), vendorSite('cebu', 'acme')],
      teams: [team('manila', 'luzon', 10, 10), team('alpha', 'cebu', 10, null)],
      workflows: [workflow('appeals', 20)],
      rules: { inHouseShare: [{ minShare: 0.5 }] },
    });
    const text = planText(scenario, solve(scenario, 'full'));
    expect(text).not.toContain('No limit but demand');
    expect(table(text, 'The tightest limits')).toEqual([
      ['In-house share of all work in P1', '10 hours', 'impossible', '–', 'one less changes nothing'],
    ]);
  });

  it('names what holds a limit that is worth nothing alone, and the limit that is the same', () => {
    // 4 FTE of 10 hours and 4 seats for them; the other 20 of 60 hours are 2 dearer at acme.
    const fte = { period: 'P1', fte: 4, paidHoursPerFte: 10, shrinkage: 0 };
    const scenario = smallScenario({
      sites: [{ ...inHouseSite('luzon'), seats: 4 }, vendorSite('cebu', 'acme')],
      teams: [{ ...team('manila', 'luzon', 1, 0), capacity: [fte] }, team('acme', 'cebu', 3, null)],
      workflows: [workflow('appeals', 60)],
    });
    expect(table(planText(scenario, solve(scenario, 'full')), 'The tightest limits')).toEqual([
      [
        'Capacity of manila in P1',
        '40 hours',
        '0.00',
        'no end',
        'one less costs 2.00, held by Seats at luzon in P1',
      ],
      [
        'Seats at luzon in P1',
        '4 fte',
        '0.00',
        'no end',
        'one less costs 20.00, held by Capacity of manila in P1',
      ],
    ]);
    const [[, , , , remarks], ...others] = table(planText(scenario, solve(scenario)), 'The tightest limits');
    expect(remarks).toMatch(/^one-sided, same as (Seats at luzon|Capacity of manila) in P1$/);
    expect(others).toEqual([
      ['one-sided: the plan is degenerate there, the price may hold in one direction only'],
    ]);
  });

  it('finds the teams of a site that they spell in another Unicode form', () => {
    const scenario = smallScenario({
      sites: [inHouseSite('caf\u00e9')],
      teams: [team('manila', 'cafe\u0301', 10, 100)],
      workflows: [workflow('appeals', 50)],
    });
    const [[, , , , , used]] = table(planText(scenario, solve(scenario)), 'Site use');
    expect(used).toBe('50.0 %');
  });

  it('says what of a site’s capacity is used, also of a plan without a report of prices', () => {
    const scenario = smallScenario({
      sites: [inHouseSite('luzon'), vendorSite('cebu', 'acme')],
      teams: [
        team('manila', 'luzon', 10, 40),
        team('night', 'luzon', 12, 60),
        team('acme', 'cebu', 30, null),
      ],
      workflows: [workflow('appeals', 50)],
    });
    // 40 hours at manila and 10 at night are half of the 100 at luzon; at cebu there is no limit.
    const { sensitivity: _, ...unpriced } = solve(scenario);
    for (const plan of [solve(scenario), unpriced]) {
      const rows = table(planText(scenario, plan), 'Site use');
      expect(rows.map(([site, , , , , used]) => [site, used])).toEqual([
        ['luzon', '50.0 %'],
        ['cebu', 'no limit'],
      ]);
    }
  });

  it('says first what to beware of', () => {
    const scenario = smallScenario({
      teams: [team('manila', 'luzon', 10, 1e9)],
      workflows: [workflow('appeals', 0.001)],
    });
    expect(planText(scenario, solve(scenario)).split('\n\n')[1]).toMatch(/^Beware\. Hours: 0\.001 .*\.$/);
    expect(planText(smallScenario(), solve(smallScenario()))).not.toContain('Beware');
  });

  it('names the rounding where half cents of several terms add up, and only there', () => {
    const halfCents = smallScenario({
      teams: [team('manila', 'luzon', 0.125, 1)],
      // One hour at 0.125, and a sixteenth of an hour not served at 2: 0.125 as well.
      workflows: [{ ...workflow('appeals', 1.0625), shortfallCostPerHour: 2 }],
    });
    const text = planText(halfCents, solve(halfCents));
    // 0.125 twice is 0.25, but half-up 0.13 twice is 0.26.
    expect(table(text, 'Cost by term')).toEqual([
      ['handling', '0.13'],
      ['payroll', '0.00'],
      ['opening', '0.00'],
      ['backlog', '0.00'],
      ['shortfall', '0.13'],
      ['rounding', '-0.01'],
      ['total', '0.25'],
    ]);
    const even = smallScenario();
    expect(planText(even, solve(even))).not.toContain('rounding');
  });

  it('names what is not done in its period', () => {
    const scenario = smallScenario({
      periods: [{ id: 'P1' }, { id: 'P2' }],
      teams: [team('manila', 'luzon', 10, 100, ['P1', 'P2'])],
      workflows: [
        {
          ...workflow('appeals', 120, 90),
          shortfallCostPerHour: 50,
          backlog: { maxHours: 15, costPerHourPeriod: 1 },
        },
      ],
    });
    expect(table(planText(scenario, solve(scenario)), 'Not done in its period')).toEqual([
      ['not served', 'appeals', 'P1', expect.any(String)],
      ['waiting at the end', 'appeals', 'P1', expect.any(String)],
    ]);
  });

  it('adds many periods up and says so', () => {
    const periods = Array.from({ length: 8 }, (_, t) => ({ id: `P${t + 1}` }));
    const scenario = smallScenario({
      periods,
      teams: [
        team(
          'manila',
          'luzon',
          10,
          100,
          periods.map(({ id }) => id),
        ),
      ],
      workflows: [workflow('appeals', 1, 2, 3, 4, 5, 6, 7, 8)],
    });
    const text = planText(scenario, solve(scenario));
    expect(text).toContain('Allocation in workload hours, 8 periods added up\n');
    expect(table(text, 'Allocation')).toEqual([['appeals', 'manila', 'luzon', '36', '100.0 %', '360.00']]);
  });

  it('keeps columns aligned and lines free of trailing spaces and control characters, whatever the names', () => {
    const scenario = smallScenario({
      sites: [inHouseSite('東京'), vendorSite('a\u202eb', '📞')],
      teams: [team('x'.repeat(100), '東京', 10, 10), team('ü', 'a\u202eb', 12, null)],
      workflows: [workflow('%s %d', 50)],
    });
    const text = planText(scenario, solve(scenario));
    expect(text).not.toMatch(/[^\S\n]\n/);
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
    expect(text).toContain('x'.repeat(100));
    expect(text.endsWith('.\n')).toBe(true);
  });

  it('shows a status without numbers as the status alone', () => {
    expect(planText(smallScenario(), { status: 'failed', reason: 'time-limit' })).toBe(
      'small: failed (time-limit)\n',
    );
    expect(planText(smallScenario(), { status: 'unbounded' })).toBe('small: unbounded\n');
  });
});
