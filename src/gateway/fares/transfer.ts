import { formatYuan } from '../../tap/index.js';
import type { Bill } from './bill.js';
import type { FareTap } from './fare-types.js';
import { priceStep } from './price-step.js';
import { minutesBetween } from './service-day.js';
import type { Tariff } from './tariff-schema.js';

/** The first of two bus rides that belong together, and whether the second was made. */
export interface BusPair {
  readonly serviceDay: string;
  readonly firstAt: string;
  readonly hasSecond: boolean;
}

/**
 * A second ride within the time of a transfer is reduced, unless it follows so soon that somebody else must be riding.
 * The third is full and may be the first of the next two, as is the first of a service day. Gives the pair as it stands
 * for the next ride.
 */
export function applyTransfer(
  bill: Bill,
  { tap, serviceDay }: { readonly tap: FareTap; readonly serviceDay: string },
  { bus }: Tariff,
  pair: BusPair | undefined,
): BusPair {
  const minutes = pair?.serviceDay === serviceDay ? minutesBetween(pair.firstAt, tap.at) : Number.POSITIVE_INFINITY;
  const transfer = bus?.transfer;
  if (!transfer || !pair || pair.hasSecond || minutes > transfer.uptoMinutes) {
    return { serviceDay, firstAt: tap.at, hasSecond: false };
  }
  if (minutes >= transfer.fromMinutes) {
    const amountFen = Math.min(bill.netFen, transfer.reductionFen);
    const values = { minutes: Math.floor(minutes), amount: formatYuan(amountFen), sponsor: transfer.sponsor };
    bill.add([priceStep('transfer', values, { amountFen: 0 - amountFen })]);
    bill.discount(amountFen, transfer.sponsor);
  }
  return { ...pair, hasSecond: true };
}
