import { z } from 'zod';
import type { Bills } from '../../models/contracts/bill.ts';
import { contractFaults } from '../../models/contracts/contract-faults.ts';
import { contractSchema } from '../../models/contracts/contract-schema.ts';
import { billedPeriods, invoice } from '../../models/contracts/invoice.ts';
import { type Fault, hasFaultAt, jsonPointer } from '../../models/fault.ts';
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
  const ofForm = [...ofText, ...faultsOf(invoiceRequestSchema, value, [])];
  const request = value as InvoiceRequest;
  const faults =
    ofForm.length < MAX_FAULTS ? [...ofForm, ...faultsBetween(soundParts(request, ofForm))] : ofForm;
  return faults.length > 0 ? { faults: faults.slice(0, MAX_FAULTS) } : { bills: billsOf(request) };
}

/** What of a request has no fault of form: the rest is undefined, and of the deliveries left out. */
interface SoundParts {
  readonly contract: InvoiceRequest['contract'] | undefined;
  readonly currency: string | undefined;
  readonly periods: readonly string[] | undefined;
  /** Each with its place. */
  readonly delivered: readonly { readonly line: InvoiceRequest['delivered'][number]; readonly at: number }[];
}

function soundParts(request: InvoiceRequest, ofForm: readonly Fault[]): SoundParts {
  const isSound = (...path: (string | number)[]) => !hasFaultAt(ofForm, path);
  // A fault of the list itself leaves it unread; one in a line is found again with the line.
  const isRead = Array.isArray((request as Partial<InvoiceRequest> | null)?.delivered);
  return {
    contract: isSound('contract') ? request.contract : undefined,
    currency: isSound('currency') ? request.currency : undefined,
    periods: isSound('periods') ? request.periods : undefined,
    delivered: isRead
      ? request.delivered.flatMap((line, at) => (isSound('delivered', at) ? [{ line, at }] : []))
      : [],
  };
}

/** What is wrong between the parts of a request, as far as they are sound. */
function faultsBetween({ contract, currency, periods, delivered }: SoundParts): Fault[] {
  if (periods === undefined) return [];
  const known = new Set<string>();
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
    known.add(period.normalize());
  });
  for (const { line, at } of delivered) {
    if (!known.has(line.period.normalize()))
      report(
        ['delivered', at, 'period'],
        'unknown-period',
        `There is no period ${quoted(line.period)}. Define it under /periods or correct the spelling.`,
      );
    if (contract && line[contract.volume] === undefined)
      report(
        ['delivered', at],
        `missing-${contract.volume}`,
        `The contract bills ${contract.volume}. Give them.`,
      );
    if (contract?.quality && line.quality === undefined)
      report(
        ['delivered', at],
        'missing-quality',
        'The contract pays for quality. Give that of what was delivered.',
      );
  }
  if (contract === undefined) return faults;
  const delivers = new Set(delivered.map(({ line }) => line.period.normalize()));
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
