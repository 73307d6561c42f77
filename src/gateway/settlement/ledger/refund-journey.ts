import { sql, type Transaction } from 'kysely';
import type { Tables } from '../../storage/index.js';
import { type Refused, refused } from '../settlement-options.js';
import type { LedgerLine } from './ledger-line.js';
import { holdCard } from './post-transaction.js';
import {
  type LedgerOptions,
  type PlannedTransaction,
  type RecordedTransaction,
  recordTransaction,
} from './record-transaction.js';
import { type JourneyShares, splitRefund } from './split-refund.js';

export interface RefundRequest {
  readonly id: string;
  /** Or the id of a tap that was refused, at which the card paid. */
  readonly journeyId: string;
  /** What the card gets back; all that is left of what it was booked with where it is absent. */
  readonly amountFen?: number | undefined;
  readonly reason: string;
}

/**
 * Gives back what a journey was booked with, or a part: the operator earns less, the card gets its share back on its
 * account and each sponsor pays less. It goes in the settlement of the first day that is open.
 */
export function refundJourney(options: LedgerOptions, request: RefundRequest): Promise<RecordedTransaction | Refused> {
  const { id, journeyId, amountFen, reason } = request;
  const content = { journeyId, amountFen, reason };
  return recordTransaction(options, { id, kind: 'refund', reason, journeyId, content }, (transaction) =>
    planRefund(transaction, request),
  );
}

async function planRefund(
  transaction: Transaction<Tables>,
  { journeyId, amountFen }: RefundRequest,
): Promise<PlannedTransaction | Refused> {
  const journey = await readBooked(transaction, journeyId);
  if (!journey) return planReturn(transaction, journeyId, amountFen);
  await holdCard(transaction, journey.cardToken);
  const before = await readRefunded(transaction, journeyId);
  const restFen = journey.shares.cardFen - before.cardFen;
  if (amountFen !== undefined && amountFen > restFen) {
    return refused('refund-too-large', `${restFen} fen are left to give back`);
  }
  const { cardFen, sponsors } = splitRefund(journey.shares, before, amountFen);
  const sponsorFen = [...sponsors.values()].reduce((sum, fen) => sum + fen, 0);
  if (cardFen < 0 || cardFen + sponsorFen === 0) return refused('refund-too-large', 'nothing is left to give back');
  const { operator, cardToken } = journey;
  const lines: LedgerLine[] = [
    { account: 'operator', party: operator, operator, amountFen: cardFen + sponsorFen },
    { account: 'card', party: cardToken, operator, amountFen: 0 - cardFen },
    ...[...sponsors].map(([party, fen]) => ({ account: 'sponsor' as const, party, operator, amountFen: 0 - fen })),
  ];
  return { lines, cardToken };
}

/** What a card paid at a tap that was refused is on no account: the operator has it, and the card gets it back. */
async function planReturn(
  transaction: Transaction<Tables>,
  tapId: string,
  amountFen: number | undefined,
): Promise<PlannedTransaction | Refused> {
  const tap = await transaction
    .selectFrom('taps')
    .select(['card_token', 'operator', 'amount_fen'])
    .where('id', '=', tapId)
    .where('journey_id', 'is', null)
    .where('card_token', '<>', '')
    .executeTakeFirst();
  if (!tap) return refused('journey-unknown', 'nothing was booked on such a journey');
  const { card_token: cardToken, operator } = tap;
  await holdCard(transaction, cardToken);
  const restFen = tap.amount_fen - (await readBookedDebit(transaction, tapId));
  if (restFen <= 0) return refused('refund-too-large', 'nothing is left to give back');
  if ((amountFen ?? 0) > restFen) return refused('refund-too-large', `${restFen} fen are left to give back`);
  const fen = amountFen ?? restFen;
  const lines: LedgerLine[] = [
    { account: 'purse', party: operator, operator, amountFen: fen },
    { account: 'card', party: cardToken, operator, amountFen: -fen },
  ];
  return { lines, cardToken };
}

async function readBookedDebit(transaction: Transaction<Tables>, tapId: string): Promise<number> {
  const { fen } = await transaction
    .selectFrom('ledger_transactions')
    .innerJoin('ledger_entries', 'ledger_entries.transaction_id', 'ledger_transactions.id')
    .select(sql<number>`cast(coalesce(sum(amount_fen), 0) as bigint)`.as('fen'))
    .where('ledger_transactions.journey_id', '=', tapId)
    .where('account', '=', 'purse')
    .executeTakeFirstOrThrow();
  return fen;
}

interface BookedJourney {
  readonly cardToken: string;
  readonly operator: string;
  readonly shares: JourneyShares;
}

/** Entries lie by service day and operator, which the charges of a journey tell. */
async function readBooked(transaction: Transaction<Tables>, journeyId: string): Promise<BookedJourney | undefined> {
  const rows = await transaction
    .selectFrom('charges')
    .innerJoin('entries', (join) =>
      join
        .onRef('entries.service_day', '=', 'charges.service_day')
        .onRef('entries.operator', '=', 'charges.operator')
        .onRef('entries.journey_id', '=', 'charges.journey_id')
        .onRef('entries.revision', '=', 'charges.revision')
        .onRef('entries.card_token', '=', 'charges.card_token'),
    )
    .select(['entries.card_token', 'entries.operator', 'account', 'sponsor'])
    .select(sql<number>`cast(sum(amount_fen) as bigint)`.as('amount_fen'))
    .where('charges.journey_id', '=', journeyId)
    .groupBy(['entries.card_token', 'entries.operator', 'account', 'sponsor'])
    .orderBy('sponsor')
    .execute();
  const [first] = rows;
  if (!first) return undefined;
  const sponsors = rows.filter(({ account }) => account === 'sponsor');
  return {
    cardToken: first.card_token,
    operator: first.operator,
    shares: {
      cardFen: rows.find(({ account }) => account === 'card')?.amount_fen ?? 0,
      sponsors: new Map(sponsors.map(({ sponsor, amount_fen }) => [sponsor, amount_fen])),
    },
  };
}

async function readRefunded(transaction: Transaction<Tables>, journeyId: string): Promise<JourneyShares> {
  const rows = await transaction
    .selectFrom('ledger_transactions')
    .innerJoin('ledger_entries', 'ledger_entries.transaction_id', 'ledger_transactions.id')
    .select(['account', 'party'])
    .select(sql<number>`cast(sum(amount_fen) as bigint)`.as('amount_fen'))
    .where('ledger_transactions.journey_id', '=', journeyId)
    .where('kind', '=', 'refund')
    .groupBy(['account', 'party'])
    .execute();
  const sponsors = rows.filter(({ account }) => account === 'sponsor');
  return {
    cardFen: 0 - (rows.find(({ account }) => account === 'card')?.amount_fen ?? 0),
    sponsors: new Map(sponsors.map(({ party, amount_fen }) => [party, 0 - amount_fen])),
  };
}
