import { sql, type Transaction } from 'kysely';
import type { Service, TapEvent } from '../../tap/index.js';
import {
  type CampaignSet,
  type FareCard,
  type FareTap,
  type PricedCard,
  priceCard,
  pricingWindow,
  type Tariffs,
  unknownCard,
} from '../fares/index.js';
import { groupBy } from '../group-by.js';
import { type JourneysTable, prepareQuery, rowsOfJson, type Tables, type TapsTable } from '../storage/index.js';
import type { IntakeOptions } from './intake-options.js';

/** A tap as it is priced, with what the books add to it. */
export interface BookedTap extends FareTap {
  readonly cardToken: string;
  readonly operator: string;
  readonly cardMask: string;
  /** As it is kept; `undefined` for a tap that is being accepted. */
  readonly kept?: { readonly refusal: string | null; readonly journeyId: string | null };
}

export type AskedTap = Pick<BookedTap, 'cardToken' | 'service' | 'at'>;

/** One card as its taps stand now, beside what is kept of its journeys. */
export interface RepricedCard {
  readonly cardToken: string;
  /** What is known of it, as its price sees it. */
  readonly card: FareCard;
  readonly taps: ReadonlyMap<string, BookedTap>;
  readonly priced: PricedCard;
  readonly keptJourneys: readonly JourneysTable[];
}

/**
 * Prices cards that are held, with the taps that are kept and those that are being accepted. `asked`: the taps whose
 * prices are asked for; what they cannot touch is not read.
 */
export async function priceCards(
  transaction: Transaction<Tables>,
  { readFareCards, tariff, campaigns, policy }: IntakeOptions,
  tokens: readonly string[],
  accepted: readonly BookedTap[],
  asked: readonly AskedTap[],
  isClosed: (serviceDay: string) => boolean,
): Promise<RepricedCard[]> {
  const spans = JSON.stringify(spansOf(tariff, campaigns, asked));
  const cards = await readFareCards(transaction, tokens);
  const kept = (await tapsIn(transaction, { spans })).map(toBookedTap);
  const journeys = await journeysIn(transaction, { spans });
  const taps = groupBy([...kept, ...accepted], ({ cardToken }) => cardToken);
  const journeysOf = groupBy(journeys, ({ card_token }) => card_token);
  return tokens.map((cardToken) => {
    const ofCard = taps.get(cardToken) ?? [];
    const card = cards.get(cardToken) ?? unknownCard;
    return {
      cardToken,
      card,
      taps: new Map(ofCard.map((tap) => [tap.id, tap])),
      priced: priceCard({ tariff, campaigns, policy, card, taps: ofCard, isClosed }),
      keptJourneys: journeysOf.get(cardToken) ?? [],
    };
  });
}

/** What of a card and a service is priced together. */
interface Span {
  readonly card_token: string;
  readonly service: Service;
  readonly from_ms: number;
  readonly to_ms: number;
}

/** One span for each card and service, in which every tap that is asked for finds those that decide its price. */
function spansOf(tariff: Tariffs, campaigns: CampaignSet, asked: readonly AskedTap[]): Span[] {
  const spans = new Map<string, Span>();
  for (const tap of asked) {
    const { cardToken: card_token, service } = tap;
    const window = pricingWindow(tariff, campaigns, tap);
    const key = `${service} ${card_token}`;
    const known = spans.get(key);
    const from_ms = Math.min(known?.from_ms ?? Number.POSITIVE_INFINITY, Date.parse(window.from));
    const to_ms = Math.max(known?.to_ms ?? Number.NEGATIVE_INFINITY, Date.parse(window.to));
    spans.set(key, { card_token, service, from_ms, to_ms });
  }
  return [...spans.values()];
}

const SPAN_COLUMNS = { card_token: 'text', service: 'text', from_ms: 'bigint', to_ms: 'bigint' } as const;

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

const tapsIn = prepareQuery((kysely, { spans }: { spans: string }) =>
  kysely
    .selectFrom(rowsOfJson<Span>(kysely, spans, SPAN_COLUMNS).as('span'))
    .crossJoin('taps')
    .select(TAP_COLUMNS)
    .whereRef('taps.card_token', '=', 'span.card_token')
    .whereRef('taps.service', '=', 'span.service')
    .whereRef('taps.at_ms', '>=', 'span.from_ms')
    .whereRef('taps.at_ms', '<', 'span.to_ms')
    .where('taps.is_proved', '=', sql.lit(1)),
);

/** A journey bears the id of its first tap, which may count no longer. */
const journeysIn = prepareQuery((kysely, { spans }: { spans: string }) =>
  kysely
    .selectFrom(rowsOfJson<Span>(kysely, spans, SPAN_COLUMNS).as('span'))
    .crossJoin('taps')
    .crossJoin('journeys')
    .selectAll('journeys')
    .whereRef('taps.card_token', '=', 'span.card_token')
    .whereRef('taps.service', '=', 'span.service')
    .whereRef('taps.at_ms', '>=', 'span.from_ms')
    .whereRef('taps.at_ms', '<', 'span.to_ms')
    .whereRef('journeys.id', '=', 'taps.id')
    .whereRef('journeys.card_token', '=', 'span.card_token'),
);
