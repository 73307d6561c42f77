import type { Kysely } from 'kysely';
import { counterCard, counterTapId, type Tables } from '../storage/index.js';
import type { JourneyPage, JourneyQuery } from './intake.js';
import { toJourneyView } from './journey-row.js';
import { checkLimit, readCursor, toPage } from './page.js';
import { readPriceSteps } from './price-steps.js';

export async function readJourneys(kysely: Kysely<Tables>, query: JourneyQuery): Promise<JourneyPage> {
  const limit = checkLimit(query.limit);
  let select = kysely.selectFrom('journeys').selectAll().orderBy('started_at_ms').orderBy('id');
  if (query.cardToken !== undefined) {
    // A journey bears the id of its first tap, and what is found by card are the counters that taps took.
    const ofCard = kysely
      .selectFrom('card_counters')
      .select(counterTapId(kysely, 'tap').as('id'))
      .where('card', '=', counterCard(query.cardToken));
    select = select.where('card_token', '=', query.cardToken).where('id', 'in', ofCard);
  }
  if (query.operator !== undefined) select = select.where('operator', '=', query.operator);
  if (query.from !== undefined) select = select.where('started_at_ms', '>=', Date.parse(query.from));
  if (query.to !== undefined) select = select.where('started_at_ms', '<', Date.parse(query.to));
  if (query.after !== undefined) {
    const { atMs, id } = readCursor(query.after);
    select = select.where(({ eb, and, or }) =>
      or([eb('started_at_ms', '>', atMs), and([eb('started_at_ms', '=', atMs), eb('id', '>', id)])]),
    );
  }
  const found = await select.limit(limit + 1).execute();
  const { rows, next } = toPage(found, limit, ({ started_at_ms, id }) => ({ atMs: started_at_ms, id }));
  const stepsOf = await readPriceSteps(
    kysely,
    rows.map(({ steps }) => steps),
  );
  return { journeys: rows.map((row) => toJourneyView(row, stepsOf)), ...(next !== undefined && { next }) };
}
