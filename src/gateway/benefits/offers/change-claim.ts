import type { Transaction } from 'kysely';
import type { OfferClaimEventsTable } from '../../storage/benefit-tables.js';
import type { GatewayDatabase, Tables } from '../../storage/index.js';
import { type ClaimRow, claimKey, readClaimRows } from './claim-row.js';
import transitions from './claim-transitions.json';
import { type ClaimView, toClaimView } from './claim-view.js';
import { keepOfferState, lockOffers, type OfferState } from './offer-state.js';

/** What may become of a claim. */
export type ClaimChange = keyof typeof transitions;

export interface ChangeClaim {
  readonly offer: string;
  readonly member: string;
  readonly change: Exclude<ClaimChange, 'promoted'>;
  readonly by: string;
  readonly reason: string;
}

export type ClaimChanged =
  | { readonly result: 'changed' | 'exists'; readonly claim: ClaimView }
  | { readonly result: 'not-from-here'; readonly claim: ClaimView }
  | { readonly result: 'claim-unknown' };

interface ChangeOptions {
  readonly database: GatewayDatabase;
  readonly clock: () => Date;
}

/**
 * Collects, cancels or lets expire. What is given back goes to who has waited longest, in the same transaction. The same
 * again changes nothing; a change that is not allowed from here is told.
 */
export function changeClaim(options: ChangeOptions, change: ChangeClaim): Promise<ClaimChanged> {
  const { database, clock } = options;
  return database.inTransaction(async (transaction) => {
    const states = await lockOffers(database, transaction, new Set([change.offer]));
    const state = states.get(change.offer);
    const claim = (await readClaimRows(transaction, [change])).get(claimKey(change));
    if (!state || !claim) return { result: 'claim-unknown' };
    const nowMs = clock().getTime();
    const current = claim.state === 'claimed' && isExpired(claim, nowMs) ? 'expired' : claim.state;
    const view = toClaimView({ ...claim, state: current });
    if (current === change.change) {
      if (current !== claim.state) await applyChange(transaction, state, claim, change, nowMs);
      return { result: 'exists', claim: view };
    }
    // What is due has expired above; what was claimed anew since somebody looked is not due.
    if (change.change === 'expired' || !(transitions[change.change].from as readonly string[]).includes(current)) {
      return { result: 'not-from-here', claim: view };
    }
    return { result: 'changed', claim: toClaimView(await applyChange(transaction, state, claim, change, nowMs)) };
  });
}

const isExpired = ({ expires_at_ms }: Pick<ClaimRow, 'expires_at_ms'>, nowMs: number): boolean =>
  expires_at_ms !== null && expires_at_ms <= nowMs;

type Change = Omit<ChangeClaim, 'offer' | 'member'>;

/** Writes down what became of a claim of an offer that is held. */
async function applyChange(
  transaction: Transaction<Tables>,
  state: OfferState,
  claim: ClaimRow,
  change: Change,
  nowMs: number,
): Promise<ClaimRow> {
  const changed = await writeChange(transaction, claim, { ...change, state: change.change }, nowMs);
  const counted = state.items.get(claim.item)!;
  if (claim.state === 'waiting') counted.waiting--;
  else if (change.change !== 'collected' && state.offer.givesBack) {
    counted.taken--;
    await promoteNext(transaction, state, claim.item, nowMs);
  }
  if (change.change !== 'collected') await keepOfferState(transaction, state);
  return changed;
}

const HOUR_MS = 3_600_000;

/** Who has waited longest for an item gets the one that is free again, unless the offer is over. */
async function promoteNext(
  transaction: Transaction<Tables>,
  state: OfferState,
  item: string,
  nowMs: number,
): Promise<void> {
  const counted = state.items.get(item)!;
  if (counted.waiting === 0 || nowMs >= state.closesAtMs) return;
  const next = await transaction
    .selectFrom('offer_claims')
    .selectAll()
    .where('offer', '=', state.offer.offer)
    .where('item', '=', item)
    .where('state', '=', 'waiting')
    .orderBy('number')
    .limit(1)
    .executeTakeFirst();
  if (!next) return;
  counted.waiting--;
  counted.taken++;
  const { collectWithinHours: hours } = state.offer;
  const expires_at_ms = hours === undefined ? null : nowMs + hours * HOUR_MS;
  const promotion = { change: 'promoted', state: 'claimed', by: 'gateway', reason: '' } as const;
  await writeChange(transaction, { ...next, expires_at_ms }, promotion, nowMs);
}

async function writeChange(
  transaction: Transaction<Tables>,
  claim: ClaimRow,
  {
    change,
    state,
    by,
    reason,
  }: { change: OfferClaimEventsTable['event']; state: ClaimRow['state']; by: string; reason: string },
  nowMs: number,
): Promise<ClaimRow> {
  const { offer, member, number, item, expires_at_ms } = claim;
  const events = claim.events + 1;
  const query = transaction.updateTable('offer_claims').set({ state, expires_at_ms, events });
  await query.where('offer', '=', offer).where('member', '=', member).execute();
  const happened = change === 'expired' ? (expires_at_ms ?? nowMs) : nowMs;
  const said = { event: change, number, item, at_ms: happened, recorded_at_ms: nowMs, by, reason };
  await transaction
    .insertInto('offer_claim_events')
    .values({ offer, member, sequence: events, ...said })
    .execute();
  return { ...claim, state, events };
}
