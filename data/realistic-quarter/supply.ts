import type { Scenario, ScenarioSite, ScenarioTeam } from '../../models/scenario/schema.ts';
import { holidaysIn, weeks } from './calendar.ts';

/** Three in-house sites and seven of four vendors, in six countries. */
export const sites: ScenarioSite[] = [
  inHouse('austin', 'Austin', 'US', 'America/Chicago', 3, ['pci', 'clean-room', 'us-persons'], 64),
  inHouse('lisbon', 'Lisbon', 'PT', 'Europe/Lisbon', 3, ['pci', 'clean-room']),
  inHouse('tokyo', 'Tokyo', 'JP', 'Asia/Tokyo', 3, ['pci']),
  bpo('Northgate', 'tampa', 'Tampa', 'US', 'America/New_York', 3, ['pci', 'us-persons']),
  bpo('Northgate', 'porto', 'Porto', 'PT', 'Europe/Lisbon', 2, ['pci'], 54),
  bpo('Brightline', 'manila', 'Manila', 'PH', 'Asia/Manila', 2, ['pci', 'clean-room'], 98, 1.4),
  bpo('Brightline', 'cebu', 'Cebu', 'PH', 'Asia/Manila', 1, []),
  bpo('Andina', 'bogota', 'Bogotá', 'CO', 'America/Bogota', 2, ['pci', 'clean-room'], 56, 1.25),
  bpo('Andina', 'medellin', 'Medellín', 'CO', 'America/Bogota', 1, []),
  bpo('Deccan', 'hyderabad', 'Hyderabad', 'IN', 'Asia/Kolkata', 2, ['clean-room'], 60, 1.5),
];

function inHouse(
  id: string,
  name: string,
  country: string,
  timeZone: string,
  securityTier: number,
  controls: string[],
  seats?: number,
): ScenarioSite {
  const seating = seats === undefined ? {} : { seats };
  return { id, name, operator: 'in-house', country, timeZone, securityTier, controls, ...seating };
}

/** In shifts, `fteSharingASeat` people use one seat. */
function bpo(
  vendor: string,
  id: string,
  name: string,
  country: string,
  timeZone: string,
  securityTier: number,
  controls: string[],
  seats?: number,
  fteSharingASeat?: number,
): ScenarioSite {
  return {
    ...{ id, name, operator: 'bpo', vendor, country, timeZone, securityTier, controls },
    ...(seats !== undefined && { seats }),
    ...(fteSharingASeat !== undefined && { fteSharingASeat }),
  };
}

/** One row a team: id, name, skills, hardest complexity, rate, FTE at the start of the quarter. */
type TeamRow = readonly [
  id: string,
  name: string,
  skills: string,
  maxComplexity: number,
  basis: ScenarioTeam['rate']['basis'],
  amount: number,
  fte: number,
  how?: { paid?: 'capacity'; fteFrom?: Record<number, number>; liveFrom?: number },
];

/** Paid for the whole capacity, used or not. */
const whole = { paid: 'capacity' } as const;

