import type { Transaction } from 'kysely';
import type { Service, TapEvent } from '../../tap/index.js';
import { type FareTap, type PricedCard, priceCard, pricingWindow, unknownCard } from '../fares/index.js';
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

/** One card as its taps stand now, beside what is kept of its journeys. */
export interface RepricedCard {
  readonly cardToken: string;
  readonly taps: ReadonlyMap<string, BookedTap>;
  readonly priced: PricedCard;
  readonly keptJourneys: readonly JourneysTable[];
}

type Window = { readonly from: string; readonly to: string };
type ReadWindow = (tariff: IntakeOptions['tariff'], campaigns: IntakeOptions['campaigns'], instant: string) => Window;

/** Any span that holds what has to be priced together will do; a wider one costs time and changes nothing. */
const windowOf: ReadWindow = pricingWindow;

/**
 * Prices cards that are held, with the taps that are kept and those that are being accepted. `instants`: of the taps
 * whose prices are asked for; what lies too far away to matter is not read.
 */
export async function priceCards(
  transaction: Transaction<Tables>,
  { readFareCards, tariff, campaigns }: IntakeOptions,
  tokens: readonly string[],
  accepted: readonly BookedTap[],
  instants: readonly string[],
  isClosed: (serviceDay: string) => boolean,
): Promise<RepricedCard[]> {
  const windows = instants.map((instant) => windowOf(tariff, campaigns, instant));
  const fromMs = Math.min(...windows.map(({ from }) => Date.parse(from)));
  const toMs = Math.max(...windows.map(({ to }) => Date.parse(to)));
  const cards = await readFareCards(transaction, tokens);
  const kept = await readTaps(transaction, tokens, fromMs, toMs);
  const journeys = await readJourneys(transaction, tokens, fromMs, toMs);
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

async function readTaps(
  transaction: Transaction<Tables>,
  tokens: readonly string[],
  fromMs: number,
  toMs: number,
): Promise<BookedTap[]> {
  const rows = await transaction
    .selectFrom('taps')
    .select(TAP_COLUMNS)
    .where('card_token', 'in', tokens)
    .where('is_proved', '=', 1)
    .where('at_ms', '>=', fromMs)
    .where('at_ms', '<=', toMs)
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
  fromMs: number,
  toMs: number,
): Promise<JourneysTable[]> {
  return transaction
    .selectFrom('journeys')
    .selectAll()
    .where('card_token', 'in', tokens)
    .where('started_at_ms', '>=', fromMs)
    .where('started_at_ms', '<=', toMs)
    .execute();
}
