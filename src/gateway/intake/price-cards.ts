import type { Transaction } from 'kysely';
import type { Service, TapEvent } from '../../tap/index.js';
import {
  type FareTap,
  type PricedCard,
  type PricingWindow,
  priceCard,
  pricingWindow,
  unknownCard,
} from '../fares/index.js';
import { groupBy } from '../group-by.js';
import type { JourneysTable, Tables, TapsTable } from '../storage/index.js';
import type { IntakeOptions } from './intake-options.js';

/** A tap as it is priced, with what the books add to it. */
export interface BookedTap extends FareTap {
  readonly cardToken: string;
  readonly operator: string;
  readonly cardMask: string;
  /** As it is kept; `undefined` for a tap that is being accepted. */
  readonly kept?: { readonly refusal: string | null; readonly journeyId: string | null };
}

export type AskedTap = Pick<FareTap, 'service' | 'at'>;

/** One card as its taps stand now, beside what is kept of its journeys. */
export interface RepricedCard {
  readonly cardToken: string;
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
  { readFareCards, tariff, campaigns }: IntakeOptions,
  tokens: readonly string[],
  accepted: readonly BookedTap[],
  asked: readonly AskedTap[],
  isClosed: (serviceDay: string) => boolean,
): Promise<RepricedCard[]> {
  const spans = spansOf(asked.map((tap) => ({ service: tap.service, ...pricingWindow(tariff, campaigns, tap) })));
  const cards = await readFareCards(transaction, tokens);
  const kept = await readTaps(transaction, tokens, spans);
  const journeys = await readJourneys(transaction, tokens, spans);
  const taps = groupBy([...kept, ...accepted], ({ cardToken }) => cardToken);
  const journeysOf = groupBy(journeys, ({ card_token }) => card_token);
  return tokens.map((cardToken) => {
    const ofCard = taps.get(cardToken) ?? [];
    const card = cards.get(cardToken) ?? unknownCard;
    return {
      cardToken,
      taps: new Map(ofCard.map((tap) => [tap.id, tap])),
      priced: priceCard({ tariff, campaigns, card, taps: ofCard, isClosed }),
      keptJourneys: journeysOf.get(cardToken) ?? [],
    };
  });
}

/** What of a service is priced together. */
interface Span {
  readonly service: Service;
  readonly fromMs: number;
  readonly toMs: number;
}

/** One span for each service: a wider one costs time and changes nothing. */
function spansOf(windows: readonly (PricingWindow & { readonly service: Service })[]): Span[] {
  return [...groupBy(windows, ({ service }) => service)].map(([service, ofService]) => ({
    service,
    fromMs: Math.min(...ofService.map(({ from }) => Date.parse(from))),
    toMs: Math.max(...ofService.map(({ to }) => Date.parse(to))),
  }));
}

async function readTaps(
  transaction: Transaction<Tables>,
  tokens: readonly string[],
  spans: readonly Span[],
): Promise<BookedTap[]> {
  const rows = await transaction
    .selectFrom('taps')
    .select(TAP_COLUMNS)
    .where('card_token', 'in', tokens)
    .where('is_proved', '=', 1)
    .where(({ and, eb, or }) =>
      or(
        spans.map(({ service, fromMs, toMs }) =>
          and([eb('service', '=', service), eb('at_ms', '>=', fromMs), eb('at_ms', '<', toMs)]),
        ),
      ),
    )
    .execute();
  return rows.map(toBookedTap);
}

const TAP_COLUMNS = [
  'id',
  'card_token',
  'card_mask',
  'operator',
  'service',
  'event',
  'place',
  'at',
  'amount_fen',
  'refusal',
  'journey_id',
] as const;

function toBookedTap(row: Pick<TapsTable, (typeof TAP_COLUMNS)[number]>): BookedTap {
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

function readJourneys(
  transaction: Transaction<Tables>,
  tokens: readonly string[],
  spans: readonly Span[],
): Promise<JourneysTable[]> {
  return transaction
    .selectFrom('journeys')
    .selectAll()
    .where('card_token', 'in', tokens)
    .where(({ and, eb, or }) =>
      or(
        spans.map(({ service, fromMs, toMs }) =>
          and([eb('service', '=', service), eb('started_at_ms', '>=', fromMs), eb('started_at_ms', '<', toMs)]),
        ),
      ),
    )
    .execute();
}
