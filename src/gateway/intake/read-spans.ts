import { sql, type Transaction } from 'kysely';
import type { Service, TapEvent } from '../../tap/index.js';
import { type FareTap, lastingServices, lastsOverDays } from '../fares/index.js';
import {
  counterCardOf,
  counterTapId,
  type JourneysTable,
  prepareReading,
  rowsOfJson,
  type Tables,
  type TapsTable,
  tapDay,
  tokenStart,
} from '../storage/index.js';
import { type DayOfSpan, daysOf, isShort } from './days-of-span.js';
import { SPAN_COLUMNS, type Span } from './span.js';

/** A tap as it is priced, with what the books add to it. */
export interface BookedTap extends FareTap {
  readonly cardToken: string;
  readonly operator: string;
  readonly cardMask: string;
  /** As it is kept; `undefined` for a tap that is being accepted. */
  readonly kept?: { readonly refusal: string | null; readonly journeyId: string | null };
}

/** What the books hold of spans, and what stands right before and behind them. */
export interface KeptSpans {
  readonly taps: readonly BookedTap[];
  /** The nearest halves of stays on both sides of each span. */
  readonly around: readonly BookedTap[];
  readonly journeys: readonly JourneysTable[];
}

/** Reads what is kept of spans. The rows do not grow with what the cards did outside of them. */
export async function readSpans(transaction: Transaction<Tables>, spans: readonly Span[]): Promise<KeptSpans> {
  const stays = spans.filter(({ service }) => lastsOverDays(service));
  const taps = await readTapsIn(transaction, spans);
  const around = stays.length === 0 ? [] : await staysAround(transaction, { spans: JSON.stringify(stays) });
  return {
    taps: taps.filter(({ is_proved }) => is_proved === 1).map(toBookedTap),
    around: around.map(toBookedTap),
    journeys: await journeysOf(transaction, taps),
  };
}

/** The journeys that begin in spans. */
export const readJourneysIn = async (transaction: Transaction<Tables>, spans: readonly Span[]) =>
  journeysOf(transaction, await readTapsIn(transaction, spans));

/** A journey bears the id of its first tap, which may count no longer. */
async function journeysOf(
  transaction: Transaction<Tables>,
  taps: readonly Pick<TapsTable, 'id' | 'card_token'>[],
): Promise<JourneysTable[]> {
  if (taps.length === 0) return [];
  return journeysNamed(transaction, { taps: JSON.stringify(taps.map(({ id, card_token }) => ({ id, card_token }))) });
}

/**
 * All that are there, whether they count or not. Of a few weeks each day is looked up, where all cards' taps of that day
 * lie; of what is longer, which no tap asks for twice, all that the card ever did.
 */
async function readTapsIn(transaction: Transaction<Tables>, spans: readonly Span[]): Promise<KeptTapRow[]> {
  const [short, long] = [spans.filter(isShort), spans.filter((span) => !isShort(span))];
  const taps = short.length === 0 ? [] : await tapsOnDays(transaction, { days: JSON.stringify(short.flatMap(daysOf)) });
  if (long.length === 0) return taps;
  return [...taps, ...(await tapsOfCards(transaction, { spans: JSON.stringify(long) }))];
}

const TAP_COLUMNS = [
  'taps.id',
  'taps.card_token',
  'taps.card_mask',
  'taps.operator',
  'taps.service',
  'taps.event',
  'taps.place',
  'taps.at',
  'taps.amount_fen',
  'taps.refusal',
  'taps.journey_id',
] as const;

type KeptTap = Pick<
  TapsTable,
  | 'id'
  | 'card_token'
  | 'card_mask'
  | 'operator'
  | 'service'
  | 'event'
  | 'place'
  | 'at'
  | 'amount_fen'
  | 'refusal'
  | 'journey_id'
>;

function toBookedTap(row: KeptTap): BookedTap {
  return {
    id: row.id,
    cardToken: row.card_token,
    cardMask: row.card_mask,
    operator: row.operator,
    service: row.service as Service,
    event: row.event as TapEvent,
    place: JSON.parse(row.place),
    at: row.at,
    amountFen: row.amount_fen,
    kept: { refusal: row.refusal, journeyId: row.journey_id },
  };
}

