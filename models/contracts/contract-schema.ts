import { z } from 'zod';
import { amount, id, MAX_PERIODS, positiveAmount, share, signedAmount } from '../scenario/fields.ts';

/** What is agreed with a vendor, in its own currency; what it means is in `models/README.md`, "Contracts". */

const MAX_TIERS = 50;

const currencyCode = z
  .string()
  .max(3, { error: 'Use a three-letter code such as USD.', abort: true })
  .regex(/^[A-Z]{3}$/, 'Use a three-letter code such as USD.');

const byPeriod = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.array(z.strictObject({ period: id('The period.'), ...shape })).max(MAX_PERIODS);

const tier = z
  .strictObject({
    fromVolume: positiveAmount('The tier begins at this volume in a period, in hours or contacts.'),
    rateShare: amount(
      'Rate of the tier / rate of the contract, a share that may be above 1: 0.95 = 5 % less.',
    ),
  })
  .meta({ id: 'Tier' });

const unitCharge = z
  .strictObject({
    by: z.literal('unit'),
    rate: amount('Money per hour or contact, before escalation.'),
    rates: byPeriod({ rate: amount('Money per hour or contact in the period, in place of `rate`.') })
      .meta({ description: 'Rates that differ from `rate`, by period.' })
      .optional(),
    tiers: z
      .strictObject({
        apply: z.enum(['slice', 'all-units']).meta({
          description:
            '`slice`: a tier’s rate holds for the volume above its beginning; `all-units`: for the whole volume of the period. Exactly at a beginning the cheaper of both bills holds.',
        }),
        steps: z.array(tier).min(1).max(MAX_TIERS).meta({ description: 'By rising volume.' }),
      })
      .meta({ id: 'Tiers' })
      .optional(),
    minimum: z
      .strictObject({
        share: share('Of the committed volume, what is paid for in any case.'),
        committed: byPeriod({ volume: amount('Hours or contacts.') }),
      })
      .meta({
        id: 'TakeOrPay',
        description: 'Take or pay: the bill is no less than that of share · committed volume.',
      })
      .optional(),
  })
  .meta({ id: 'UnitCharge', description: 'Every hour or contact is paid for.' });

const baselineCharge = z
  .strictObject({
    by: z.literal('baseline'),
    baselines: byPeriod({
      volume: positiveAmount('Baseline volume in hours or contacts.'),
      fee: amount('Money for it, before escalation.'),
    }).meta({ description: 'One entry for every period that is billed.' }),
    deadband: share(
      'Of the baseline volume, by which the volume may differ at the same fee; default 0.',
    ).optional(),
    additionalRate: amount(
      'ARC: money per hour or contact above, before escalation; counted from the origin.',
    ),
    reducedRate: amount('RRC: money less per hour or contact below, before escalation.'),
    origin: z.enum(['edge', 'baseline']).meta({
      description:
        'Whether more and less are counted from the edge of the deadband or, once outside it, from the baseline. Exactly at an edge the cheaper of both bills holds.',
    }),
    floorVolume: amount('Hours or contacts below which the bill falls no further; default 0.').optional(),
  })
  .meta({
    id: 'BaselineCharge',
    description: 'A fee for a baseline volume, with charges for more and credits for less.',
  });

export const contractSchema = z
  .strictObject({
    vendor: id('The vendor.'),
    volume: z.enum(['hours', 'contacts']).meta({
      description:
        'What is billed: productive hours of the vendor’s teams, available time included, or contacts.',
    }),
    currency: currencyCode
      .meta({ description: 'ISO 4217 code of all money in the contract; default that of the scenario.' })
      .optional(),
    exchangeRates: byPeriod({
      rate: positiveAmount('Money of the scenario’s currency for one unit of the contract’s.'),
    })
      .meta({ description: 'One for every period that is billed, where the currencies differ.' })
      .optional(),
    escalation: z
      .strictObject({
        perYear: amount('Rise of all rates and fees in a year, as a share: 0.04 = 4 %.'),
        capPerYear: amount('The most that they may rise in a year, as a share; absent = no cap.').optional(),
        from: z
          .array(id('A period.'))
          .max(MAX_PERIODS)
          .meta({ description: 'The periods with which they rise, in time order: one a year.' }),
      })
      .meta({ id: 'Escalation' })
      .optional(),
    charge: z.discriminatedUnion('by', [unitCharge, baselineCharge], {
      error: 'Use a charge with "by": "unit" or "by": "baseline".',
    }),
    managementFee: amount('Money per period, whatever the volume, before escalation; default 0.').optional(),
    bonuses: z
      .array(
        z.strictObject({
          fromVolume: amount('Hours or contacts of a period.'),
          amount: signedAmount(
            'Money that the bill is higher by from this volume on, before escalation; below 0 for a malus.',
          ),
        }),
      )
      .min(1)
      .max(MAX_TIERS)
      .meta({
        description:
          'Bonus and malus against volume, by rising volume: the last one reached holds. Exactly at its volume the cheaper of both bills holds.',
      })
      .optional(),
    quality: z
      .strictObject({
        target: share('Quality at which nothing is added or taken off.'),
        rate: amount(
          'Money more per hour or contact for quality 1 (100 %) above the target, and less below it, in proportion; before escalation.',
        ),
      })
      .meta({
        id: 'QualityBonus',
        description: 'Bonus and malus against quality, on a fixed rate and not on what is billed otherwise.',
      })
      .optional(),
    exitFee: z
      .strictObject({
        amount: amount('Money, once, before escalation.'),
        belowVolume: positiveAmount('Hours or contacts.'),
      })
      .meta({
        id: 'ExitFee',
        description:
          'Owed with the bill of the last of all periods, the end of a plan or of a list of periods, where its volume is below `belowVolume`.',
      })
      .optional(),
    rampDown: z
      .strictObject({
        currentVolume: amount('Hours or contacts of a period as it is now.'),
        noticePeriods: z
          .number()
          .min(0)
          .max(MAX_PERIODS)
          .int()
          .meta({ description: 'Of the first so many periods none may be below it; default 0.' })
          .optional(),
        maxFallPerPeriod: share('Of the volume of the period before, by which it may fall after that.'),
      })
      .meta({ id: 'RampDown', description: 'How fast the volume may fall.' })
      .optional(),
    forecastLock: z
      .strictObject({
        periods: z
          .number()
          .min(1)
          .max(MAX_PERIODS)
          .int()
          .meta({ description: 'The first so many periods are binding.' }),
        maxDeviation: share('Of the forecast, by which the volume may differ either way.'),
        forecast: byPeriod({ volume: amount('Hours or contacts.') }).meta({
          description: 'One for every period that is binding.',
        }),
      })
      .meta({ id: 'ForecastLock', description: 'Volumes that the vendor has been told and relies on.' })
      .optional(),
  })
  .meta({ id: 'Contract', description: 'What a vendor bills for a period.' });

export type Contract = z.infer<typeof contractSchema>;
export type UnitCharge = z.infer<typeof unitCharge>;
export type BaselineCharge = z.infer<typeof baselineCharge>;
