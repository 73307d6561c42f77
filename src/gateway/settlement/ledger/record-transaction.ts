import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import { canonicalJson } from '../../../tap/index.js';
import { bookingDay, readClosedDays } from '../../intake/index.js';
import type { LedgerTransactionsTable, Tables } from '../../storage/index.js';
import { type Refused, refused, type SettlementOptions } from '../settlement-options.js';
import type { LedgerLine } from './ledger-line.js';
import { postTransaction, TransactionTaken } from './post-transaction.js';
import { readTransaction, type TransactionView } from './transaction-view.js';

export interface LedgerOptions extends SettlementOptions {
  /** The service day of an instant with its offset. */
  readonly dayOf: (instant: string) => string;
  /** Who does it: the id of an API key, or `command-line`. */
  readonly by: string;
}

/** `exists`: the same was asked before under this id, and this is what was written then. */
export interface RecordedTransaction {
  readonly result: 'created' | 'exists';
  readonly transaction: TransactionView;
}

export interface TransactionRequest {
  /** Made by the client, and the same when it asks again. */
  readonly id: string;
  readonly kind: LedgerTransactionsTable['kind'];
  readonly reason: string;
  readonly cardToken?: string | undefined;
  readonly journeyId?: string | undefined;
  /** All that was asked: the same id with other content is a conflict. */
  readonly content: unknown;
}

/** What a request comes to as the books stand; it may read and hold what it needs. */
export type LinesOf = (transaction: Transaction<Tables>) => Promise<PlannedTransaction | Refused>;

export interface PlannedTransaction {
  readonly lines: readonly LedgerLine[];
  /** Where the request names only the journey. */
  readonly cardToken?: string;
}

const ATTEMPTS_MAX = 10;

/**
 * Writes a transaction of the ledger once, however often it is asked for, on the first day that is open. What it comes to
 * is worked out when the day is locked against closing.
 */
export async function recordTransaction(
  options: LedgerOptions,
  request: TransactionRequest,
  linesOf: LinesOf,
): Promise<RecordedTransaction | Refused> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await options.database.inTransaction((transaction) => writeOnce(transaction, options, request, linesOf));
    } catch (error) {
      if (!(error instanceof TransactionTaken) || attempt === ATTEMPTS_MAX) throw error;
    }
  }
}

async function writeOnce(
  transaction: Transaction<Tables>,
  { database, clock, dayOf, by }: LedgerOptions,
  request: TransactionRequest,
  linesOf: LinesOf,
): Promise<RecordedTransaction | Refused> {
  const { id, kind, reason, cardToken, journeyId, content } = request;
  await database.lockServiceDays(transaction, 'shared');
  const content_hash = createHash('sha256').update(canonicalJson({ kind, content })).digest('hex');
  const known = await transaction
    .selectFrom('ledger_transactions')
    .select('content_hash')
    .where('id', '=', id)
    .executeTakeFirst();
  if (known && known.content_hash !== content_hash) {
    return refused('transaction-conflict', 'another transaction bears this id');
  }
  if (known) return { result: 'exists', transaction: (await readTransaction(transaction, id))! };
  const planned = await linesOf(transaction);
  if ('code' in planned) return planned;
  const at = clock();
  await postTransaction(transaction, {
    id,
    kind,
    service_day: bookingDay(dayOf(at.toISOString()), await readClosedDays(transaction)),
    at,
    by,
    reason,
    card_token: cardToken ?? planned.cardToken ?? null,
    journey_id: journeyId ?? null,
    content_hash,
    lines: planned.lines,
  });
  return { result: 'created', transaction: (await readTransaction(transaction, id))! };
}
