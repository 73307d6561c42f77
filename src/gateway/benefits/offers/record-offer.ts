import { createHash } from 'node:crypto';
import type { GatewayDatabase } from '../../storage/index.js';
import type { Offer } from './offer-schema.js';
import { lockOffers, readOfferStates } from './offer-state.js';
import { type OfferView, toOfferView } from './offer-view.js';

interface OfferOptions {
  readonly database: GatewayDatabase;
  readonly clock: () => Date;
}

export type OfferRecorded =
  | { readonly result: 'created' | 'exists'; readonly offer: OfferView }
  | { readonly result: 'conflict' };

/** Publishes an offer. The same again is known; another one under the same name is a conflict: an offer never changes. */
export function recordOffer(
  { database, clock }: OfferOptions,
  { offer, by }: { readonly offer: Offer; readonly by: string },
): Promise<OfferRecorded> {
  const definition = JSON.stringify(offer);
  const content_hash = createHash('sha256').update(definition).digest('hex');
  return database.inTransaction(async (transaction) => {
    const now = clock();
    const row = {
      offer: offer.offer,
      definition,
      content_hash,
      opens_at_ms: Date.parse(offer.opens),
      closes_at_ms: offer.closes === undefined ? null : Date.parse(offer.closes),
      recorded_at_ms: now.getTime(),
      by,
      closed_at_ms: null,
      closed_by: null,
      closed_reason: null,
      last_number: 0,
    };
    const inserted = await transaction
      .insertInto('offers')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .returning('offer')
      .execute();
    if (inserted.length > 0) {
      const items = offer.items.map(({ item, quota }) => ({ offer: offer.offer, item, quota, taken: 0, waiting: 0 }));
      await transaction.insertInto('offer_items').values(items).execute();
    }
    const state = (await readOfferStates(transaction, new Set([offer.offer]))).get(offer.offer)!;
    if (state.row.content_hash !== content_hash) return { result: 'conflict' };
    return { result: inserted.length > 0 ? 'created' : 'exists', offer: toOfferView(state, now) };
  });
}

/** Closes an offer before its time: nobody gets a number any more, claims stay as they are. `undefined`: no such offer. */
export function closeOffer(
  { database, clock }: OfferOptions,
  { offer, by, reason }: { readonly offer: string; readonly by: string; readonly reason: string },
): Promise<OfferView | undefined> {
  return database.inTransaction(async (transaction) => {
    const now = clock();
    const known = (await lockOffers(database, transaction, new Set([offer]))).get(offer);
    if (!known) return undefined;
    if (known.row.closed_at_ms === null) {
      const closed = { closed_at_ms: now.getTime(), closed_by: by, closed_reason: reason };
      await transaction.updateTable('offers').set(closed).where('offer', '=', offer).execute();
    }
    return toOfferView((await readOfferStates(transaction, new Set([offer]))).get(offer)!, now);
  });
}
