import type { Contract } from './contract-schema.ts';
import { bandOf, type BilledPeriod, invoice, leastVolume } from './invoice.ts';

/** A stretch of volume over which a bill is a straight line; money is in the scenario's currency. */
export interface BillPiece {
  readonly from: number;
  /** Infinite for the last one. */
  readonly to: number;
  /** The bill just above `from`. */
  readonly atFrom: number;
  /** Money per hour or contact. */
  readonly slope: number;
}

/** So much of a slope is the rounding of the bills it was taken from. */
const ROUNDING = 1e-9;

/**
 * A period's bill as straight pieces, read off `invoice`, which prices it: between two volumes at which the words of the contract change, two bills
 * say what the line is. Pieces that go on in one line are one.
 */
export function billPieces(contract: Contract, period: BilledPeriod): BillPiece[] {
  const billed = (volume: number) => {
    // Of quality there is a price of its own; what its target takes off goes with the volume.
    const { total, exchangeRate } = invoice(contract, volume, period, 0);
    return total * exchangeRate;
  };
  const ends = breakpoints(contract, period);
  const pieces: BillPiece[] = [];
  ends.forEach((from, i) => {
    const to = ends[i + 1] ?? Infinity;
    const width = to === Infinity ? Math.max(1, from) : to - from;
    const [near, far] = [billed(from + width / 4), billed(from + (3 * width) / 4)];
    const drawn = (far - near) / (width / 2);
    const slope = Math.abs(drawn) <= ROUNDING * (Math.abs(near) / width + 1e-6) ? 0 : drawn;
    const piece = { from, to, atFrom: near - (slope * width) / 4, slope };
    const before = pieces.at(-1);
    if (before && goesOn(before, piece)) pieces[pieces.length - 1] = { ...before, to };
    else pieces.push(piece);
  });
  return pieces;
}

function goesOn(before: BillPiece, piece: BillPiece): boolean {
  const size = Math.max(1, Math.abs(before.slope));
  return meets(before, piece) && Math.abs(before.slope - piece.slope) <= ROUNDING * size;
}

/** Whether a bill goes on without a jump from one piece to the next. */
export function meets(before: BillPiece, piece: BillPiece): boolean {
  const end = before.atFrom + before.slope * (before.to - before.from);
  return Math.abs(end - piece.atFrom) <= ROUNDING * Math.max(1, Math.abs(end));
}

/** The volumes at which a bill may bend or jump, from 0 on. */
function breakpoints({ charge, bonuses = [], exitFee }: Contract, { id, isLast }: BilledPeriod): number[] {
  const ofCharge =
    charge.by === 'unit'
      ? [...(charge.tiers?.steps ?? []).map(({ fromVolume }) => fromVolume), ...floorEnds(charge, id)]
      : [...Object.values(bandOf(charge, id)), charge.floorVolume ?? 0];
  // What the contract says comes before what is worked out of it: of two volumes that rounding alone tells apart the first is taken.
  const found = [0, ...bonuses.map(({ fromVolume }) => fromVolume)];
  if (exitFee && isLast) found.push(exitFee.belowVolume);
  const distinct: number[] = [];
  for (const volume of [...found, ...ofCharge])
    if (volume >= 0 && !distinct.some((known) => Math.abs(known - volume) <= ROUNDING * volume))
      distinct.push(volume);
  return distinct.sort((a, b) => a - b);
}

/** Where a bill leaves what is paid for in any case: at that volume, or in any tier on all units. */
function floorEnds(charge: Extract<Contract['charge'], { readonly by: 'unit' }>, period: string): number[] {
  const least = leastVolume(charge, period);
  if (least === 0) return [];
  if (charge.tiers?.apply !== 'all-units') return [least];
  const shares = [1, ...charge.tiers.steps.map(({ rateShare }) => rateShare)];
  const reached = charge.tiers.steps.filter(({ fromVolume }) => fromVolume <= least).length;
  const floors = [shares[reached], shares[Math.max(0, reached - 1)]];
  return [
    least,
    ...shares.filter((share) => share > 0).flatMap((share) => floors.map((floor) => (least * floor) / share)),
  ];
}
