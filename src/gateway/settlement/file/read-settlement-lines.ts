import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../storage/index.js';
import type { SettlementHead, SettlementLine } from '../settlement.js';

/** Rows that are fetched together. */
const ROWS_TOGETHER = 500;

const whole = (sum: ReturnType<typeof sql.raw>, name: string) => sql<number>`cast(sum(${sum}) as bigint)`.as(name);

const of = (account: string, sign: '' | '-' = '') =>
  sql.raw(`case when account = '${account}' then ${sign}amount_fen else 0 end`);

/**
 * The lines of a settlement in the order of its files, as they are read: charges by journey and revision, then
 * transactions. Bounded memory; the day is closed, so that they are the same at any time.
 */
export async function* readSettlementLines(
  kysely: Kysely<Tables>,
  { partyKind, party, serviceDay }: Pick<SettlementHead, 'partyKind' | 'party' | 'serviceDay'>,
): AsyncGenerator<SettlementLine> {
  if (partyKind === 'operator') {
    yield* operatorCharges(kysely, serviceDay, party);
    yield* operatorTransactions(kysely, serviceDay, party);
  } else {
    yield* sponsorCharges(kysely, serviceDay, party);
    yield* sponsorTransactions(kysely, serviceDay, party);
  }
}

async function* operatorCharges(kysely: Kysely<Tables>, day: string, operator: string): AsyncGenerator<SettlementLine> {
  const rows = sql<{
    journey_id: string;
    revision: number;
    gross: number;
    card: number;
    sponsor: number;
    debited: number;
    kind: string;
    service: string;
  }>`(select journey_id, revision, cast(sum(gross) as bigint) as gross, cast(sum(card) as bigint) as card,
      cast(sum(sponsor) as bigint) as sponsor, cast(sum(debited) as bigint) as debited,
      max(kind) as kind, max(service) as service
    from (
      select journey_id, revision, ${of('fare', '-')} as gross, ${of('card')} as card, ${of('sponsor')} as sponsor,
        0 as debited, '' as kind, '' as service
      from entries where service_day = ${day} and operator = ${operator}
      union all
      select journey_id, revision, 0, 0, 0, debited_fen, kind, service
      from charges where service_day = ${day} and operator = ${operator}
    ) as booked group by journey_id, revision)`;
  const stream = kysely
    .selectFrom(rows.as('lines'))
    .selectAll()
    .orderBy('journey_id')
    .orderBy('revision')
    .stream(ROWS_TOGETHER);
  for await (const { journey_id, revision, kind, service, ...fen } of stream) {
    yield {
      record: 'charge',
      reference: journey_id,
      revision,
      kind,
      service,
      operator: '',
      grossFen: fen.gross,
      cardFen: fen.card,
      sponsorFen: fen.sponsor,
      otherFen: 0,
      debitedFen: fen.debited,
      reason: '',
    };
  }
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

async function* sponsorCharges(kysely: Kysely<Tables>, day: string, sponsor: string): AsyncGenerator<SettlementLine> {
  const stream = kysely
    .selectFrom('entries')
    .innerJoin('charges', (join) =>
      join
        .onRef('charges.card_token', '=', 'entries.card_token')
        .onRef('charges.journey_id', '=', 'entries.journey_id')
        .onRef('charges.revision', '=', 'entries.revision'),
    )
    .select(['entries.journey_id', 'entries.revision', 'entries.operator', 'amount_fen', 'kind', 'service'])
    .where('entries.service_day', '=', day)
    .where('account', '=', 'sponsor')
    .where('sponsor', '=', sponsor)
    .orderBy('entries.journey_id')
    .orderBy('entries.revision')
    .stream(ROWS_TOGETHER);
  for await (const { journey_id, revision, operator, amount_fen, kind, service } of stream) {
    const line = { record: 'charge' as const, reference: journey_id, revision, kind, service, operator };
    yield { ...line, ...NO_MONEY, sponsorFen: amount_fen, reason: '' };
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

const NO_MONEY = { grossFen: 0, cardFen: 0, sponsorFen: 0, otherFen: 0, debitedFen: 0 };

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
