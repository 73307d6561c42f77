import type { Transaction } from 'kysely';
import { insertRows } from '../../intake/insert-rows.js';
import type { MembershipPolicy } from '../../membership/index.js';
import type { OfferClaimEventsTable } from '../../storage/benefit-tables.js';
import type { GatewayDatabase, Tables } from '../../storage/index.js';
import { decideEntitlement, type Person, readPersons } from '../entitlement/index.js';
import { entitlementRefusal } from './claim-refusal.js';
import { type ClaimRow, claimKey, readClaimRows } from './claim-row.js';
import { toClaimView } from './claim-view.js';
import type { ClaimAnswer, ClaimRequest } from './claims.js';
import { type ClaimDecision, decideClaim } from './decide-claim.js';
import { keepOfferState, lockOffers, type OfferState, readOfferStates } from './offer-state.js';

/** A claim with its place in the queue of this process. */
export interface ArrivedClaim extends ClaimRequest {
  readonly arrival: number;
  readonly atMs: number;
}

export interface ClaimOptions {
  readonly database: GatewayDatabase;
  readonly policy: MembershipPolicy;
  readonly clock: () => Date;
  /** Names this process in the books. */
  readonly gateway: string;
}

/**
 * Answers claims that came together, in the order in which they came. What can be answered by what is read (known
 * already, not open, gone) is answered so, without a lock and without a write; the rest in one transaction that holds
 * their offers.
 */
export async function claimTogether(
  options: ClaimOptions,
  claims: readonly ArrivedClaim[],
): Promise<readonly ClaimAnswer[]> {
  const { kysely } = options.database;
  const states = await readOfferStates(kysely, offersOf(claims));
  const known = await readClaimRows(kysely, claims);
  const glance = claims.map((claim) => glanceAt(claim, states, known));
  const open = claims.filter((_, index) => glance[index] === undefined);
  const judged = await judge(options, open, states);
  const entitled = open.filter((claim) => !judged.has(claim));
  const settled = entitled.length > 0 ? await settle(options, entitled) : new Map<ArrivedClaim, ClaimAnswer>();
  return claims.map((claim, index) => glance[index] ?? judged.get(claim) ?? settled.get(claim)!);
}

const offersOf = (claims: readonly ArrivedClaim[]): ReadonlySet<string> => new Set(claims.map(({ offer }) => offer));

/** The answer that needs no look at the member; `undefined` where the member may get something. */
function glanceAt(
  claim: ArrivedClaim,
  states: ReadonlyMap<string, OfferState>,
  known: ReadonlyMap<string, ClaimRow>,
): ClaimAnswer | undefined {
  const state = states.get(claim.offer);
  if (!state) return { result: 'offer-unknown' };
  return toAnswer(decideClaim({ state, claim: known.get(claimKey(claim)), item: claim.item, atMs: claim.atMs }));
}

function toAnswer(decision: ClaimDecision): ClaimAnswer | undefined {
  if (decision.outcome === 'exists') return { result: 'exists', claim: toClaimView(decision.claim) };
  return decision.outcome === 'refused' ? { result: 'refused', refusal: decision.refusal } : undefined;
}

/** Answers those who are not entitled at the instant of their claim. */
async function judge(
  { database, policy }: ClaimOptions,
  claims: readonly ArrivedClaim[],
  states: ReadonlyMap<string, OfferState>,
): Promise<ReadonlyMap<ArrivedClaim, ClaimAnswer>> {
  const members = [...new Set(claims.map(({ member }) => member))];
  const atMs = Math.max(0, ...claims.map((claim) => claim.atMs));
  const persons = await readPersons(database.kysely, members, { atMs });
  const answers = new Map<ArrivedClaim, ClaimAnswer>();
  for (const claim of claims) {
    const answer = refusalOf(claim, persons.get(claim.member), states.get(claim.offer)!, policy);
    if (answer) answers.set(claim, answer);
  }
  return answers;
}

