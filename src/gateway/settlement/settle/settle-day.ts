import type { Kysely, Transaction } from 'kysely';
import type { Tables } from '../../storage/index.js';
import { publish } from '../../webhooks/index.js';
import { readBookings } from '../file/read-bookings.js';
import { readTransactionLines } from '../file/read-transaction-lines.js';
import type { SettlementView } from '../settlement.js';
import { type Refused, refused, type SettlementOptions } from '../settlement-options.js';
import { DayPosting } from './day-posting.js';
import type { DraftSettlement } from './draft-settlement.js';
import { lastOfParty } from './last-of-party.js';
import { Overtaken, unlessOvertaken } from './overtaken.js';
import { PartyDrafts } from './party-drafts.js';
import { beginCardPosting, postCards } from './post-cards.js';
import { readMovedParties, readOperators } from './read-parties.js';
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
 * the ledger: once, whoever asks and however often. The long reading goes beside the bookings, and what cards owe is
 * posted in short transactions: nobody who taps waits. What a stop left unposted is posted when a day is settled next.
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
      await postCards(database, signal);
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

async function settledBefore({ database, serviceDay, signal }: SettleDayRequest): Promise<SettledDay> {
  await postCards(database, signal);
  return { result: 'exists', serviceDay, settlements: await readSettlementsOfDay(database.kysely, serviceDay) };
}

/**
 * One reading of the day for all parties: the charges of each operator, whose sponsors are met on the way, then what the
 * ledger has of each.
 */
async function draftDay(kysely: Kysely<Tables>, request: SettleDayRequest) {
  const { database, serviceDay } = request;
  const posting = new DayPosting();
  const drafts = new PartyDrafts(database.kysely, serviceDay);
  const read = countLines(request);
  for (const operator of await readOperators(kysely, serviceDay)) {
    for await (const page of readBookings(kysely, serviceDay, operator)) {
      await drafts.meet(operator, page);
      for (const booking of page) {
        for (const [draft, line] of drafts.linesOf(booking)) {
          draft.add(line);
          posting.add(draft.head, line);
        }
      }
      read(page.length);
    }
  }
  for (const [kind, party] of await readMovedParties(kysely, serviceDay)) await drafts.begin(kind, party);
  for (const draft of drafts.all()) {
    for await (const line of readTransactionLines(kysely, draft.head)) draft.add(line);
  }
  return { drafts: drafts.all().map((draft) => draft.finish()), posting };
}

function countLines({ onLines, signal }: SettleDayRequest): (lines: number) => void {
  let read = 0;
  return (lines) => {
    read += lines;
    signal?.throwIfAborted();
    onLines?.(read);
  };
}

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
  await beginCardPosting(transaction, serviceDay);
  return 'created';
}
