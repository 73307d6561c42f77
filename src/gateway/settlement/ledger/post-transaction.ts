import { sql, type Transaction } from 'kysely';
import type { LedgerTransactionsTable, Tables } from '../../storage/index.js';
import { balanced, type LedgerLine } from './ledger-line.js';

export interface Posting extends Omit<LedgerTransactionsTable, 'at_ms'> {
  readonly at: Date;
  readonly lines: readonly LedgerLine[];
}

/** Somebody else has written a transaction of this id in the meantime; it is known by now. */
export class TransactionTaken extends Error {
  override readonly name = 'TransactionTaken';
  readonly code = 'transaction-taken';

  constructor(readonly id: string) {
    super(`another process has just written transaction ${id}`);
  }
}

/**
 * Writes a transaction and its entries, and what cards owe after it. The service days are locked (shared) and its day is
 * open, unless it settles the day. Throws TransactionTaken, and RangeError where the lines do not sum to zero.
 */
export async function postTransaction(transaction: Transaction<Tables>, posting: Posting): Promise<void> {
  const { at, lines, ...row } = posting;
  const moved = balanced(lines);
  if (moved.length === 0) throw new RangeError(`transaction ${row.id} moves nothing`);
  const known = await transaction.selectFrom('ledger_transactions').select('id').where('id', '=', row.id).execute();
  if (known.length > 0) throw new TransactionTaken(row.id);
  const written = await transaction
    .insertInto('ledger_entries')
    .values(
      moved.map(({ account, party, operator, amountFen }, index) => ({
        transaction_id: row.id,
        line: index + 1,
        account,
        party,
        operator,
        service_day: row.service_day,
        amount_fen: amountFen,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('line')
    .execute();
  if (written.length < moved.length) throw new TransactionTaken(row.id);
  await transaction
    .insertInto('ledger_transactions')
    .values({ ...row, at_ms: at.getTime() })
    .execute();
  for (const { account, party, amountFen } of [...moved].sort(byParty)) {
    if (account === 'card' && party !== '') await addToCard(transaction, party, amountFen);
  }
}

/** One order everywhere, so that two transactions never wait for each other's card. */
const byParty = (one: LedgerLine, other: LedgerLine): number =>
  one.party < other.party ? -1 : one.party > other.party ? 1 : 0;

/** Holds a card's account until the transaction ends, and tells what the card owes; below zero what it is owed. */
export async function holdCard(transaction: Transaction<Tables>, cardToken: string): Promise<number> {
  return addToCard(transaction, cardToken, 0);
}

async function addToCard(transaction: Transaction<Tables>, cardToken: string, amountFen: number): Promise<number> {
  const { due_fen } = await transaction
    .insertInto('card_accounts')
    .values({ card_token: cardToken, due_fen: amountFen })
    .onConflict((conflict) =>
      conflict.column('card_token').doUpdateSet({
        due_fen: sql<number>`card_accounts.due_fen + excluded.due_fen`,
      }),
    )
    .returning('due_fen')
    .executeTakeFirstOrThrow();
  return due_fen;
}
