import { z } from 'zod';
import type { Bills } from '../../models/contracts/bill.ts';
import { contractFaults } from '../../models/contracts/contract-faults.ts';
import { contractSchema } from '../../models/contracts/contract-schema.ts';
import { billedPeriods, invoice } from '../../models/contracts/invoice.ts';
import { type Fault, jsonPointer } from '../../models/fault.ts';
import { amount, id, MAX_ENTITIES, MAX_PERIODS, share } from '../../models/scenario/fields.ts';
import { faultsOf, MAX_FAULTS, quoted } from '../../models/scenario/schema-faults.ts';
import { decimalCents } from '../exports/cents.ts';
import type { HandlerReply, ReceivedRequest } from '../processes/serve-requests.ts';
import { readStrictJson } from '../scenarios/strict-json.ts';
import { faultReply, jsonAnswer } from './replies.ts';

const delivery = z
  .strictObject({
    period: id('The period.'),
    hours: amount('Productive hours delivered, available time included.').optional(),
    contacts: amount('Contacts handled.').optional(),
    quality: share('Quality of what was delivered; needed where the contract pays for quality.').optional(),
  })
  .meta({ id: 'Delivery', description: 'What was delivered; several of one period are added up.' });

/** The body of `POST /v1/invoices`. */
export const invoiceRequestSchema = z
  .strictObject({
    contract: contractSchema,
    currency: z
      .string()
      .max(3, { error: 'Use a three-letter code such as USD.', abort: true })
      .regex(/^[A-Z]{3}$/, 'Use a three-letter code such as USD.')
      .meta({
        description: 'ISO 4217 code of the currency that bills are wanted in besides the contract’s.',
      }),
    periods: z
      .array(id('A period.'))
      .min(1)
      .max(MAX_PERIODS)
      .meta({ description: 'All periods from the beginning of the contract on, in time order.' }),
    delivered: z.array(delivery).max(MAX_ENTITIES),
  })
  .meta({ id: 'InvoiceRequest' });

type InvoiceRequest = z.infer<typeof invoiceRequestSchema>;

/** A vendor's bills recomputed from what was delivered. */
export function replyWithInvoices({ parts }: ReceivedRequest): HandlerReply {
  const { bills, faults } = readInvoices(parts[0]);
  return faults ? faultReply(faults) : jsonAnswer(bills);
}

/** Bills, or everything that is wrong with the request for them. */
export type ReadInvoices =
  | { readonly bills: Bills; readonly faults?: undefined }
  | { readonly bills?: undefined; readonly faults: readonly Fault[] };

/** The bills that a request, as JSON bytes, asks for. */
export function readInvoices(bytes: Buffer): ReadInvoices {
  const { value, faults: ofText } = readStrictJson(bytes);
  if (value === undefined) return { faults: ofText };
  const faults = [...ofText, ...faultsOf(invoiceRequestSchema, value, [])];
  if (faults.length > 0) return { faults: faults.slice(0, MAX_FAULTS) };
  const request = value as InvoiceRequest;
  const wrong = faultsBetween(request);
  return wrong.length > 0 ? { faults: wrong.slice(0, MAX_FAULTS) } : { bills: billsOf(request) };
}

function faultsBetween({ contract, currency, periods, delivered }: InvoiceRequest): Fault[] {
  const known = new Map<string, number>();
  const faults: Fault[] = [];
  const report = (path: readonly PropertyKey[], code: string, message: string) => {
    faults.push({ pointer: jsonPointer(path), code, message });
  };
  periods.forEach((period, i) => {
    if (known.has(period.normalize()))
      report(
        ['periods', i],
        'duplicate-id',
        `The period ${quoted(period)} is listed already. Ids must differ.`,
      );
    known.set(period.normalize(), i);
  });
  delivered.forEach((line, i) => {
    if (!known.has(line.period.normalize()))
      report(
        ['delivered', i, 'period'],
        'unknown-period',
        `There is no period ${quoted(line.period)}. Define it under /periods or correct the spelling.`,
      );
    if (line[contract.volume] === undefined)
      report(
        ['delivered', i],
        `missing-${contract.volume}`,
        `The contract bills ${contract.volume}. Give them.`,
      );
  });
  delivered.forEach(({ quality }, i) => {
    if (contract.quality && quality === undefined)
      report(
        ['delivered', i],
        'missing-quality',
        'The contract pays for quality. Give that of what was delivered.',
      );
  });
  const delivers = new Set(delivered.map((line) => line.period.normalize()));
  const billed = periods.filter((period) => delivers.has(period.normalize()));
  const ofContract = contractFaults(contract, { periods, billed, currency });
  return [...faults, ...ofContract.map((fault) => ({ ...fault, pointer: `/contract${fault.pointer}` }))];
}

function billsOf({ contract, currency, periods, delivered }: InvoiceRequest): Bills {
  const volumes = new Map<string, number>();
  const points = new Map<string, number>();
  for (const line of delivered) {
    const id = line.period.normalize();
    const volume = line[contract.volume]!;
    volumes.set(id, (volumes.get(id) ?? 0) + volume);
    points.set(id, (points.get(id) ?? 0) + volume * (line.quality ?? 0));
  }
  const bills = billedPeriods(periods).flatMap((period): Bills['bills'] => {
    const volume = volumes.get(period.id.normalize());
    if (volume === undefined) return [];
    const { lines, total, exchangeRate } = invoice(
      contract,
      volume,
      period,
      points.get(period.id.normalize()),
    );
    const cents = lines.map((line) => decimalCents(line.amount));
    const rounding = decimalCents(total) - cents.reduce((sum, each) => sum + each, 0);
    return [
      {
        period: period.id,
        volume,
        lines: lines.map((line, i) => ({ ...line, amount: cents[i] / 100 })),
        rounding: rounding / 100,
        total: decimalCents(total) / 100,
        exchangeRate,
        totalInCurrency: decimalCents(total * exchangeRate) / 100,
      },
    ];
  });
  return {
    vendor: contract.vendor,
    unit: contract.volume,
    contractCurrency: contract.currency ?? currency,
    currency,
    bills,
    totalInCurrency: bills.reduce((sum, bill) => sum + decimalCents(bill.totalInCurrency), 0) / 100,
  };
}
