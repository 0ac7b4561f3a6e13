/** The 13 ISO weeks of the first quarter of 2027, Monday 4 January to Sunday 4 April. */
export const weeks = Array.from({ length: 13 }, (_, i) => ({
  id: `2027-W${String(i + 1).padStart(2, '0')}`,
  start: isoDate(7 * i),
  end: isoDate(7 * i + 6),
}));

function isoDate(daysAfterFirstMonday: number): string {
  return new Date(Date.UTC(2027, 0, 4 + daysAfterFirstMonday)).toISOString().slice(0, 10);
}

/** Public holidays a week, by country: each takes away working time, so shrinkage is higher in that week. */
const holidays: Partial<Record<string, Partial<Record<number, number>>>> = {
  US: { 3: 1, 7: 1 }, // Martin Luther King Day, Presidents' Day
  CO: { 2: 1, 12: 3 }, // Epiphany; Saint Joseph's Day, Maundy Thursday and Good Friday
  PH: { 8: 1, 12: 2 }, // EDSA anniversary; Maundy Thursday and Good Friday
  PT: { 6: 1, 12: 1 }, // Carnival; Good Friday
  IN: { 4: 1, 12: 1 }, // Republic Day; Good Friday
  JP: { 2: 1, 6: 1, 8: 1, 12: 1 }, // Coming of Age Day, Foundation Day, Emperor's Birthday, equinox
};

/** Holidays in the country in week 1 to 13. */
export function holidaysIn(country: string, week: number): number {
  return holidays[country]?.[week] ?? 0;
}

/** How the contacts about a topic move through the quarter, week 1 to 13, around 1. */
export const seasons = {
  /** Presents go back in January; a smaller wave follows the promotion in week 7. */
  returns: [1.3, 1.36, 1.22, 1.08, 0.96, 0.9, 0.94, 1.12, 1.06, 0.92, 0.88, 0.88, 0.9],
  /** Sales in the first weeks, the promotion of 15 to 21 February, and Easter. */
  orders: [1.12, 1.14, 1.06, 0.98, 0.92, 0.95, 1.24, 1.04, 0.94, 0.92, 0.93, 1.0, 0.97],
  /** Card statements arrive at the beginning of each month. */
  billing: [1.14, 1.18, 1.0, 0.94, 1.06, 0.96, 0.95, 0.97, 1.08, 0.96, 0.94, 0.95, 1.06],
  /** Forgotten passwords, and then fraud, follow the sales. */
  'account-recovery': [1.12, 1.16, 1.08, 1.0, 0.95, 0.94, 1.1, 1.04, 0.97, 0.94, 0.93, 0.95, 0.96],
  'fraud-review': [1.08, 1.14, 1.12, 1.02, 0.96, 0.92, 1.02, 1.1, 1.0, 0.94, 0.92, 0.93, 0.96],
  /** New devices are set up in January. */
  technical: [1.28, 1.24, 1.14, 1.04, 0.97, 0.93, 0.96, 1.02, 0.95, 0.92, 0.9, 0.9, 0.91],
  /** Campaigns are talked about, the promotion most of all. */
  social: [1.04, 1.06, 1.0, 0.95, 0.93, 0.98, 1.34, 1.08, 0.94, 0.93, 0.94, 0.98, 0.96],
} as const;

export type Topic = keyof typeof seasons;

/**
 * A repeatable sequence of numbers from 0 to below 1 (the mulberry32 generator): the same seed gives the same sequence
 * on every machine.
 */
export function randomSequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
