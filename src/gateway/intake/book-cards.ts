import { sql, type Transaction } from 'kysely';
import { groupBy } from '../group-by.js';
import type { JourneysTable, Tables } from '../storage/index.js';
import { type Balance, type Booking, bookJourney } from './booking.js';
import { insertRows } from './insert-rows.js';
import { isSameJourney, toJourneyRow } from './journey-row.js';
import type { RepricedCard } from './price-cards.js';
import { bookingDay } from './service-days.js';

/** How the journeys of a card differ from what is kept of them. */
interface Change {
  readonly journey: JourneysTable;
  readonly isGone: boolean;
}

interface BookedJourney {
  readonly balances: readonly Balance[];
  readonly debitedFen: number;
  readonly revisions: number;
}

const NOTHING_BOOKED: BookedJourney = { balances: [], debitedFen: 0, revisions: 0 };

/**
 * Makes the books say what cards that are held cost now: journeys are rewritten where they changed, and what they cost
 * more or less than was booked is booked as new entries. Gives all journeys of the cards by id.
 */
export async function bookCards(
  transaction: Transaction<Tables>,
  cards: readonly RepricedCard[],
  closed: ReadonlySet<string>,
  at: Date,
): Promise<ReadonlyMap<string, JourneysTable>> {
  const rows = new Map<string, JourneysTable>();
  const changes: Change[] = [];
  for (const { cardToken, taps, priced, keptJourneys } of cards) {
    const kept = new Map(keptJourneys.map((journey) => [journey.id, journey]));
    for (const pricedJourney of priced.journeys) {
      const journey = toJourneyRow(pricedJourney, cardToken, taps);
      const before = kept.get(journey.id);
      kept.delete(journey.id);
      rows.set(journey.id, journey);
      if (!before || !isSameJourney(journey, before)) changes.push({ journey, isGone: false });
    }
    for (const journey of kept.values()) changes.push({ journey, isGone: true });
  }
  await writeJourneys(transaction, changes);
  await writeBookings(transaction, changes, closed, at);
  await moveTaps(transaction, cards);
  return rows;
}

async function writeJourneys(transaction: Transaction<Tables>, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  await transaction
    .deleteFrom('journeys')
    .where('card_token', 'in', [...new Set(changes.map(({ journey }) => journey.card_token))])
    .where(
      'id',
      'in',
      changes.map(({ journey }) => journey.id),
    )
    .execute();
  await insertRows(
    transaction,
    'journeys',
    changes.flatMap(({ journey, isGone }) => (isGone ? [] : [journey])),
  );
}

async function writeBookings(
  transaction: Transaction<Tables>,
  changes: readonly Change[],
  closed: ReadonlySet<string>,
  at: Date,
): Promise<void> {
  const booked = await readBooked(transaction, changes);
  const bookings = changes.flatMap(({ journey, isGone }): Booking[] => {
    const { balances, debitedFen, revisions } = booked.get(journey.id) ?? NOTHING_BOOKED;
    const serviceDay = bookingDay(journey.service_day, closed);
    const booking = bookJourney({
      journey,
      isGone,
      booked: balances,
      bookedDebitedFen: debitedFen,
      revisions,
      serviceDay,
      at,
    });
    return booking ? [booking] : [];
  });
  await insertRows(
    transaction,
    'charges',
    bookings.map(({ charge }) => charge),
  );
  await insertRows(
    transaction,
    'entries',
    bookings.flatMap(({ entries }) => entries),
  );
}

async function readBooked(
  transaction: Transaction<Tables>,
  changes: readonly Change[],
): Promise<ReadonlyMap<string, BookedJourney>> {
  if (changes.length === 0) return new Map();
  const tokens = [...new Set(changes.map(({ journey }) => journey.card_token))];
  const ids = [...new Set(changes.map(({ journey }) => journey.id))];
  const debits = transaction
    .selectFrom('charges')
    .select('journey_id')
    .select(sql<'debits'>`'debits'`.as('account'))
    .select(sql<string>`''`.as('sponsor'))
    .select(sql<number>`cast(sum(debited_fen) as bigint)`.as('amount_fen'))
    .select(sql<number>`cast(max(revision) as bigint)`.as('revision'))
    .where('card_token', 'in', tokens)
    .where('journey_id', 'in', ids)
    .groupBy('journey_id');
  const rows = await transaction
    .selectFrom('entries')
    .select(['journey_id', sql<Balance['account'] | 'debits'>`account`.as('account'), 'sponsor'])
    .select(sql<number>`cast(sum(amount_fen) as bigint)`.as('amount_fen'))
    .select(sql<number>`cast(max(revision) as bigint)`.as('revision'))
    .where('card_token', 'in', tokens)
    .where('journey_id', 'in', ids)
    .groupBy(['journey_id', 'account', 'sponsor'])
    .unionAll(debits)
    .execute();
  return new Map([...groupBy(rows, ({ journey_id }) => journey_id)].map(([id, lines]) => [id, toBooked(lines)]));
}

function toBooked(
  lines: readonly (Omit<Balance, 'account'> & { account: Balance['account'] | 'debits'; revision: number })[],
): BookedJourney {
  return {
    balances: lines.filter((line): line is typeof line & Balance => line.account !== 'debits'),
    debitedFen: lines.find(({ account }) => account === 'debits')?.amount_fen ?? 0,
    revisions: Math.max(...lines.map(({ revision }) => revision)),
  };
}

/** Taps that were kept before and now belong elsewhere. */
async function moveTaps(transaction: Transaction<Tables>, cards: readonly RepricedCard[]): Promise<void> {
  for (const { cardToken, taps, priced } of cards) {
    const { journeyOf, refusalOf } = placesOf(priced);
    for (const { id, kept } of taps.values()) {
      if (!kept) continue;
      const journeyId = journeyOf.get(id) ?? null;
      const refusal = refusalOf.get(id) ?? null;
      if (kept.journeyId === journeyId && kept.refusal === refusal) continue;
      await transaction
        .updateTable('taps')
        .set({ journey_id: journeyId, refusal })
        .where('card_token', '=', cardToken)
        .where('id', '=', id)
        .execute();
    }
  }
}

/** Where each tap of a card belongs: to a journey, or nowhere for a reason. */
export function placesOf({ journeys, refused }: RepricedCard['priced']) {
  return {
    journeyOf: new Map(journeys.flatMap(({ id, tapIds }) => tapIds.map((tapId) => [tapId, id] as const))),
    refusalOf: new Map(refused.map(({ tapId, reason }) => [tapId, reason] as const)),
  };
}
