import { formatYuan } from '../../tap/index.js';
import type { Bill } from './bill.js';
import { priceStep } from './price-step.js';
import type { Tariff } from './tariff-schema.js';
import { minutesFrom, type TimedTap } from './timed-tap.js';

/** The first of two bus rides that belong together, and whether the second was made. */
export interface BusPair {
  readonly first: TimedTap;
  readonly hasSecond: boolean;
}

/**
 * A second ride within the time of a transfer is reduced, unless it follows so soon that somebody else must be riding.
 * The third is full and may be the first of the next two, as is the first of a service day. Gives the pair as it stands
 * for the next ride.
 */
export function applyTransfer(bill: Bill, ride: TimedTap, { bus }: Tariff, pair: BusPair | undefined): BusPair {
  const minutes = pair?.first.serviceDay === ride.serviceDay ? minutesFrom(pair.first, ride) : Number.POSITIVE_INFINITY;
  const transfer = bus?.transfer;
  if (!transfer || !pair || pair.hasSecond || minutes > transfer.uptoMinutes) {
    return { first: ride, hasSecond: false };
  }
  if (minutes >= transfer.fromMinutes) {
    const amountFen = Math.min(bill.netFen, transfer.reductionFen);
    const values = { minutes: Math.floor(minutes), amount: formatYuan(amountFen), sponsor: transfer.sponsor };
    bill.add([priceStep('transfer', values, { amountFen: 0 - amountFen })]);
    bill.discount(amountFen, transfer.sponsor);
  }
  return { ...pair, hasSecond: true };
}
