import { exactShare, formatMoney } from '../number-text.ts';
import type { BaselineCharge, Contract, UnitCharge } from './contract-schema.ts';

/**
 * What a vendor bills for a period, line by line. This is the one code that prices a contract: whatever else needs to know what a volume
 * costs asks it.
 */

export type InvoiceLineKind =
  | 'volume'
  | 'minimum'
  | 'baseline'
  | 'additional'
  | 'reduced'
  | 'management'
  | 'bonus'
  | 'malus'
  | 'quality'
  | 'exit';

/** A line, in the currency of the contract and unrounded. */
export interface InvoiceLine {
  readonly kind: InvoiceLineKind;
  /** Hours or contacts; absent where the line is a fee. */
  readonly quantity?: number;
  /** Money per hour or contact; absent where the line is a fee. */
  readonly rate?: number;
  readonly amount: number;
  /** How the line came about. */
  readonly sentence: string;
}

export interface Invoice {
  readonly lines: readonly InvoiceLine[];
  /** Money in the currency of the contract. */
  readonly total: number;
  /** Money of the scenario's currency for one unit of the contract's. */
  readonly exchangeRate: number;
}

/** A period among all of them, in time order. */
export interface BilledPeriod {
  readonly id: string;
  /** The periods up to this one, itself included; ids after NFC. */
  readonly upToNow: readonly string[];
  /** Whether it is the last of them. */
  readonly isLast: boolean;
}

/** All periods as they are billed, in time order. */
export function billedPeriods(ids: readonly string[]): BilledPeriod[] {
  const normal = ids.map((id) => id.normalize());
  return ids.map((id, t) => ({ id, upToNow: normal.slice(0, t + 1), isLast: t === ids.length - 1 }));
}

/**
 * The bill of a period for a volume, in hours or contacts as the contract says. Expects a contract without faults, which has a baseline and an
 * exchange rate for the period where it needs them. `qualityPoints` are volume times quality, added up; absent = all at the target. Where a bill jumps, the cheaper one holds exactly there: all of it is what it is just below, or all just above.
 */
export function invoice(
  contract: Contract,
  volume: number,
  period: BilledPeriod,
  qualityPoints?: number,
): Invoice {
  const [below, above] = SIDES.map((side) => invoiceBeside(contract, volume, period, side, qualityPoints));
  return above.total < below.total ? above : below;
}

/** On which side of a volume a bill is made out where the volume is exactly one at which it may jump. */
type Side = 'below' | 'above';
const SIDES: readonly Side[] = ['below', 'above'];

function invoiceBeside(
  contract: Contract,
  volume: number,
  period: BilledPeriod,
  side: Side,
  qualityPoints: number | undefined,
): Invoice {
  const escalated = escalationOf(contract, period);
  const { charge, managementFee = 0 } = contract;
  const terms = { unit: contract.volume, escalated, period: period.id, side };
  const charged =
    charge.by === 'unit' ? unitLines(charge, volume, terms) : baselineLines(charge, volume, terms);
  const lines = [
    ...charged,
    ...feeLine('management', managementFee * escalated, `Management of ${period.id}`),
    ...bonusLines(contract, volume, terms),
    ...qualityLines(contract, volume, terms, qualityPoints),
    ...exitLines(contract, volume, period, terms),
  ];
  return {
    lines,
    total: lines.reduce((sum, { amount }) => sum + amount, 0),
    exchangeRate: exchangeRateOf(contract, period.id),
  };
}

function feeLine(kind: InvoiceLineKind, amount: number, what: string): InvoiceLine[] {
  return amount === 0 ? [] : [{ kind, amount, sentence: `${what}: ${formatMoney(amount)}.` }];
}

function bonusLines(
  { bonuses = [] }: Contract,
  volume: number,
  { unit, escalated, side }: Terms,
): InvoiceLine[] {
  const last = bonuses.findLast(({ fromVolume }) => isReached(volume, fromVolume, side));
  if (last === undefined) return [];
  const isMalus = last.amount < 0;
  const what = `${isMalus ? 'Malus' : 'Bonus'} from ${volumeText(last.fromVolume, unit)} on`;
  return feeLine(isMalus ? 'malus' : 'bonus', last.amount * escalated, what);
}

