import type { Kysely, Transaction } from 'kysely';
import type { Tables } from '../../storage/index.js';
import { publish } from '../../webhooks/index.js';
import { hashSettlement } from '../file/hash-settlement.js';
import type { SettlementView } from '../settlement.js';
import { type Refused, refused, type SettlementOptions } from '../settlement-options.js';
import { DayPosting, postCards } from './day-posting.js';
import { type DraftSettlement, headOf } from './draft-settlement.js';
import { lastOfParty } from './last-of-party.js';
import { Overtaken, unlessOvertaken } from './overtaken.js';
import { readParties } from './read-parties.js';
import { readSettlementsOfDay } from './read-settlements.js';
import { writeSettlement } from './write-settlement.js';

export interface SettledDay {
  /** `exists`: the day was settled before, and this is what was made then. */
  readonly result: 'created' | 'exists';
  readonly serviceDay: string;
  readonly settlements: readonly SettlementView[];
}

export interface SettleDayRequest extends SettlementOptions {
  readonly serviceDay: string;
  readonly by: string;
  /** Called as lines are read. */
  readonly onLines?: (lines: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes the settlements of a closed day, one for each operator and each sponsor with anything on it, and posts the day to
 * the ledger: once, whoever asks and however often. The long readings go beside the bookings and hold up nobody.
 */
export async function settleDay(request: SettleDayRequest): Promise<SettledDay | Refused> {
  const { database, serviceDay, signal } = request;
  const closed = await database.kysely
    .selectFrom('service_days')
    .select('service_day')
    .where('service_day', '=', serviceDay)
    .executeTakeFirst();
  if (!closed) return refused('service-day-open', `${serviceDay} is not closed; its books may still change`);
  for (;;) {
    signal?.throwIfAborted();
    if (await isSettled(database.kysely, serviceDay)) return settledBefore(request);
    const { drafts, posting } = await database.aside((kysely) => draftDay(kysely, request));
    const written = await unlessOvertaken(
      database.inTransaction((transaction) => writeDay(transaction, request, drafts, posting)),
    );
    if (written) {
      const settlements = await readSettlementsOfDay(database.kysely, serviceDay);
      return { result: written, serviceDay, settlements };
    }
  }
}

async function isSettled(kysely: Kysely<Tables>, serviceDay: string): Promise<boolean> {
  const row = await kysely
    .selectFrom('settled_days')
    .select('service_day')
    .where('service_day', '=', serviceDay)
    .executeTakeFirst();
  return row !== undefined;
}

async function settledBefore({ database, serviceDay }: SettleDayRequest): Promise<SettledDay> {
  return { result: 'exists', serviceDay, settlements: await readSettlementsOfDay(database.kysely, serviceDay) };
}

async function draftDay(kysely: Kysely<Tables>, { serviceDay, onLines, signal }: SettleDayRequest) {
  const posting = new DayPosting();
  const drafts: DraftSettlement[] = [];
  let read = 0;
  for (const [partyKind, party] of await readParties(kysely, serviceDay)) {
    const before = await lastOfParty(kysely, partyKind, party);
    const head = headOf(serviceDay, partyKind, party, before, undefined);
    const { totals, sha256 } = await hashSettlement(kysely, head, before.sha256, (line) => {
      posting.add(head, line);
      if (++read % LINES_TOGETHER !== 0) return;
      signal?.throwIfAborted();
      onLines?.(read);
    });
    drafts.push({ head, totals, sha256, before });
  }
  onLines?.(read);
  return { drafts, posting };
}

const LINES_TOGETHER = 10_000;

/** Throws Overtaken. */
async function writeDay(
  transaction: Transaction<Tables>,
  { serviceDay, clock, by }: SettleDayRequest,
  drafts: readonly DraftSettlement[],
  posting: DayPosting,
): Promise<'created' | 'exists'> {
  const at = clock();
  const taken = await transaction
    .insertInto('settled_days')
    .values({ service_day: serviceDay, settled_at_ms: at.getTime() })
    .onConflict((conflict) => conflict.doNothing())
    .returning('service_day')
    .execute();
  if (taken.length === 0) return 'exists';
  for (const { head, before } of drafts) {
    const last = await lastOfParty(transaction, head.partyKind, head.party);
    if (last.number === before.number) continue;
    throw new Overtaken();
  }
  for (const draft of drafts) {
    await writeSettlement(transaction, draft, by, at);
    const { id, party } = draft.head;
    const data = { settlementId: id, serviceDay, party, amountFen: draft.totals.amountFen };
    await publish(transaction, { type: 'settlement.created', subject: id, data, at });
  }
  await posting.write(transaction, serviceDay, by, at);
  await postCards(transaction, serviceDay);
  return 'created';
}
