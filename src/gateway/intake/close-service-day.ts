import { sql, type Transaction } from 'kysely';
import type { Service } from '../../tap/index.js';
import { serviceDayOf } from '../fares/index.js';
import type { Tables } from '../storage/index.js';
import { publish } from '../webhooks/index.js';
import { bookCards } from './book-cards.js';
import type { ClosedServiceDay } from './intake.js';
import { IntakeError } from './intake-error.js';
import type { IntakeOptions } from './intake-options.js';
import { holdCards } from './keep-taps.js';
import { priceCards } from './price-cards.js';
import { checkIsDay, readClosedDays } from './service-days.js';
import { readTotals } from './totals.js';

const CARDS_TOGETHER = 200;

/**
 * Closes a day in two passes: most journeys are priced while taps keep coming in, some hundred cards at a time; then
 * nobody books for the moment that it takes to price what came in between and to write the day down as closed.
 */
export async function closeServiceDay(options: IntakeOptions, serviceDay: string): Promise<ClosedServiceDay> {
  checkServiceDay(options, serviceDay);
  const { database, clock } = options;
  let closedJourneys = 0;
  for (let after: string | undefined = ''; after !== undefined; ) {
    const from: string = after;
    const closing: Closing = await database.inTransaction(async (transaction) => {
      await database.lockServiceDays(transaction, 'shared');
      return closeCards(transaction, options, serviceDay, from);
    });
    closedJourneys += closing.closedJourneys;
    after = closing.next;
  }
  return database.inTransaction(async (transaction) => {
    await database.lockServiceDays(transaction, 'exclusive');
    let lateJourneys = 0;
    for (let after: string | undefined = ''; after !== undefined; ) {
      const closing: Closing = await closeCards(transaction, options, serviceDay, after);
      lateJourneys += closing.closedJourneys;
      after = closing.next;
    }
    const at = clock();
    const closed = await transaction
      .insertInto('service_days')
      .values({ service_day: serviceDay, closed_at_ms: at.getTime() })
      .onConflict((conflict) => conflict.doNothing())
      .returning('service_day')
      .execute();
    const totals = await readTotals(transaction, serviceDay);
    if (closed.length > 0) {
      const { grossFen, cardFen, sponsorFen } = totals;
      const data = { serviceDay, grossFen, cardFen, sponsorFen };
      await publish(transaction, { type: 'service-day.closed', subject: serviceDay, data, at });
    }
    return { ...totals, closedJourneys: closedJourneys + lateJourneys };
  });
}

function checkServiceDay({ tariff, clock }: IntakeOptions, serviceDay: string): void {
  checkIsDay(serviceDay);
  if (serviceDay >= serviceDayOf(tariff, clock().toISOString())) {
    throw new IntakeError('service-day-not-over', serviceDay, 'a service day is closed when it is over');
  }
}

interface Closing {
  readonly closedJourneys: number;
  /** The card after which to go on; absent behind the last one. */
  readonly next: string | undefined;
}

/** Prices the next cards with journeys of the day that wait for a tap, as if the day were closed. */
async function closeCards(
  transaction: Transaction<Tables>,
  options: IntakeOptions,
  serviceDay: string,
  after: string,
): Promise<Closing> {
  const closed = await readClosedDays(transaction);
  if (closed.has(serviceDay)) return { closedJourneys: 0, next: undefined };
  const waiting = await transaction
    .selectFrom('journeys')
    .select('card_token')
    .distinct()
    .where('service_day', '=', serviceDay)
    .where('status', '=', sql.lit('open'))
    .where('card_token', '>', after)
    .orderBy('card_token')
    .limit(CARDS_TOGETHER)
    .execute();
  const tokens = waiting.map(({ card_token }) => card_token);
  if (tokens.length === 0) return { closedJourneys: 0, next: undefined };
  await holdCards(options.database, transaction, new Set(tokens));
  const starts = await transaction
    .selectFrom('journeys')
    .select(['id', 'card_token', 'service', 'started_at'])
    .where('card_token', 'in', tokens)
    .where('service_day', '=', serviceDay)
    .where('status', '=', sql.lit('open'))
    .execute();
  const next = tokens.length < CARDS_TOGETHER ? undefined : tokens.at(-1);
  if (starts.length === 0) return { closedJourneys: 0, next };
  const isClosed = (day: string) => day === serviceDay || closed.has(day);
  const asked = starts.map(({ card_token, service, started_at }) => ({
    cardToken: card_token,
    service: service as Service,
    at: started_at,
  }));
  const cards = await priceCards(transaction, options, tokens, [], asked, isClosed);
  const journeys = await bookCards(transaction, cards, closed, options.clock());
  return { closedJourneys: starts.filter(({ id }) => journeys.get(id)?.status !== 'open').length, next };
}
