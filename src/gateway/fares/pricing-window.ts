import { onceFor } from '../../../emv/once-for.js';
import { dayAfter, weekOf } from '../../calendar/day.js';
import type { Service } from '../../tap/index.js';
import type { CampaignSet } from './campaign-schema.js';
import { type PriceReach, priceReach } from './price-reach.js';
import { serviceDayOf, serviceDayStart } from './service-day.js';
import type { Tariffs } from './tariff-set.js';

/** Instants, `to` exclusive. */
export interface PricingWindow {
  readonly from: string;
  readonly to: string;
}

/**
 * The whole days in which a card's taps of one service are priced together. Services do not touch each other. A ride and
 * its transfers end with the service day, a cap and most quotas with their period. What goes over the edges of a window
 * is handed in with it: the nearest halves of stays, and how often a campaign was used before ({@link priceReach}).
 */
export function pricingWindow(
  tariffs: Tariffs,
  campaigns: CampaignSet,
  { service, at }: { readonly service: Service; readonly at: string },
): PricingWindow {
  const reach = priceReach(tariffs, campaigns, service);
  const known = windowsOf(reach);
  const day = serviceDayOf(tariffs, at);
  const window = known.get(day) ?? windowOf(tariffs, reach, day);
  if (known.size >= WINDOWS_MAX) known.clear();
  known.set(day, window);
  return window;
}

/** Windows by service day: every tap asks for one. */
const windowsOf = onceFor((_reach: PriceReach) => new Map<string, PricingWindow>());
const WINDOWS_MAX = 10_000;

function windowOf(tariffs: Tariffs, { unit }: PriceReach, day: string): PricingWindow {
  const { first, last } = daysOf[unit](day);
  return { from: serviceDayStart(tariffs, first), to: serviceDayStart(tariffs, dayAfter(last)) };
}

interface Days {
  readonly first: string;
  readonly last: string;
}

const daysOf = {
  day: (day: string): Days => ({ first: day, last: day }),
  week: (day: string): Days => ({ first: weekOf(day), last: dayAfter(weekOf(day), 6) }),
  month: (day: string): Days => {
    const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
    const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
    return { first: `${day.slice(0, 8)}01`, last: `${day.slice(0, 8)}${String(last).padStart(2, '0')}` };
  },
};
