import type { Transaction } from 'kysely';
import { dayAfter } from '../../calendar/day.js';
import type { Service } from '../../tap/index.js';
import { serviceDayStart } from '../fares/index.js';
import { counterCard, counterTapId, type Tables, TOKEN_START, tapDay, tokenStart } from '../storage/index.js';
import { bookCards } from './book-cards.js';
import { daysOf, isShort } from './days-of-span.js';
import type { IntakeOptions } from './intake-options.js';
import { holdCards } from './keep-taps.js';
import { priceCards } from './price-cards.js';
import { addDifferences } from './reprice-differences.js';
import { nothingRepriced, type RepriceQuery, type RepriceReport } from './reprice-report.js';
import { checkIsDay, readClosedDays } from './service-days.js';
import type { Span } from './span.js';

/** Few enough that nobody waits long for their cards. */
const CARDS_TOGETHER = 100;

/**
 * Prices cards again in lots, each in a transaction of its own, in order of their tokens. What was booked stays; what
 * is missing or too much is added. A price depends on nothing but taps, fares and status, so that a lot that was done
 * before books nothing.
 */
export async function reprice(options: IntakeOptions, query: RepriceQuery): Promise<RepriceReport> {
  const { fromServiceDay, toServiceDay, signal } = query;
  for (const day of [fromServiceDay, toServiceDay]) checkIsDay(day);
  const given = query.cardTokens && [...new Set(query.cardTokens)].sort();
  let report = query.since ?? nothingRepriced;
  do {
    if (signal?.aborted) break;
    const before = report;
    report = await options.database.inTransaction(async (transaction) => {
      const tokens = await nextCards(transaction, given, before.next ?? '');
      const { next: _, ...found } = await repriceCards(transaction, options, query, tokens, before);
      const next = tokens.length < CARDS_TOGETHER ? undefined : tokens.at(-1);
      const after = { ...found, ...(next !== undefined && { next }) };
      await query.keep?.(transaction, after);
      return after;
    });
  } while (report.next !== undefined);
  return report;
}

async function nextCards(
  transaction: Transaction<Tables>,
  given: readonly string[] | undefined,
  after: string,
): Promise<readonly string[]> {
  if (given) return given.filter((token) => token > after).slice(0, CARDS_TOGETHER);
  const rows = await transaction
    .selectFrom('tap_cards')
    .select('card_token')
    .where('card_token', '>', after)
    .orderBy('card_token')
    .limit(CARDS_TOGETHER)
    .execute();
  return rows.map(({ card_token }) => card_token);
}

async function repriceCards(
  transaction: Transaction<Tables>,
  options: IntakeOptions,
  { fromServiceDay, toServiceDay, dryRun = false }: RepriceQuery,
  candidates: readonly string[],
  report: RepriceReport,
): Promise<RepriceReport> {
  if (candidates.length === 0) return report;
  const { database, tariff, clock } = options;
  if (!dryRun) {
    await database.lockServiceDays(transaction, 'shared');
    await holdCards(database, transaction, new Set(candidates));
  }
  const asked = await readProvedTaps(transaction, candidates, {
    from_ms: Date.parse(serviceDayStart(tariff, fromServiceDay)),
    to_ms: Date.parse(serviceDayStart(tariff, dayAfter(toServiceDay))),
  });
  if (asked.length === 0) return report;
  const tokens = [...new Set(asked.map(({ card_token }) => card_token))].sort();
  const closed = await readClosedDays(transaction);
  const cards = await priceCards(
    transaction,
    options,
    tokens,
    [],
    asked.map(({ card_token, service, at }) => ({ cardToken: card_token, service: service as Service, at })),
    (serviceDay) => closed.has(serviceDay),
  );
  const found = addDifferences(report, cards);
  if (!dryRun) await bookCards(transaction, cards, closed, clock());
  return found;
}

/** Of some weeks each day is looked up, of what is longer all that the cards ever did. */
async function readProvedTaps(
  transaction: Transaction<Tables>,
  tokens: readonly string[],
  span: Pick<Span, 'from_ms' | 'to_ms'>,
) {
  const inSpan = transaction
    .selectFrom('taps')
    .select(['taps.card_token', 'taps.service', 'taps.at'])
    .where('taps.card_token', 'in', tokens)
    .where('taps.at_ms', '>=', span.from_ms)
    .where('taps.at_ms', '<', span.to_ms)
    .where('taps.is_proved', '=', 1);
  if (!isShort(span)) {
    const counted = transaction
      .selectFrom('card_counters')
      .select(counterTapId(transaction, 'tap').as('id'))
      .where('card', 'in', tokens.map(counterCard));
    return inSpan.where('taps.id', 'in', counted).execute();
  }
  const days = daysOf(span).map(({ day }) => day);
  if (days.length === 0) return [];
  const starts = tokens.map((token) => token.slice(0, TOKEN_START));
  return inSpan.where(tapDay('taps.at_ms'), 'in', days).where(tokenStart('taps.card_token'), 'in', starts).execute();
}
