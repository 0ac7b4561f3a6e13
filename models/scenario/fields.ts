import { z } from 'zod';

/**
 * The kinds of value a scenario is made of, each with its unit, its range and its cap.
 *
 * Every array and every string has a cap, so that no body can make validation itself expensive. None of the schemas
 * transforms or fills in defaults: what is valid is exactly what was sent, and `normalise-scenario.ts` says what a
 * missing value means.
 */

/** Smallest size of a quantity or an amount of money that is not zero; smaller ones drown in solver tolerances. */
export const SMALLEST_AMOUNT = 1e-6;
/** Largest size of a quantity or an amount of money. */
export const LARGEST_AMOUNT = 1e9;

export const MAX_PERIODS = 1000;
export const MAX_ENTITIES = 20_000;
export const MAX_PLACEMENTS = 2_000_000;
const MAX_WORDS = 1000;

/** Control characters and lone surrogates: they cannot be printed, and some stores cut or refuse them. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u;

/** A name by which entities refer to each other; compared after Unicode normalisation (NFC), echoed as sent. */
export const id = (what: string) =>
  z
    .string()
    // Zod counts Unicode characters, as the contract does, and not UTF-16 units.
    .min(1, 'Use 1 to 100 characters.')
    .max(100, { error: 'Use 1 to 100 characters.', abort: true })
    .refine((text) => !UNPRINTABLE.test(text), 'Remove control characters and lone surrogates.')
    .meta({ description: `${what} 1 to 100 characters, no control characters.` });

/** Free text for people, never compared. */
export const label = (what: string) =>
  z
    .string()
    .max(200, { error: 'Use at most 200 characters.', abort: true })
    .refine((text) => !UNPRINTABLE.test(text), 'Remove control characters and lone surrogates.')
    .meta({ description: what });

/** Values below 0 are the business of `min`, which says so. */
const isZeroOrLargeEnough = (value: number) => value <= 0 || value >= SMALLEST_AMOUNT;
const TOO_SMALL = `Use 0 or a number from ${SMALLEST_AMOUNT} to ${LARGEST_AMOUNT}.`;

/** A number of hours, contacts, people or seats, or an amount of money: 0 or 1e-6 to 1e9. */
export const amount = (what: string) =>
  z.number().min(0).max(LARGEST_AMOUNT).refine(isZeroOrLargeEnough, TOO_SMALL).meta({ description: what });

/** An amount of money that may be taken off as well as added. */
export const signedAmount = (what: string) =>
  z
    .number()
    .min(-LARGEST_AMOUNT)
    .max(LARGEST_AMOUNT)
    .refine(
      (value) => value === 0 || Math.abs(value) >= SMALLEST_AMOUNT,
      `Use 0 or a size from ${SMALLEST_AMOUNT} to ${LARGEST_AMOUNT}.`,
    )
    .meta({ description: what });

/** An amount that must not be zero, because something is divided by it or multiplied away with it. */
export const positiveAmount = (what: string) =>
  z.number().min(SMALLEST_AMOUNT).max(LARGEST_AMOUNT).meta({ description: what });

/** A share, 0 to 1. */
export const share = (what: string) =>
  z
    .number()
    .min(0)
    .max(1)
    .refine(isZeroOrLargeEnough, 'Use 0 or a share from 0.000001 to 1.')
    .meta({
      description: `${what} A share, 0 to 1.`,
    });

/** A set of words (skills, controls, countries). */
export const words = (what: string) => z.array(id(what)).max(MAX_WORDS).meta({ description: what });

/** An ordered level. */
export const level = (highest: number, what: string) =>
  z
    .number()
    .min(1)
    .max(highest)
    // Last, because it has a limit of its own that would hide `highest`.
    .int()
    .meta({ description: `${what} 1 to ${highest}.` });

/** A calendar day. */
export const date = (what: string) =>
  z.iso.date().meta({ description: `${what} ISO date, e.g. 2027-01-31.` });