function refusalOf(
  claim: ArrivedClaim,
  person: Person | undefined,
  { offer }: OfferState,
  policy: MembershipPolicy,
): ClaimAnswer | undefined {
  if (!person) return { result: 'member-unknown' };
  const at = new Date(claim.atMs).toISOString();
  const entitlement = decideEntitlement({ policy, person, conditions: offer.conditions, at });
  return entitlement.entitled ? undefined : { result: 'refused', refusal: entitlementRefusal(entitlement) };
}

/** Gives out what is left, in the order of arrival; whatever was read before is read again under the lock. */
function settle(
  options: ClaimOptions,
  claims: readonly ArrivedClaim[],
): Promise<ReadonlyMap<ArrivedClaim, ClaimAnswer>> {
  const { database, clock } = options;
  return database.inTransaction(async (transaction) => {
    const states = await lockOffers(database, transaction, offersOf(claims));
    const known = await readClaimRows(transaction, claims);
    const fresh = new Map<string, ClaimRow>();
    const again = new Map<string, ClaimRow>();
    const by = new Map<string, string>();
    const answers = new Map<ArrivedClaim, ClaimAnswer>();
    for (const claim of claims) {
      const state = states.get(claim.offer)!;
      const before = known.get(claimKey(claim));
      const decision = decideClaim({ state, claim: before, item: claim.item, atMs: claim.atMs });
      const answer = toAnswer(decision);
      if (answer) answers.set(claim, answer);
      if (decision.outcome !== 'claimed' && decision.outcome !== 'waiting') continue;
      const row = give(options, state, claim, decision, before);
      known.set(claimKey(claim), row);
      by.set(claimKey(claim), claim.by);
      (before ? again : fresh).set(claimKey(claim), row);
      answers.set(claim, { result: 'created', claim: toClaimView(row) });
    }
    await keep(transaction, { states, fresh, again, by, recordedAtMs: clock().getTime() });
    return answers;
  });
}

const HOUR_MS = 3_600_000;

/** Counts one more as taken or waited for, and gives it the next number. */
function give(
  { gateway }: ClaimOptions,
  state: OfferState,
  { offer, member, arrival, atMs }: ArrivedClaim,
  { outcome, item }: Extract<ClaimDecision, { outcome: 'claimed' | 'waiting' }>,
  before: ClaimRow | undefined,
): ClaimRow {
  const counted = state.items.get(item)!;
  if (outcome === 'claimed') counted.taken++;
  else counted.waiting++;
  state.lastNumber++;
  const { collectWithinHours: hours } = state.offer;
  return {
    offer,
    member,
    number: state.lastNumber,
    item,
    state: outcome,
    gateway,
    arrival,
    arrived_at_ms: atMs,
    expires_at_ms: outcome === 'claimed' && hours !== undefined ? atMs + hours * HOUR_MS : null,
    events: (before?.events ?? 0) + 1,
  };
}

interface Kept {
  readonly states: ReadonlyMap<string, OfferState>;
  readonly fresh: ReadonlyMap<string, ClaimRow>;
  readonly again: ReadonlyMap<string, ClaimRow>;
  readonly by: ReadonlyMap<string, string>;
  readonly recordedAtMs: number;
}

async function keep(transaction: Transaction<Tables>, { states, fresh, again, by, recordedAtMs }: Kept): Promise<void> {
  const rows = [...fresh.values(), ...again.values()];
  if (rows.length === 0) return;
  await insertRows(transaction, 'offer_claims', [...fresh.values()]);
  for (const { offer, member, ...changed } of again.values()) {
    const query = transaction.updateTable('offer_claims').set(changed);
    await query.where('offer', '=', offer).where('member', '=', member).execute();
  }
  const events = rows.map((row) => toEvent(row, by.get(claimKey(row)) ?? '', recordedAtMs));
  await insertRows(transaction, 'offer_claim_events', events);
  const touched = new Set(rows.map(({ offer }) => offer));
  for (const offer of touched) await keepOfferState(transaction, states.get(offer)!);
}

const toEvent = (row: ClaimRow, by: string, recordedAtMs: number): OfferClaimEventsTable => ({
  offer: row.offer,
  member: row.member,
  sequence: row.events,
  event: row.state,
  number: row.number,
  item: row.item,
  at_ms: row.arrived_at_ms,
  recorded_at_ms: recordedAtMs,
  by,
  reason: '',
});
