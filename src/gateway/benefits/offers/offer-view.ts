import type { Offer } from './offer-schema.js';
import type { OfferState } from './offer-state.js';

export interface OfferView extends Omit<Offer, 'items'> {
  readonly state: 'upcoming' | 'open' | 'over';
  readonly items: readonly (Offer['items'][number] & { readonly left: number; readonly waiting: number })[];
  readonly publishedAt: string;
  readonly by: string;
  /** When it was closed before its time, and why. */
  readonly closed?: { readonly at: string; readonly by: string; readonly reason: string };
}

/** An offer as it stands at an instant. */
export function toOfferView({ offer, row, items, opensAtMs, closesAtMs }: OfferState, at: Date): OfferView {
  const atMs = at.getTime();
  const { closed_at_ms, closed_by, closed_reason, recorded_at_ms, by } = row;
  return {
    ...offer,
    items: offer.items.map((item) => {
      const { quota, taken, waiting } = items.get(item.item)!;
      return { ...item, left: quota - taken, waiting };
    }),
    state: atMs >= closesAtMs ? 'over' : atMs < opensAtMs ? 'upcoming' : 'open',
    publishedAt: new Date(recorded_at_ms).toISOString(),
    by,
    ...(closed_at_ms !== null && {
      closed: { at: new Date(closed_at_ms).toISOString(), by: closed_by ?? '', reason: closed_reason ?? '' },
    }),
  };
}
