import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../storage/index.js';
import type { SettlementHead, SettlementLine } from '../settlement.js';
import { NO_MONEY } from './booking-lines.js';

/** Rows that are fetched together. */
const ROWS_TOGETHER = 500;

const whole = (sum: ReturnType<typeof sql.raw>, name: string) => sql<number>`cast(sum(${sum}) as bigint)`.as(name);

const of = (account: string, sign: '' | '-' = '') =>
  sql.raw(`case when account = '${account}' then ${sign}amount_fen else 0 end`);

/** What the ledger has of a party on a day, in the order in which it was written. */
export function readTransactionLines(
  kysely: Kysely<Tables>,
  { partyKind, party, serviceDay }: Pick<SettlementHead, 'partyKind' | 'party' | 'serviceDay'>,
): AsyncGenerator<SettlementLine> {
  const read = partyKind === 'operator' ? operatorTransactions : sponsorTransactions;
  return read(kysely, serviceDay, party);
}

async function* operatorTransactions(
  kysely: Kysely<Tables>,
  day: string,
  operator: string,
): AsyncGenerator<SettlementLine> {
  const stream = transactionsOf(kysely, day)
    .select(whole(of('operator', '-'), 'gross'))
    .select(whole(of('card'), 'card'))
    .select(whole(of('sponsor'), 'sponsor'))
    .where('ledger_entries.operator', '=', operator)
    .groupBy(['ledger_transactions.at_ms', 'ledger_transactions.id', 'kind', 'reason'])
    .stream(ROWS_TOGETHER);
  for await (const { gross = 0, card = 0, sponsor = 0, ...row } of stream as AsyncIterable<TransactionRow>) {
    const other = gross - card - sponsor;
    yield { ...toLine(row), grossFen: gross, cardFen: card, sponsorFen: sponsor, otherFen: other };
  }
}

async function* sponsorTransactions(
  kysely: Kysely<Tables>,
  day: string,
  sponsor: string,
): AsyncGenerator<SettlementLine> {
  const stream = transactionsOf(kysely, day)
    .select('ledger_entries.operator')
    .select(whole(sql.raw('amount_fen'), 'sponsor'))
    .where('account', '=', 'sponsor')
    .where('party', '=', sponsor)
    .groupBy(['ledger_transactions.at_ms', 'ledger_transactions.id', 'kind', 'reason', 'ledger_entries.operator'])
    .orderBy('ledger_entries.operator')
    .stream(ROWS_TOGETHER);
  for await (const row of stream as AsyncIterable<TransactionRow>) {
    yield { ...toLine(row), operator: row.operator ?? '', sponsorFen: row.sponsor ?? 0 };
  }
}

interface TransactionRow {
  readonly id: string;
  readonly kind: string;
  readonly reason: string;
  readonly operator?: string;
  readonly gross?: number;
  readonly card?: number;
  readonly sponsor?: number;
}

const transactionsOf = (kysely: Kysely<Tables>, day: string) =>
  kysely
    .selectFrom('ledger_entries')
    .innerJoin('ledger_transactions', 'ledger_transactions.id', 'ledger_entries.transaction_id')
    .select(['ledger_transactions.id', 'kind', 'reason'])
    .where('ledger_entries.service_day', '=', day)
    .where('kind', '<>', 'settlement')
    .orderBy('ledger_transactions.at_ms')
    .orderBy('ledger_transactions.id');

const toLine = ({ id, kind, reason }: TransactionRow): SettlementLine => ({
  record: 'transaction',
  reference: id,
  revision: 0,
  kind,
  service: '',
  operator: '',
  ...NO_MONEY,
  reason,
});