interface KeptTapRow extends KeptTap {
  readonly is_proved: number;
}

const DAY_COLUMNS = { ...SPAN_COLUMNS, day: 'bigint' } as const;

const tapsOnDays = prepareReading((kysely, { days }: { days: string }) =>
  kysely
    .selectFrom(rowsOfJson<DayOfSpan>(kysely, days, DAY_COLUMNS).as('span'))
    .crossJoin('taps')
    .select(TAP_COLUMNS)
    .select('taps.is_proved')
    .where(tapDay('taps.at_ms'), '=', sql.ref<number>('span.day'))
    .where(tokenStart('taps.card_token'), '=', tokenStart('span.card_token'))
    .whereRef('taps.service', '=', 'span.service')
    .whereRef('taps.card_token', '=', 'span.card_token')
    .whereRef('taps.at_ms', '>=', 'span.from_ms')
    .whereRef('taps.at_ms', '<', 'span.to_ms'),
);

/** What never took a counter belongs to no journey. */
const tapsOfCards = prepareReading((kysely, { spans }: { spans: string }) =>
  kysely
    .selectFrom(rowsOfJson<Span>(kysely, spans, SPAN_COLUMNS).as('span'))
    .crossJoin('card_counters')
    .crossJoin('taps')
    .select(TAP_COLUMNS)
    .select('taps.is_proved')
    .where('card_counters.card', '=', counterCardOf(kysely, 'span.card_token'))
    .where('taps.id', '=', counterTapId(kysely, 'card_counters.tap'))
    .whereRef('taps.card_token', '=', 'span.card_token')
    .whereRef('taps.service', '=', 'span.service')
    .whereRef('taps.at_ms', '>=', 'span.from_ms')
    .whereRef('taps.at_ms', '<', 'span.to_ms'),
);

/** As the index of stays says it (migration 195): a stay's halves that count. */
const isHalfOfStay = (table: string) => sql<boolean>`
  ${sql.ref(`${table}.is_proved`)} = 1 and ${sql.ref(`${table}.refusal`)} is null
  and ${sql.ref(`${table}.event`)} <> 'single'
  and ${sql.ref(`${table}.service`)} in (${sql.join(lastingServices.map((service) => sql.lit(service)))})`;

/** All taps of the last instant before each span, and of the first behind it, at which there is half a stay. */
const staysAround = prepareReading((kysely, { spans }: { spans: string }) => {
  const query = sql<KeptTap>`
    with asked as (select * from ${rowsOfJson(kysely, spans, SPAN_COLUMNS)} as asked_for),
    near as (
      select card_token, service, (
        select max(half.at_ms) from taps as half
        where half.card_token = asked.card_token and half.service = asked.service and half.at_ms < asked.from_ms
          and ${isHalfOfStay('half')}
      ) as at_ms from asked
      union
      select card_token, service, (
        select min(half.at_ms) from taps as half
        where half.card_token = asked.card_token and half.service = asked.service and half.at_ms >= asked.to_ms
          and ${isHalfOfStay('half')}
      ) as at_ms from asked
    )
    select ${sql.join(TAP_COLUMNS.map((column) => sql.ref(column)))}
    from near cross join taps
    where taps.card_token = near.card_token and taps.service = near.service and taps.at_ms = near.at_ms
      and ${isHalfOfStay('taps')}`;
  return { compile: () => query.compile(kysely) };
});

const NAME_COLUMNS = { id: 'text', card_token: 'text' } as const;

const journeysNamed = prepareReading((kysely, { taps }: { taps: string }) =>
  kysely
    .selectFrom(rowsOfJson<Pick<TapsTable, 'id' | 'card_token'>>(kysely, taps, NAME_COLUMNS).as('tap'))
    .crossJoin('journeys')
    .selectAll('journeys')
    .whereRef('journeys.id', '=', 'tap.id')
    .whereRef('journeys.card_token', '=', 'tap.card_token'),
);
