import type { Kysely } from 'kysely';
import { type Reach, whereReachable } from '../../people/index.js';
import type { Tables } from '../../storage/index.js';
import type { ClaimRow } from './claim-row.js';
import { type ClaimEventView, type ClaimView, toClaimView, toEventView } from './claim-view.js';

export interface ClaimsQuery {
  readonly offer: string;
  readonly state?: ClaimRow['state'] | undefined;
  /** At most so many. */
  readonly limit: number;
  /** Behind this number. */
  readonly after?: number | undefined;
}

/** Claims of an offer in the order of their numbers, as far as somebody reaches. */
export async function readClaims(
  kysely: Kysely<Tables>,
  { offer, state, limit, after = 0 }: ClaimsQuery,
  reach: Reach,
): Promise<readonly ClaimView[]> {
  let query = kysely
    .selectFrom('offer_claims')
    .selectAll()
    .where('offer', '=', offer)
    .where('number', '>', after)
    .orderBy('number')
    .limit(limit);
  if (state !== undefined) query = query.where('state', '=', state);
  const rows = await whereReachable(query, reach, { member: 'offer_claims.member' }).execute();
  return rows.map(toClaimView);
}

export interface ClaimDetails extends ClaimView {
  /** Of those who wait: how many are before. */
  readonly before?: number;
  readonly events: readonly ClaimEventView[];
}

/** A member's claim with all that became of it. */
export async function readClaim(
  kysely: Kysely<Tables>,
  { offer, member }: { readonly offer: string; readonly member: string },
): Promise<ClaimDetails | undefined> {
  const row = await kysely
    .selectFrom('offer_claims')
    .selectAll()
    .where('offer', '=', offer)
    .where('member', '=', member)
    .executeTakeFirst();
  if (!row) return undefined;
  const events = await kysely
    .selectFrom('offer_claim_events')
    .selectAll()
    .where('offer', '=', offer)
    .where('member', '=', member)
    .orderBy('sequence')
    .execute();
  const before = row.state === 'waiting' ? await countBefore(kysely, row) : undefined;
  return { ...toClaimView(row), ...(before !== undefined && { before }), events: events.map(toEventView) };
}

async function countBefore(kysely: Kysely<Tables>, { offer, item, number }: ClaimRow): Promise<number> {
  const { count } = await kysely
    .selectFrom('offer_claims')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('offer', '=', offer)
    .where('item', '=', item)
    .where('state', '=', 'waiting')
    .where('number', '<', number)
    .executeTakeFirstOrThrow();
  return Number(count);
}
