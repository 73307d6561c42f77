import { sql, type Transaction } from 'kysely';
import { groupBy } from '../group-by.js';
import { type JourneysTable, prepareQuery, rowsOfJson, type Tables } from '../storage/index.js';
import { type Balance, type Booking, bookJourney } from './booking.js';
import { writeCampaignUses } from './campaign-uses.js';
import { insertAlike } from './insert-alike.js';
import { isSameJourney, toJourneyRow } from './journey-row.js';
import type { RepricedCard } from './price-cards.js';
import { areNamed, keepPriceSteps, writtenSteps } from './price-steps.js';
import { bookingDay } from './service-days.js';

/** How the journeys of a card differ from what is kept of them. */
interface Change {
  readonly journey: JourneysTable;
  /** Whether another version of it is kept. */
  readonly isKept: boolean;
  readonly isGone: boolean;
  /** Whether its first tap, by whose id it is booked, is being accepted: nothing can be booked on it. */
  readonly isNew: boolean;
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
  const steps = new Map<string, string>();
  for (const { cardToken, taps, priced, keptJourneys } of cards) {
    const kept = new Map(keptJourneys.map((journey) => [journey.id, journey]));
    for (const pricedJourney of priced.journeys) {
      const journey = toJourneyRow(pricedJourney, cardToken, taps);
      const before = kept.get(journey.id);
      kept.delete(journey.id);
      rows.set(journey.id, journey);
      if (before && isSameJourney(journey, before)) continue;
      const isNew = taps.get(journey.id)!.kept === undefined;
      if (areNamed(journey.steps) && !steps.has(journey.steps))
        steps.set(journey.steps, writtenSteps(pricedJourney.steps).text);
      changes.push({ journey, isKept: before !== undefined, isGone: false, isNew });
    }
    for (const journey of kept.values()) changes.push({ journey, isKept: true, isGone: true, isNew: false });
  }
  await keepPriceSteps(transaction, steps);
  await writeJourneys(transaction, changes);
  await writeBookings(transaction, changes, closed, at);
  await moveTaps(transaction, cards);
  await writeCampaignUses(
    transaction,
    cards.flatMap(({ uses }) => uses),
  );
  return rows;
}

const deleteJourneys = prepareQuery((kysely, { ids }: { ids: string }) =>
  kysely.deleteFrom('journeys').where(({ eb, refTuple, selectFrom }) =>
    eb(
      refTuple('id', 'card_token'),
      'in',
      selectFrom(rowsOfJson<JourneyId>(kysely, ids, JOURNEY_ID).as('gone'))
        .select(['gone.journey_id', 'gone.card_token'])
        .$asTuple('journey_id', 'card_token'),
    ),
  ),
);

interface JourneyId {
  readonly card_token: string;
  readonly journey_id: string;
}

const JOURNEY_ID = { card_token: 'text', journey_id: 'text' } as const;

const idsOf = (changes: readonly Change[]): string =>
  JSON.stringify(changes.map(({ journey: { card_token, id } }): JourneyId => ({ card_token, journey_id: id })));

async function writeJourneys(transaction: Transaction<Tables>, changes: readonly Change[]): Promise<void> {
  const kept = changes.filter(({ isKept }) => isKept);
  if (kept.length > 0) await deleteJourneys(transaction, { ids: idsOf(kept) });
  await insertAlike(
    transaction,
    'journeys',
    changes.flatMap(({ journey, isGone }) => (isGone ? [] : [[journey]])),
  );
}

async function writeBookings(
  transaction: Transaction<Tables>,
  changes: readonly Change[],
  closed: ReadonlySet<string>,
  at: Date,
): Promise<void> {
  const booked = await readBooked(
    transaction,
    changes.filter(({ isNew }) => !isNew),
  );
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
  await insertAlike(
    transaction,
    'charges',
    bookings.map(({ charge }) => [charge]),
  );
  await insertAlike(
    transaction,
    'entries',
    bookings.flatMap(({ entries }) => (entries.length > 0 ? [entries] : [])),
  );
}

const chargesOf = prepareQuery((kysely, { ids }: { ids: string }) =>
  kysely
    .selectFrom(rowsOfJson<JourneyId>(kysely, ids, JOURNEY_ID).as('asked'))
    .crossJoin('charges')
    .select(['charges.journey_id', 'charges.debited_fen', 'charges.revision'])
    .whereRef('charges.card_token', '=', 'asked.card_token')
    .whereRef('charges.journey_id', '=', 'asked.journey_id'),
);

/** Entries lie by service day: their charges tell where. */
const balancesOf = prepareQuery((kysely, { ids }: { ids: string }) =>
  kysely
    .selectFrom(rowsOfJson<JourneyId>(kysely, ids, JOURNEY_ID).as('asked'))
    .crossJoin('charges')
    .crossJoin('entries')
    .select(['entries.journey_id', 'entries.account', 'entries.sponsor'])
    .select(sql<number>`cast(sum(entries.amount_fen) as bigint)`.as('amount_fen'))
    .whereRef('charges.card_token', '=', 'asked.card_token')
    .whereRef('charges.journey_id', '=', 'asked.journey_id')
    .whereRef('entries.service_day', '=', 'charges.service_day')
    .whereRef('entries.operator', '=', 'charges.operator')
    .whereRef('entries.journey_id', '=', 'charges.journey_id')
    .whereRef('entries.revision', '=', 'charges.revision')
    .whereRef('entries.card_token', '=', 'charges.card_token')
    .groupBy(['entries.journey_id', 'entries.account', 'entries.sponsor']),
);

async function readBooked(
  transaction: Transaction<Tables>,
  changes: readonly Change[],
): Promise<ReadonlyMap<string, BookedJourney>> {
  if (changes.length === 0) return new Map();
  const charges = await chargesOf(transaction, { ids: idsOf(changes) });
  if (charges.length === 0) return new Map();
  const lines = groupBy(await balancesOf(transaction, { ids: idsOf(changes) }), ({ journey_id }) => journey_id);
  return new Map(
    [...groupBy(charges, ({ journey_id }) => journey_id)].map(([id, ofJourney]) => [
      id,
      {
        balances: lines.get(id) ?? [],
        debitedFen: ofJourney.reduce((sum, { debited_fen }) => sum + (debited_fen ?? 0), 0),
        revisions: Math.max(...ofJourney.map(({ revision }) => revision)),
      },
    ]),
  );
}

/** Taps that were kept before and now belong elsewhere. */
async function moveTaps(transaction: Transaction<Tables>, cards: readonly RepricedCard[]): Promise<void> {
  for (const { cardToken, taps, priced } of cards) {
    const keptTaps = [...taps.values()].flatMap(({ id, kept }) => (kept ? [{ id, kept }] : []));
    if (keptTaps.length === 0) continue;
    const { journeyOf, refusalOf } = placesOf(priced);
    for (const { id, kept } of keptTaps) {
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
  const journeyOf = new Map<string, string>();
  for (const { id, tapIds } of journeys) for (const tapId of tapIds) journeyOf.set(tapId, id);
  return { journeyOf, refusalOf: new Map(refused.map(({ tapId, reason }) => [tapId, reason])) };
}
