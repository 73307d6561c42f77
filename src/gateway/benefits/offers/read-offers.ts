import type { Kysely } from 'kysely';
import type { Tables } from '../../storage/index.js';
import { readOfferStates } from './offer-state.js';
import { type OfferView, toOfferView } from './offer-view.js';

interface OffersQuery {
  readonly state?: OfferView['state'] | undefined;
  /** At most so many. */
  readonly limit: number;
  /** Behind this offer. */
  readonly after?: { readonly opensAtMs: number; readonly offer: string } | undefined;
}

/** Offers, those that open first before the others, as they stand at an instant. */
export async function readOffers(
  kysely: Kysely<Tables>,
  { state, limit, after }: OffersQuery,
  at: Date,
): Promise<readonly OfferView[]> {
  const nowMs = at.getTime();
  let query = kysely.selectFrom('offers').select('offer').orderBy('opens_at_ms').orderBy('offer').limit(limit);
  if (after) {
    query = query.where(({ and, eb, or }) =>
      or([
        eb('opens_at_ms', '>', after.opensAtMs),
        and([eb('opens_at_ms', '=', after.opensAtMs), eb('offer', '>', after.offer)]),
      ]),
    );
  }
  if (state !== undefined) {
    query = query.where(({ and, eb, not, or }) => {
      const isOver = or([eb('closed_at_ms', '<=', nowMs), eb('closes_at_ms', '<=', nowMs)]);
      // Empty columns compare as unknown, which `not` would keep out.
      const isNotOver = and([
        or([eb('closed_at_ms', 'is', null), not(eb('closed_at_ms', '<=', nowMs))]),
        or([eb('closes_at_ms', 'is', null), not(eb('closes_at_ms', '<=', nowMs))]),
      ]);
      if (state === 'over') return isOver;
      return and([isNotOver, eb('opens_at_ms', state === 'open' ? '<=' : '>', nowMs)]);
    });
  }
  const rows = await query.execute();
  const states = await readOfferStates(kysely, new Set(rows.map(({ offer }) => offer)));
  return rows.map(({ offer }) => toOfferView(states.get(offer)!, at));
}

/** One offer as it stands at an instant. */
export async function readOffer(kysely: Kysely<Tables>, offer: string, at: Date): Promise<OfferView | undefined> {
  const state = (await readOfferStates(kysely, new Set([offer]))).get(offer);
  return state && toOfferView(state, at);
}
