import { type ClaimRefusal, offerRefusal } from './claim-refusal.js';
import type { ClaimRow } from './claim-row.js';
import type { ItemState, OfferState } from './offer-state.js';

export type ClaimDecision =
  /** The member has one already, or waits for it. */
  | { readonly outcome: 'exists'; readonly claim: ClaimRow }
  | { readonly outcome: 'refused'; readonly refusal: ClaimRefusal }
  | { readonly outcome: 'claimed' | 'waiting'; readonly item: string };

export interface ClaimQuestion {
  readonly state: OfferState;
  /** What the member has of this offer. */
  readonly claim: ClaimRow | undefined;
  /** Which item is asked for; may be absent where there is one. */
  readonly item: string | undefined;
  /** When it arrived. */
  readonly atMs: number;
}

/**
 * What becomes of a claim by what is left of the offer, whoever the member is. Pure: the same state gives the same answer,
 * so that it can be asked without a lock first and again with it.
 */
export function decideClaim(question: ClaimQuestion): ClaimDecision {
  const { state, claim, atMs } = question;
  // One that has expired a moment ago is still counted as taken: it can be claimed again once it was given back.
  if (claim?.state === 'claimed' && claim.expires_at_ms !== null && claim.expires_at_ms <= atMs) {
    return refused('claim-given-back');
  }
  const isGivenBack = claim?.state === 'cancelled' || claim?.state === 'expired';
  if (claim && !isGivenBack) return { outcome: 'exists', claim };
  if (isGivenBack && !state.offer.claimAgain) return refused('claim-given-back');
  if (atMs < state.opensAtMs) return refused('offer-not-open', { opens: state.offer.opens });
  if (atMs >= state.closesAtMs) return refused('offer-over', { closes: new Date(state.closesAtMs).toISOString() });
  return decideItem(question);
}

const refused = (...refusal: Parameters<typeof offerRefusal>): ClaimDecision => ({
  outcome: 'refused',
  refusal: offerRefusal(...refusal),
});

function decideItem({ state, item: asked }: ClaimQuestion): ClaimDecision {
  const names = [...state.items.keys()];
  const item = asked ?? (names.length === 1 ? names[0] : undefined);
  const known = { items: names.join(', ') };
  if (item === undefined) return refused('item-not-named', known);
  const counted = state.items.get(item);
  if (!counted) return refused('item-unknown', known);
  if (counted.taken < counted.quota) return { outcome: 'claimed', item };
  if (waitingIn(state.items) < state.offer.waitingPlaces) return { outcome: 'waiting', item };
  return refused('sold-out', { quota: counted.quota });
}

const waitingIn = (items: ReadonlyMap<string, ItemState>): number =>
  [...items.values()].reduce((sum, { waiting }) => sum + waiting, 0);
