import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../storage/index.js';
import { hashSettlement } from '../file/hash-settlement.js';
import { readSettlements } from '../settle/read-settlements.js';
import type { SettlementView } from '../settlement.js';

/** Something in the books that cannot be. */
export interface BookFault {
  readonly kind:
    | 'charge-unbalanced'
    | 'transaction-unbalanced'
    | 'day-disagrees'
    | 'card-disagrees'
    | 'file-changed'
    | 'chain-broken';
  /** Journey, transaction, day, card token or settlement. */
  readonly place: string;
  readonly detail: string;
}

/** At most so many of a kind are told. */
const FAULTS_MAX = 20;

const SETTLEMENTS_TOGETHER = 100;

/**
 * Holds the whole books against themselves: every charge and transaction sums to zero, each settled day stands in the
 * ledger as in the journeys' entries, cards owe the sum of what was booked, and every file still has the bytes that it
 * had. Cost grows with the books; memory does not.
 */
export async function verifyBooks(kysely: Kysely<Tables>): Promise<BookFault[]> {
  return [
    ...(await unbalancedCharges(kysely)),
    ...(await unbalancedTransactions(kysely)),
    ...(await disagreeingDays(kysely)),
    ...(await disagreeingCards(kysely)),
    ...(await changedFiles(kysely)),
  ];
}

async function unbalancedCharges(kysely: Kysely<Tables>): Promise<BookFault[]> {
  const rows = await kysely
    .selectFrom('entries')
    .select(['journey_id', 'revision'])
    .select(sql<number>`cast(sum(amount_fen) as bigint)`.as('fen'))
    .groupBy(['card_token', 'journey_id', 'revision'])
    .having(sql<boolean>`sum(amount_fen) <> 0`)
    .limit(FAULTS_MAX)
    .execute();
  return rows.map(({ journey_id, revision, fen }) => ({
    kind: 'charge-unbalanced',
    place: `${journey_id}.${revision}`,
    detail: `sums to ${fen} fen`,
  }));
}

async function unbalancedTransactions(kysely: Kysely<Tables>): Promise<BookFault[]> {
  const rows = await kysely
    .selectFrom('ledger_entries')
    .select('transaction_id')
    .select(sql<number>`cast(sum(amount_fen) as bigint)`.as('fen'))
    .groupBy('transaction_id')
    .having(sql<boolean>`sum(amount_fen) <> 0`)
    .limit(FAULTS_MAX)
    .execute();
  return rows.map(({ transaction_id, fen }) => ({
    kind: 'transaction-unbalanced',
    place: transaction_id,
    detail: `sums to ${fen} fen`,
  }));
}

async function disagreeingDays(kysely: Kysely<Tables>): Promise<BookFault[]> {
  const { rows } = await sql<{ service_day: string; operator: string; account: string; fen: number }>`
    select service_day, operator, account, cast(sum(fen) as bigint) as fen from (
      select service_day, operator, case account when 'fare' then 'operator' else account end as account, amount_fen as fen
      from entries where service_day in (select service_day from settled_days)
      union all
      select service_day, operator, 'card', -debited_fen from charges
      where debited_fen <> 0 and service_day in (select service_day from settled_days)
      union all
      select service_day, operator, 'purse', debited_fen from charges
      where debited_fen <> 0 and service_day in (select service_day from settled_days)
      union all
      select ledger_entries.service_day, operator, account, -amount_fen from ledger_entries
      join ledger_transactions on ledger_transactions.id = ledger_entries.transaction_id
      where kind = 'settlement'
    ) as sides group by service_day, operator, account having sum(fen) <> 0 limit ${FAULTS_MAX}`.execute(kysely);
  return rows.map(({ service_day, operator, account, fen }) => ({
    kind: 'day-disagrees',
    place: service_day,
    detail: `${operator}, ${account}: the journeys’ entries are ${fen} fen more than the ledger`,
  }));
}

/** What of a settled day has been added to what cards owe. */
const POSTED = sql.raw(`join card_postings on card_postings.service_day = booked.service_day and (is_done = 1
  or (booked.operator, booked.journey_id, booked.revision)
    <= (card_postings.operator, card_postings.journey_id, card_postings.revision))`);

async function disagreeingCards(kysely: Kysely<Tables>): Promise<BookFault[]> {
  const { rows } = await sql<{ card_token: string; fen: number }>`
    select card_token, cast(sum(fen) as bigint) as fen from (
      select card_token, amount_fen as fen from entries as booked ${POSTED} where account = 'card'
      union all
      select card_token, -debited_fen from charges as booked ${POSTED} where debited_fen <> 0
      union all
      select party, amount_fen from ledger_entries where account = 'card' and party <> ''
      union all
      select card_token, -due_fen from card_accounts
    ) as sides group by card_token having sum(fen) <> 0 limit ${FAULTS_MAX}`.execute(kysely);
  return rows.map(({ card_token, fen }) => ({
    kind: 'card-disagrees',
    place: card_token,
    detail: `what was booked is ${fen} fen more than its account`,
  }));
}

async function changedFiles(kysely: Kysely<Tables>): Promise<BookFault[]> {
  const faults: BookFault[] = [];
  for (let after: { serviceDay: string; id: string } | undefined; ; ) {
    const settlements = await readSettlements(kysely, { limit: SETTLEMENTS_TOGETHER, after });
    for (const settlement of settlements) faults.push(...(await checkFiles(kysely, settlement)));
    const last = settlements.at(-1);
    if (!last || settlements.length < SETTLEMENTS_TOGETHER || faults.length >= FAULTS_MAX) return faults;
    after = { serviceDay: last.serviceDay, id: last.id };
  }
}

async function checkFiles(kysely: Kysely<Tables>, settlement: SettlementView): Promise<BookFault[]> {
  const { id, number, partyKind, party, files, resubmits } = settlement;
  const previous = { csv: files.csv.previousSha256, json: files.json.previousSha256 };
  const { sha256 } = await hashSettlement(kysely, { ...settlement, resubmits }, previous);
  const before = await kysely
    .selectFrom('settlements')
    .select(['csv_hash', 'json_hash'])
    .where('party_kind', '=', partyKind)
    .where('party', '=', party)
    .where('number', '=', number - 1)
    .executeTakeFirst();
  const faults: BookFault[] = [];
  if (sha256.csv !== files.csv.sha256 || sha256.json !== files.json.sha256) {
    faults.push({ kind: 'file-changed', place: id, detail: `${party}: its lines are no longer those that it had` });
  }
  if (previous.csv !== (before?.csv_hash ?? '') || previous.json !== (before?.json_hash ?? '')) {
    faults.push({ kind: 'chain-broken', place: id, detail: `${party}: the settlement before it has other files` });
  }
  return faults;
}
