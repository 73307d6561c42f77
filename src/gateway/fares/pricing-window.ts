import type { Service } from '../../tap/index.js';
import type { CampaignSet } from './campaign-schema.js';
import { lastsOverDays } from './ride.js';
import { dayAfter, serviceDayOf, serviceDayStart, weekOf } from './service-day.js';
import { type Tariffs, tariffSetOf } from './tariff-set.js';

/** Instants, `to` exclusive. */
export interface PricingWindow {
  readonly from: string;
  readonly to: string;
}

const EVER: PricingWindow = { from: '0001-01-01T00:00:00Z', to: '9999-12-31T23:59:59Z' };

/**
 * The span in which a card's taps of one service decide a price together with a tap of it; prices of what lies outside
 * neither change it nor are changed by it. Services do not touch each other. A ride and its transfers end with the
 * service day, a quota or a cap with its period; a stay may last for ever, and so may a quota of a campaign.
 */
export function pricingWindow(
  tariffs: Tariffs,
  { campaigns }: CampaignSet,
  { service, at }: { readonly service: Service; readonly at: string },
): PricingWindow {
  const periods = new Set([
    ...tariffSetOf(tariffs)
      .versions.flatMap(({ caps }) => caps)
      .filter((cap) => cap.service === service)
      .map(({ per }) => per),
    ...campaigns.filter((campaign) => campaign.service === service).flatMap(({ quota }) => quota?.per ?? []),
  ]);
  // Weeks reach into two months and months into many weeks: together they know no bound.
  const isEndless = periods.has('campaign') || (periods.has('week') && periods.has('month'));
  if (isEndless || lastsOverDays(service)) return EVER;
  const day = serviceDayOf(tariffs, at);
  const { first, last } = periods.has('month') ? monthOf(day) : periods.has('week') ? weekAround(day) : onlyThat(day);
  return { from: serviceDayStart(tariffs, first), to: serviceDayStart(tariffs, dayAfter(last)) };
}

interface Days {
  readonly first: string;
  readonly last: string;
}

const onlyThat = (day: string): Days => ({ first: day, last: day });

const weekAround = (day: string): Days => ({ first: weekOf(day), last: dayAfter(weekOf(day), 6) });

function monthOf(day: string): Days {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { first: `${day.slice(0, 8)}01`, last: `${day.slice(0, 8)}${String(last).padStart(2, '0')}` };
}