function qualityLines(
  { quality }: Contract,
  volume: number,
  { unit, escalated }: Terms,
  points: number | undefined,
): InvoiceLine[] {
  if (quality === undefined || points === undefined) return [];
  const above = points - quality.target * volume;
  if (Math.abs(above) <= ROUNDING * Math.max(points, volume)) return [];
  const average = volume > 0 ? `Quality of ${quantityText(points / volume)} on average, target` : 'Target';
  const what = `${average} ${quantityText(quality.target)}: ${volumeText(Math.abs(above), unit)} of full quality`;
  return changeLine('quality', above, quality.rate * escalated, what, above < 0 ? ' less' : '');
}

function exitLines(
  { exitFee }: Contract,
  volume: number,
  { isLast }: BilledPeriod,
  { unit, escalated, side }: Terms,
): InvoiceLine[] {
  if (!exitFee || !isLast || isReached(volume, exitFee.belowVolume, side)) return [];
  const what = `Exit, at less than ${volumeText(exitFee.belowVolume, unit)}`;
  return feeLine('exit', exitFee.amount * escalated, what);
}

/** Money of the scenario's currency for one unit of the contract's. */
export function exchangeRateOf({ exchangeRates }: Contract, period: string): number {
  return ofPeriod(exchangeRates, period)?.rate ?? 1;
}

/** By how much rates and fees have risen: once for every anniversary up to the period. */
export function escalationOf({ escalation }: Contract, { upToNow }: BilledPeriod): number {
  if (escalation === undefined) return 1;
  const { perYear, capPerYear = Infinity, from } = escalation;
  const rises = new Set(from.map((id) => id.normalize()));
  const years = upToNow.filter((id) => rises.has(id)).length;
  return (1 + Math.min(perYear, capPerYear)) ** years;
}

interface Terms {
  readonly unit: Contract['volume'];
  readonly escalated: number;
  readonly period: string;
  readonly side: Side;
}

/** Money of the scenario's currency for an hour or contact of full quality. */
export function qualityPrice(contract: Contract, period: BilledPeriod): number {
  return (contract.quality?.rate ?? 0) * escalationOf(contract, period) * exchangeRateOf(contract, period.id);
}

/** The rate of a unit charge in a period, escalation counted. */
export function rateIn(
  { rate, rates }: UnitCharge,
  { escalated, period }: Pick<Terms, 'escalated' | 'period'>,
): number {
  return (ofPeriod(rates, period)?.rate ?? rate) * escalated;
}

/** The volume that is paid for in any case. */
export function leastVolume({ minimum }: UnitCharge, period: string): number {
  return minimum === undefined ? 0 : minimum.share * (ofPeriod(minimum.committed, period)?.volume ?? 0);
}

function unitLines(charge: UnitCharge, volume: number, terms: Terms): InvoiceLine[] {
  const used = volumeLines(charge, volume, terms);
  const least = leastVolume(charge, terms.period);
  // A bill of its own, whatever side the volume is taken from.
  const floor = Math.min(...SIDES.map((side) => sumOf(volumeLines(charge, least, { ...terms, side }))));
  const missing = floor - sumOf(used);
  if (!(missing > 0)) return used;
  const { share } = charge.minimum!;
  const sentence = `Take or pay: ${exactShare(share)} of what is committed, ${volumeText(least, terms.unit)}, costs ${formatMoney(floor)}; that is ${formatMoney(missing)} more.`;
  return [...used, { kind: 'minimum', amount: missing, sentence }];
}

/** A volume at the rates of its tiers. */
function volumeLines(charge: UnitCharge, volume: number, terms: Terms): InvoiceLine[] {
  const rate = rateIn(charge, terms);
  const line = (quantity: number, rateShare: number, from: number): InvoiceLine => {
    const at = rate * rateShare;
    const where = from > 0 ? ` from ${quantityText(from)} on` : '';
    const sentence = `${volumeText(quantity, terms.unit)}${where} at ${rateText(at)}.`;
    return { kind: 'volume', quantity, rate: at, amount: quantity * at, sentence };
  };
  const tiers = [{ fromVolume: 0, rateShare: 1 }, ...(charge.tiers?.steps ?? [])];
  if (charge.tiers?.apply === 'all-units') {
    const { rateShare } = tiers.findLast(({ fromVolume }) => isReached(volume, fromVolume, terms.side))!;
    return volume > 0 ? [line(volume, rateShare, 0)] : [];
  }
  return tiers.flatMap(({ fromVolume, rateShare }, i) => {
    const quantity = Math.min(volume, tiers[i + 1]?.fromVolume ?? Infinity) - fromVolume;
    return quantity > 0 ? [line(quantity, rateShare, fromVolume)] : [];
  });
}