// An id begins with its site. Money is US dollars: by FTE and week, by paid hour, by productive hour or by contact.
const teamRows: readonly TeamRow[] = [
  ['austin-en-core', 'Austin EN core', 'en voice payments technical', 3, 'fte-period', 1120, 24, whole],
  ['austin-en-trust', 'Austin EN trust', 'en voice payments trust', 3, 'fte-period', 1260, 18, whole],
  ['austin-en-flex', 'Austin EN flex', 'en voice', 2, 'paid-hour', 27, 24],
  ['austin-es', 'Austin ES', 'es en voice payments', 2, 'paid-hour', 28, 4],
  ['lisbon-trust', 'Lisbon trust', 'en pt es fr trust payments', 3, 'fte-period', 860, 14, whole],
  ['lisbon-pt', 'Lisbon PT', 'pt en voice payments', 3, 'paid-hour', 18.5, 10],
  ['lisbon-fr', 'Lisbon FR', 'fr en voice payments', 3, 'paid-hour', 19.5, 10],
  ['lisbon-de', 'Lisbon DE', 'de en voice payments', 3, 'fte-period', 810, 11, whole],
  ['lisbon-it', 'Lisbon IT', 'it en voice', 3, 'paid-hour', 19, 7],
  ['lisbon-es', 'Lisbon ES', 'es en voice payments', 2, 'paid-hour', 18.5, 6],
  ['tokyo-ja', 'Tokyo JA', 'ja voice payments', 3, 'fte-period', 980, 9, whole],
  ['tokyo-ja-flex', 'Tokyo JA flex', 'ja en voice', 2, 'paid-hour', 26, 9],
  ['tokyo-ko', 'Tokyo KO', 'ko voice', 2, 'fte-period', 960, 7, whole],
  ['tampa-en', 'Tampa EN', 'en voice payments technical', 3, 'productive-hour', 34.5, 10],
  ['tampa-en-trust', 'Tampa EN trust', 'en voice trust', 3, 'productive-hour', 37, 12],
  // The Spanish line in Tampa opens in week 5.
  ['tampa-es', 'Tampa ES', 'es en voice payments', 2, 'productive-hour', 35.5, 6, { liveFrom: 5 }],
  ['porto-pt', 'Porto PT', 'pt en voice payments', 2, 'productive-hour', 22, 10],
  ['porto-fr', 'Porto FR', 'fr en voice', 2, 'productive-hour', 24.5, 12],
  ['porto-de', 'Porto DE', 'de en voice payments', 2, 'productive-hour', 27.5, 15],
  ['porto-it', 'Porto IT', 'it en voice', 2, 'productive-hour', 24, 13],
  ['porto-es', 'Porto ES', 'es en voice', 2, 'productive-hour', 22.5, 5],
  ['manila-en', 'Manila EN', 'en voice technical', 3, 'fte-period', 420, 84],
  ['manila-en-payments', 'Manila EN payments', 'en voice payments', 2, 'fte-period', 460, 18],
  ['manila-es', 'Manila ES', 'es en', 2, 'fte-period', 510, 10],
  ['manila-ja', 'Manila JA', 'ja en voice', 2, 'fte-period', 690, 8],
  ['manila-ko', 'Manila KO', 'ko voice', 2, 'fte-period', 700, 9],
  ['cebu-en', 'Cebu EN', 'en voice', 2, 'paid-hour', 9.4, 40],
  ['cebu-en-chat', 'Cebu EN chat', 'en', 1, 'contact', 1.5, 26],
  ['cebu-social', 'Cebu social', 'en es', 1, 'contact', 0.98, 16],
  ['bogota-es', 'Bogotá ES', 'es voice', 2, 'productive-hour', 19.5, 26],
  ['bogota-es-payments', 'Bogotá ES payments', 'es voice payments', 2, 'productive-hour', 21, 12],
  ['bogota-en', 'Bogotá EN', 'en es voice', 2, 'productive-hour', 20.5, 14],
  ['bogota-pt', 'Bogotá PT', 'pt es voice', 2, 'productive-hour', 21.5, 8],
  ['medellin-es', 'Medellín ES', 'es voice', 1, 'paid-hour', 12.2, 20],
  ['medellin-en', 'Medellín EN', 'en es voice', 1, 'paid-hour', 13, 12],
  ['medellin-pt', 'Medellín PT', 'pt', 1, 'paid-hour', 13.4, 6],
  ['hyderabad-en', 'Hyderabad EN', 'en', 2, 'paid-hour', 9.6, 44],
  ['hyderabad-en-tech', 'Hyderabad EN tech', 'en technical', 3, 'paid-hour', 10.8, 20],
  ['hyderabad-en-new', 'Hyderabad EN new class', 'en', 1, 'paid-hour', 8.8, 16, { fteFrom: { 5: 24 } }],
  ['hyderabad-de', 'Hyderabad DE', 'de en', 2, 'paid-hour', 15.8, 6],
  ['hyderabad-fr', 'Hyderabad FR', 'fr en', 2, 'paid-hour', 14.9, 6],
];

const PAID_HOURS_PER_FTE = 40;
const EVERYDAY_SHRINKAGE = 0.3;
const SHRINKAGE_OF_A_HOLIDAY = 0.03;

export const teams: ScenarioTeam[] = teamRows.map(
  ([id, name, skills, maxComplexity, basis, amount, fte, how = {}]) => {
    const site = sites.find((each) => id.startsWith(`${each.id}-`))!;
    return {
      ...{ id, name, site: site.id, skills: skills.split(' '), maxComplexity, rate: { basis, amount } },
      ...(how.paid && { paid: how.paid }),
      capacity: weeks.flatMap((week, i) => {
        if (i + 1 < (how.liveFrom ?? 1)) return [];
        return {
          period: week.id,
          fte: fteInWeek(i + 1, fte, how.fteFrom),
          paidHoursPerFte: PAID_HOURS_PER_FTE,
          shrinkage: cents(EVERYDAY_SHRINKAGE + SHRINKAGE_OF_A_HOLIDAY * holidaysIn(site.country!, i + 1)),
        };
      }),
    };
  },
);

function fteInWeek(week: number, atStart: number, fteFrom: Record<number, number> = {}): number {
  const started = Object.entries(fteFrom).filter(([from]) => Number(from) <= week);
  return started.reduce((_, [, fte]) => fte, atStart);
}

/** The capacity after a typhoon: Manila has 40 % fewer people in weeks 9 and 10. */
export function afterTyphoon(scenario: Scenario): Scenario {
  const hit = new Set(['2027-W09', '2027-W10']);
  return {
    ...scenario,
    teams: scenario.teams.map((team) => ({
      ...team,
      capacity: team.capacity.map((entry) =>
        team.site === 'manila' && hit.has(entry.period)
          ? { ...entry, fte: cents(0.6 * (entry.fte ?? 0)) }
          : entry,
      ),
    })),
  };
}

function cents(value: number): number {
  return Math.round(value * 100) / 100;
}
