import type { Scenario } from '../../../models/scenario/schema.ts';
import { SeededRandom } from '../../scenarios/seeded-random.ts';

/**
 * A valid scenario of any size that has a plan: every workflow may go to every team, work may wait or be left undone.
 *
 * With 60 workflows, 60 teams and 60 periods it keeps the engine busy for many seconds.
 */
export function largeScenario(workflows: number, teams: number, periods: number): Scenario {
  const random = new SeededRandom(20_270_101);
  const periodIds = Array.from({ length: periods }, (_, t) => `P${t}`);
  const hoursOfATeam = (workflows / teams) * 1000;
  return {
    name: 'large',
    currency: 'USD',
    periods: periodIds.map((id) => ({ id })),
    sites: Array.from({ length: teams }, (_, k) => ({
      id: `site ${k}`,
      operator: 'bpo',
      vendor: `vendor ${k % 5}`,
    })),
    teams: Array.from({ length: teams }, (_, k) => ({
      id: `team ${k}`,
      site: `site ${k}`,
      rate: { basis: 'productive-hour', amount: Math.round(random.between(1000, 4000)) / 100 },
      capacity: periodIds.map((period) => ({
        period,
        hours: Math.round(hoursOfATeam * random.between(0.9, 1.3)),
      })),
    })),
    workflows: Array.from({ length: workflows }, (_, w) => ({
      id: `workflow ${w}`,
      shortfallCostPerHour: 200,
      backlog: { maxHours: 300, costPerHourPeriod: 1.5 },
      demand: periodIds.map((period) => ({ period, hours: Math.round(random.between(700, 1300)) })),
    })),
    placements: Array.from({ length: workflows * teams }, (_, i) => ({
      workflow: `workflow ${Math.floor(i / teams)}`,
      team: `team ${i % teams}`,
      handlingFactor: Math.round(random.between(100, 150)) / 100,
    })),
    rules: { vendorShare: [{ vendor: 'vendor 0', maxShare: 0.15 }] },
  };
}

/** Takes the engine longer than any test waits for it. */
export function endlessScenario(): Scenario {
  return largeScenario(60, 60, 60);
}

/**
 * Solved in no time, with an answer of 400 bytes for each pair of workflow and team, of which there are `count` each: nobody may do
 * anything, and each refusal is explained.
 */
export function longAnswerScenario(count = 200): Scenario {
  const long = (text: string) => text.padEnd(95, '–');
  return {
    name: 'long answer',
    currency: 'USD',
    periods: [{ id: 'P1' }],
    sites: [{ id: 'site', operator: 'in-house' }],
    teams: Array.from({ length: count }, (_, k) => ({
      id: long(`team ${k}`),
      site: 'site',
      rate: { basis: 'productive-hour', amount: 10 },
      capacity: [],
    })),
    workflows: Array.from({ length: count }, (_, w) => ({
      id: long(`workflow ${w}`),
      skills: [long('skill')],
      demand: [],
    })),
  };
}
