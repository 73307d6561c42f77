import { onceFor } from '../../../emv/once-for.js';
import type { Service } from '../../tap/index.js';
import { type CampaignSet, type PricingWindow, pricingWindow, type Tariffs } from '../fares/index.js';
import { groupBy } from '../group-by.js';

/** What of a card and a service is priced together: instants in milliseconds since 1970, `to_ms` exclusive. */
export interface Span {
  readonly card_token: string;
  readonly service: Service;
  readonly from_ms: number;
  readonly to_ms: number;
}

export const SPAN_COLUMNS = { card_token: 'text', service: 'text', from_ms: 'bigint', to_ms: 'bigint' } as const;

/** Behind every tap. */
export const END_MS = Date.parse('9999-12-31T23:59:59Z');

export const isIn = ({ from_ms, to_ms }: Span, ms: number): boolean => from_ms <= ms && ms < to_ms;

/** The whole days that are priced together with a tap. */
export function spanOf(
  tariff: Tariffs,
  campaigns: CampaignSet,
  {
    cardToken: card_token,
    service,
    at,
  }: { readonly cardToken: string; readonly service: Service; readonly at: string },
): Span {
  const { from_ms, to_ms } = instantsOf(pricingWindow(tariff, campaigns, { service, at }));
  return { card_token, service, from_ms, to_ms };
}

const instantsOf = onceFor(({ from, to }: PricingWindow) => ({ from_ms: Date.parse(from), to_ms: Date.parse(to) }));

/** The same, those that touch as one; in order for each card and service. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  if (spans.length < 2) return [...spans];
  return [...groupBy(spans, ({ card_token, service }) => `${service} ${card_token}`).values()].flatMap((of) => {
    const merged: Span[] = [];
    for (const span of of.sort((one, other) => one.from_ms - other.from_ms)) {
      const last = merged.at(-1);
      if (last && span.from_ms <= last.to_ms)
        merged[merged.length - 1] = { ...last, to_ms: Math.max(last.to_ms, span.to_ms) };
      else merged.push(span);
    }
    return merged;
  });
}
