import { z } from 'zod';
import { text } from '../plan-fields.ts';

/** What `POST /v1/invoices` answers: bills in cents of the contract's currency. */

const lineKind = z.enum([
  ...['volume', 'minimum', 'baseline', 'additional', 'reduced'],
  ...['management', 'bonus', 'malus', 'quality', 'exit'],
] as const);

/** A line of a bill that is not rounded. */
export const invoiceLine = z
  .strictObject({
    kind: lineKind,
    quantity: z
      .number()
      .optional()
      .meta({ description: 'Hours or contacts; absent where the line is a fee.' }),
    rate: z.number().optional().meta({ description: 'Money per hour or contact.' }),
    amount: z.number().meta({ description: 'Money, not rounded.' }),
    sentence: z.string().meta({ description: 'How the line came about.' }),
  })
  .meta({ id: 'InvoiceLine' });

const billLine = z
  .strictObject({
    kind: lineKind,
    quantity: z.number().optional().meta({
      description:
        'Hours or contacts, not rounded; below 0 where they are less than agreed. Absent where the line is a fee.',
    }),
    rate: z.number().optional().meta({ description: 'Money per hour or contact, not rounded.' }),
    amount: z.number().meta({ description: 'Money of the contract’s currency, in cents, half-up.' }),
    sentence: z.string().meta({ description: 'How the line came about.' }),
  })
  .meta({ id: 'BillLine' });

const bill = z
  .strictObject({
    period: text,
    volume: z.number().meta({ description: 'Hours or contacts delivered in the period.' }),
    lines: z.array(billLine),
    rounding: z.number().meta({ description: 'What the lines, rounded one by one, lack to the total.' }),
    total: z.number().meta({ description: 'Money of the contract’s currency, in cents, half-up.' }),
    exchangeRate: z
      .number()
      .meta({ description: 'Money of the request’s currency for one unit of the contract’s.' }),
    totalInCurrency: z
      .number()
      .meta({ description: 'The total before rounding in the request’s currency, in cents, half-up.' }),
  })
  .meta({ id: 'Bill', description: 'What a vendor bills for a period.' });

export const billsSchema = z
  .strictObject({
    vendor: text,
    unit: z.enum(['hours', 'contacts']),
    contractCurrency: z.string(),
    currency: z.string(),
    bills: z.array(bill).meta({ description: 'One for every period with a delivery, in time order.' }),
    totalInCurrency: z.number().meta({ description: 'The sum of the bills in the request’s currency.' }),
  })
  .meta({ id: 'Bills' });

export type Bills = z.infer<typeof billsSchema>;
