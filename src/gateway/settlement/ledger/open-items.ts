import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../storage/index.js';

/** A journey of which more was given back than it is booked with now: it was priced again after its refund. */
export interface OverCredit {
  readonly journeyId: string;
  readonly cardToken: string;
  readonly operator: string;
  /** By card and sponsors together. */
  readonly bookedFen: number;
  readonly returnedFen: number;
  /** What the card has too much, and what sponsors have. */
  readonly cardOverFen: number;
  readonly sponsorOverFen: number;
}

/** What a card paid at a tap that belongs to no journey, as far as no refund or correction of that tap has booked it. */
export interface RefusedDebit {
  readonly tapId: string;
  readonly cardToken: string;
  readonly cardMask: string;
  readonly operator: string;
  readonly terminal: string;
  readonly sequence: number;
  readonly at: string;
  readonly serviceDay: string;
  readonly reason: string;
  readonly debitedFen: number;
  readonly openFen: number;
  readonly receivedAt: string;
}

export interface OverCreditQuery {
  readonly limit: number;
  /** The journey behind which it goes on. */
  readonly after?: string | undefined;
  readonly operator?: string | undefined;
}

export interface RefusedDebitQuery {
  readonly limit: number;
  readonly after?: { readonly atMs: number; readonly id: string } | undefined;
  readonly operator?: string | undefined;
  readonly serviceDay?: string | undefined;
}

/**
 * What refunds and corrections that name a journey gave back of it, and what it is booked with, by who pays. What is given
 * up is the card's no longer.
 */
const SHARES = sql`
  select journey_id, case account when 'write-off' then 'card' else account end as account,
    case account when 'card' then '' else party end as payer, 0 as booked, -amount_fen as returned, '' as token,
    '' as operator
  from ledger_transactions join ledger_entries on ledger_entries.transaction_id = ledger_transactions.id
  where journey_id is not null and account in ('card', 'sponsor', 'write-off')
  union all
  select charges.journey_id, entries.account, entries.sponsor, entries.amount_fen, 0, charges.card_token, charges.operator
  from charges join entries on entries.service_day = charges.service_day and entries.operator = charges.operator
    and entries.journey_id = charges.journey_id and entries.revision = charges.revision
    and entries.card_token = charges.card_token and entries.account <> 'fare'
  where charges.journey_id in (select journey_id from ledger_transactions where journey_id is not null)
  union all
  select id, 'card', '', amount_fen, 0, card_token, operator from taps
  where journey_id is null and id in (select journey_id from ledger_transactions where journey_id is not null)`;

const OVER_CREDITS = sql`(
  select journey_id, max(token) as token, max(operator) as operator, cast(sum(booked) as bigint) as booked,
    cast(sum(returned) as bigint) as returned,
    cast(sum(case when account = 'card' and returned > booked then returned - booked else 0 end) as bigint) as card_over,
    cast(sum(case when account = 'sponsor' and returned > booked then returned - booked else 0 end) as bigint)
      as sponsor_over
  from (
    select journey_id, account, payer, sum(booked) as booked, sum(returned) as returned, max(token) as token,
      max(operator) as operator
    from (${SHARES}) as shares group by journey_id, account, payer
  ) as payers group by journey_id)`;

interface OverCreditRow {
  readonly journey_id: string;
  readonly token: string;
  readonly operator: string;
  readonly booked: number;
  readonly returned: number;
  readonly card_over: number;
  readonly sponsor_over: number;
}

/** In order of the journeys' ids. The cost is that of the refunds that there are, not of the journeys. */
export async function readOverCredits(kysely: Kysely<Tables>, query: OverCreditQuery): Promise<OverCredit[]> {
  const { limit, after = '', operator } = query;
  const ofOperator = operator === undefined ? sql`` : sql`and operator = ${operator}`;
  const { rows } = await sql<OverCreditRow>`select * from ${OVER_CREDITS} as credits
    where card_over + sponsor_over > 0 and journey_id > ${after} ${ofOperator}
    order by journey_id limit ${limit}`.execute(kysely);
  return rows.map((row) => ({
    journeyId: row.journey_id,
    cardToken: row.token,
    operator: row.operator,
    bookedFen: row.booked,
    returnedFen: row.returned,
    cardOverFen: row.card_over,
    sponsorOverFen: row.sponsor_over,
  }));
}

/** What of a refused tap's debit stands in the ledger by now. */
const BOOKED_DEBIT = sql<number>`coalesce((select sum(ledger_entries.amount_fen) from ledger_transactions
  join ledger_entries on ledger_entries.transaction_id = ledger_transactions.id
  where ledger_transactions.journey_id = taps.id and account = 'purse'), 0)`;

const REFUSED_DEBITS = sql`refusal is not null and journey_id is null and amount_fen > 0
  and amount_fen > ${BOOKED_DEBIT}`;

/** In order of their coming. */
export async function readRefusedDebits(kysely: Kysely<Tables>, query: RefusedDebitQuery): Promise<RefusedDebit[]> {
  const { limit, after, operator, serviceDay } = query;
  let select = kysely
    .selectFrom('taps')
    .select(['id', 'card_token', 'card_mask', 'operator', 'terminal', 'sequence', 'at', 'service_day', 'refusal'])
    .select(['amount_fen', 'received_at_ms'])
    .select(sql<number>`cast(amount_fen - ${BOOKED_DEBIT} as bigint)`.as('open_fen'))
    .where(sql<boolean>`${REFUSED_DEBITS}`)
    .orderBy('received_at_ms')
    .orderBy('id')
    .limit(limit);
  if (operator !== undefined) select = select.where('operator', '=', operator);
  if (serviceDay !== undefined) select = select.where('service_day', '=', serviceDay);
  if (after) {
    select = select.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('received_at_ms', 'id'), '>', tuple(after.atMs, after.id)),
    );
  }
  return (await select.execute()).map((row) => ({
    tapId: row.id,
    cardToken: row.card_token,
    cardMask: row.card_mask,
    operator: row.operator,
    terminal: row.terminal,
    sequence: row.sequence,
    at: row.at,
    serviceDay: row.service_day,
    reason: row.refusal ?? '',
    debitedFen: row.amount_fen,
    openFen: row.open_fen,
    receivedAt: new Date(row.received_at_ms).toISOString(),
  }));
}

/** What stands on no account until somebody has decided. */
export interface OpenItems {
  /** Cards and sponsors together have got so much more back than their journeys are booked with. */
  readonly overCreditedFen: number;
  /** Cards have paid so much at taps that were refused. */
  readonly refusedDebitsFen: number;
}

export async function sumOpenItems(kysely: Kysely<Tables>): Promise<OpenItems> {
  const { rows } = await sql<{ over: number; refused: number }>`select
    (select cast(coalesce(sum(card_over + sponsor_over), 0) as bigint) from ${OVER_CREDITS} as credits) as over,
    (select cast(coalesce(sum(amount_fen - ${BOOKED_DEBIT}), 0) as bigint) from taps where ${REFUSED_DEBITS}) as refused
    `.execute(kysely);
  return { overCreditedFen: rows[0]!.over, refusedDebitsFen: rows[0]!.refused };
}
