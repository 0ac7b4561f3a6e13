import type { RateBasis } from '../planning-data.ts';

/** A unit of a rate, one and several. */
export const UNIT_WORDS: Readonly<Record<RateBasis, readonly [one: string, several: string]>> = {
  'productive-hour': ['a productive hour', 'productive hours'],
  'paid-hour': ['a paid hour', 'paid hours'],
  'fte-period': ['an FTE-period', 'FTE-periods'],
  contact: ['a contact', 'contacts'],
};
