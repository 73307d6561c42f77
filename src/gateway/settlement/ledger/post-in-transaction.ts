import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import { canonicalJson } from '../../../tap/index.js';
import { bookingDay, readClosedDays } from '../../intake/index.js';
import type { LedgerTransactionsTable, Tables } from '../../storage/index.js';
import type { LedgerLine } from './ledger-line.js';
import { postTransaction } from './post-transaction.js';
import type { LedgerOptions } from './record-transaction.js';

export interface InnerPosting {
  /** One that no client can make: with a colon. */
  readonly id: string;
  readonly kind: LedgerTransactionsTable['kind'];
  readonly reason: string;
  readonly cardToken?: string | undefined;
  readonly lines: readonly LedgerLine[];
}

/**
 * Writes a transaction of the ledger, on the first day that is open, within a transaction of another room: both happen or
 * neither. Throws TransactionTaken, and RangeError where the lines do not sum to zero.
 */
export async function postInTransaction(
  transaction: Transaction<Tables>,
  { database, clock, dayOf, by }: LedgerOptions,
  { id, kind, reason, cardToken, lines }: InnerPosting,
): Promise<void> {
  await database.lockServiceDays(transaction, 'shared');
  const at = clock();
  await postTransaction(transaction, {
    id,
    kind,
    service_day: bookingDay(dayOf(at.toISOString()), await readClosedDays(transaction)),
    at,
    by,
    reason,
    card_token: cardToken ?? null,
    journey_id: null,
    content_hash: createHash('sha256').update(canonicalJson({ kind, lines })).digest('hex'),
    lines,
  });
}
