import type { Kysely } from 'kysely';
import { groupBy } from '../../group-by.js';
import type { LedgerAccount, LedgerTransactionsTable, Tables } from '../../storage/index.js';

export interface TransactionView {
  readonly id: string;
  readonly kind: LedgerTransactionsTable['kind'];
  /** In whose settlement it goes. */
  readonly serviceDay: string;
  readonly at: string;
  readonly by: string;
  readonly reason: string;
  readonly cardToken?: string;
  readonly journeyId?: string;
  /** They sum to zero: what is owed to us is above, what we owe below. */
  readonly entries: readonly {
    readonly account: LedgerAccount;
    readonly party?: string;
    readonly operator?: string;
    readonly amountFen: number;
  }[];
}

export async function readTransaction(kysely: Kysely<Tables>, id: string): Promise<TransactionView | undefined> {
  const rows = await kysely.selectFrom('ledger_transactions').selectAll().where('id', '=', id).execute();
  return (await toTransactionViews(kysely, rows))[0];
}

export interface TransactionQuery {
  readonly limit: number;
  readonly after?: { readonly atMs: number; readonly id: string } | undefined;
  readonly cardToken?: string | undefined;
  readonly kind?: LedgerTransactionsTable['kind'] | undefined;
}

/** In the order in which they were written. */
export async function readTransactions(kysely: Kysely<Tables>, query: TransactionQuery): Promise<TransactionView[]> {
  let select = kysely.selectFrom('ledger_transactions').selectAll().orderBy('at_ms').orderBy('id').limit(query.limit);
  const { after, cardToken, kind } = query;
  if (cardToken !== undefined) select = select.where('card_token', '=', cardToken);
  if (kind !== undefined) select = select.where('kind', '=', kind);
  if (after) {
    select = select.where(({ eb, refTuple, tuple }) => eb(refTuple('at_ms', 'id'), '>', tuple(after.atMs, after.id)));
  }
  return toTransactionViews(kysely, await select.execute());
}

async function toTransactionViews(
  kysely: Kysely<Tables>,
  rows: readonly LedgerTransactionsTable[],
): Promise<TransactionView[]> {
  if (rows.length === 0) return [];
  const entries = await kysely
    .selectFrom('ledger_entries')
    .selectAll()
    .where(
      'transaction_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('line')
    .execute();
  const entriesOf = groupBy(entries, ({ transaction_id }) => transaction_id);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    serviceDay: row.service_day,
    at: new Date(row.at_ms).toISOString(),
    by: row.by,
    reason: row.reason,
    ...(row.card_token !== null && { cardToken: row.card_token }),
    ...(row.journey_id !== null && { journeyId: row.journey_id }),
    entries: (entriesOf.get(row.id) ?? []).map(({ account, party, operator, amount_fen }) => ({
      account,
      ...(party !== '' && { party }),
      ...(operator !== '' && { operator }),
      amountFen: amount_fen,
    })),
  }));
}