/** The volumes between which the fee of a baseline holds. */
export function bandOf(
  charge: BaselineCharge,
  period: string,
): { readonly low: number; readonly high: number } {
  const { volume } = ofPeriod(charge.baselines, period)!;
  const { deadband = 0 } = charge;
  return { low: volume * (1 - deadband), high: volume * (1 + deadband) };
}

function baselineLines(
  charge: BaselineCharge,
  sent: number,
  { unit, escalated, period, side }: Terms,
): InvoiceLine[] {
  const { volume: baseline, fee: agreed } = ofPeriod(charge.baselines, period)!;
  const { low, high } = bandOf(charge, period);
  const volume = Math.max(sent, charge.floorVolume ?? 0);
  const fee = agreed * escalated;
  const flat: InvoiceLine = {
    kind: 'baseline',
    amount: fee,
    sentence: `Baseline of ${volumeText(baseline, unit)}: ${formatMoney(fee)}.`,
  };
  const isEdge = charge.origin === 'edge';
  if (isReached(volume, high, side)) {
    const origin = isEdge ? high : baseline;
    const more = volume - origin;
    const what = `${volumeText(more, unit)} above ${quantityText(origin)}`;
    return [flat, ...changeLine('additional', more, charge.additionalRate * escalated, what)];
  }
  if (isReached(volume, low, side)) return [flat];
  const origin = isEdge ? low : baseline;
  const less = volume - origin;
  const floor = volume > sent ? `, counted down to ${quantityText(volume)} only` : '';
  const what = `${volumeText(-less, unit)} below ${quantityText(origin)}`;
  return [flat, ...changeLine('reduced', less, charge.reducedRate * escalated, what, ` less${floor}`)];
}

function changeLine(
  kind: InvoiceLineKind,
  quantity: number,
  rate: number,
  what: string,
  rest = '',
): InvoiceLine[] {
  if (quantity === 0 || rate === 0) return [];
  return [
    { kind, quantity, rate, amount: quantity * rate, sentence: `${what} at ${rateText(rate)}${rest}.` },
  ];
}

/** Whether a volume is at another or above. Volumes apart by no more than sums and shares of decimal numbers leave are the same, and then it is as `side` says. */
function isReached(volume: number, other: number, side: Side): boolean {
  if (other === 0) return true;
  const difference = volume - other;
  return Math.abs(difference) <= ROUNDING * Math.max(volume, other) ? side === 'above' : difference > 0;
}

const ROUNDING = 1e-9;

/** Lists of entries by period, each looked through once. */
const known = new WeakMap<readonly object[], ReadonlyMap<string, object>>();

/** The entry of a period in a list. */
export function ofPeriod<Entry extends { readonly period: string }>(
  entries: readonly Entry[] | undefined,
  period: string,
): Entry | undefined {
  if (entries === undefined) return undefined;
  const byPeriod = known.get(entries) ?? new Map(entries.map((entry) => [entry.period.normalize(), entry]));
  known.set(entries, byPeriod);
  return byPeriod.get(period.normalize()) as Entry | undefined;
}

function sumOf(lines: readonly InvoiceLine[]): number {
  return lines.reduce((sum, { amount }) => sum + amount, 0);
}

// Made once: a formatter takes longer to make than a bill.
const rates = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 6 });
const quantities = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 });

/** A rate or volume with six digits behind the point: what escalation or a share makes of a number has no end. */
function rateText(rate: number): string {
  return rates.format(rate);
}

function volumeText(volume: number, unit: Contract['volume']): string {
  const text = quantityText(volume);
  return text === '1' ? `1 ${unit.slice(0, -1)}` : `${text} ${unit}`;
}

function quantityText(quantity: number): string {
  return quantities.format(quantity);
}
