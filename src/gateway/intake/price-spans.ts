import { inOrder, lastsOverDays, type PricedCard, priceCard, tariffSetOf, touchedStays } from '../fares/index.js';
import { groupBy } from '../group-by.js';
import type { JourneysTable } from '../storage/index.js';
import type { CampaignUse, CardAndCampaign } from './campaign-uses.js';
import type { CardInSpans, PricingCircumstances } from './card-in-spans.js';
import {
  carriedQuotas,
  carryInto,
  changedUses,
  isCarrying,
  spilledOver,
  uncountedSpans,
  weeksBefore,
} from './carried-uses.js';
import type { StepsOf } from './price-steps.js';
import type { BookedTap, KeptSpans } from './read-spans.js';
import type { AskedTap, RepricedCard } from './repriced-card.js';
import { isIn, mergeSpans, type Span, spanOf } from './span.js';

/** What pricing asks the books. */
export interface BooksOfCards {
  spans(spans: readonly Span[]): Promise<KeptSpans>;
  journeysIn(spans: readonly Span[]): Promise<readonly JourneysTable[]>;
  campaignUses(of: readonly CardAndCampaign[]): Promise<readonly CampaignUse[]>;
  steps(journeys: readonly JourneysTable[]): Promise<StepsOf>;
}

/**
 * Prices cards in spans: the whole days around what is asked, and further ones only where something there is another
 * than what it was, until nothing goes over their edges.
 */
export async function priceSpans(
  books: BooksOfCards,
  circumstances: PricingCircumstances,
  tokens: readonly string[],
  accepted: readonly BookedTap[],
  asked: readonly AskedTap[],
): Promise<RepricedCard[]> {
  const { tariff, campaigns } = circumstances;
  const byCard = <Row extends { readonly cardToken: string }>(rows: readonly Row[]) =>
    groupBy(rows, ({ cardToken }) => cardToken);
  const byToken = <Row extends { readonly card_token: string }>(rows: readonly Row[]) =>
    groupBy(rows, ({ card_token }) => card_token);
  const [acceptedOf, askedOf] = [byCard(accepted), byCard(asked)];
  const counted = carriedQuotas(circumstances, asked);
  const usesOf = byToken(counted.length === 0 ? [] : await books.campaignUses(counted));
  const done = new Map<string, RepricedCard>();
  const spans = asked.map((tap) => spanOf(tariff, campaigns, tap));
  let due = byToken(mergeSpans([...spans, ...uncountedSpans(circumstances, spans, usesOf)]));
  while (due.size > 0) {
    const all = [...due.values()].flat();
    const kept = await books.spans(all);
    const weeks = weeksBefore(circumstances, all);
    const before = weeks.length === 0 ? [] : await books.journeysIn(weeks);
    const beforeOf = byToken(before);
    const stepsOf = await books.steps(isCarrying(all, circumstances) ? [...kept.journeys, ...before] : []);
    const [tapsOf, aroundOf, journeysOf] = [byCard(kept.taps), byCard(kept.around), byToken(kept.journeys)];
    const wider = new Map<string, Span[]>();
    for (const [cardToken, ofCard] of due) {
      const card = {
        cardToken,
        spans: ofCard,
        asked: askedOf.get(cardToken) ?? [],
        accepted: acceptedOf.get(cardToken) ?? [],
        taps: tapsOf.get(cardToken) ?? [],
        around: aroundOf.get(cardToken) ?? [],
        journeys: journeysOf.get(cardToken) ?? [],
        before: beforeOf.get(cardToken) ?? [],
        stepsOf,
        uses: usesOf.get(cardToken) ?? [],
      };
      const { repriced, beyond } = priceInSpans(card, circumstances);
      if (beyond.length > 0) wider.set(cardToken, mergeSpans([...ofCard, ...beyond]));
      else done.set(cardToken, repriced);
    }
    due = wider;
  }
  return tokens.flatMap((token) => done.get(token) ?? []);
}

function priceInSpans(card: CardInSpans, circumstances: PricingCircumstances) {
  const { cardToken, taps, accepted, journeys } = card;
  const { tariff, campaigns, policy, cardOf, isClosed } = circumstances;
  const inside = accepted.length === 0 ? taps : [...taps, ...accepted];
  const known = new Map(inside.map((tap) => [tap.id, tap]));
  const around = card.around.filter(({ id }) => !known.has(id));
  const outside = around.length === 0 ? undefined : new Set(around.map(({ id }) => id));
  const fareCard = cardOf(cardToken);
  const carries = isCarrying(card.spans, circumstances);
  const priced = priceCard({
    tariff,
    campaigns,
    policy,
    card: fareCard,
    taps: outside ? [...inside, ...around] : inside,
    outside,
    carried: carries ? carryInto(card, circumstances) : undefined,
    isClosed,
  });
  const beyond = [
    ...staysBeyond(card, inside, around, priced, circumstances),
    ...(carries ? spilledOver(card, priced.journeys, circumstances) : []),
  ];
  const repriced: RepricedCard = {
    cardToken,
    card: fareCard,
    taps: outside ? placed([...inside, ...around], priced) : known,
    priced,
    keptJourneys: journeys,
    uses: carries ? changedUses(card, priced.journeys, circumstances) : [],
  };
  return { repriced, beyond };
}

/** With the ends outside of stays that begin inside, without the ends inside of stays that begin outside. */
function placed(taps: readonly BookedTap[], { journeys, refused }: PricedCard): Map<string, BookedTap> {
  const ids = new Set([...journeys.flatMap(({ tapIds }) => tapIds), ...refused.map(({ tapId }) => tapId)]);
  return new Map(taps.filter(({ id }) => ids.has(id)).map((tap) => [tap.id, tap]));
}

/** Where the stays lie outside that are others now. */
function staysBeyond(
  { cardToken, spans, asked }: CardInSpans,
  inside: readonly BookedTap[],
  around: readonly BookedTap[],
  { refused }: PricedCard,
  { tariff, campaigns }: PricingCircumstances,
): Span[] {
  if (around.length === 0) return [];
  const notCounted = new Set(refused.map(({ tapId }) => tapId));
  const places = new Map(around.map((tap) => [tap.id, tap]));
  const touched = around.filter(({ id }) => notCounted.has(id)).map(({ id }) => id);
  for (const service of new Set(around.map((tap) => tap.service))) {
    const moved = asked.filter((tap) => tap.isMoved && tap.service === service);
    const movedAt = new Set(moved.map(({ at }) => Date.parse(at)));
    const gone = moved.map(({ at }): BookedTap => goneAt(cardToken, service, at));
    const halves = [...inside, ...around, ...gone].filter(
      (tap) => tap.service === service && tap.event !== 'single' && lastsOverDays(service),
    );
    const sorted = inOrder(halves, tariffSetOf(tariff)).map(({ tap, ms }) => {
      const { id, event, kept } = tap as BookedTap;
      const isGone = id === GONE;
      return {
        id: isGone ? `${GONE} ${ms}` : id,
        begins: event === 'start' || event === 'entry',
        isOutside: places.has(id),
        wasCounted: isGone || (kept !== undefined && kept.refusal === null && !movedAt.has(ms)),
        isCounted: !isGone && !notCounted.has(id),
      };
    });
    touched.push(...touchedStays(sorted));
  }
  return touched
    .map((id) => spanOf(tariff, campaigns, places.get(id)!))
    .filter((span) => !spans.some((known) => known.service === span.service && isIn(known, span.from_ms)));
}

const GONE = 'gone';

/** Stands for a tap that was there when its neighbours were priced. */
const goneAt = (cardToken: string, service: BookedTap['service'], at: string): BookedTap => ({
  id: GONE,
  cardToken,
  operator: '',
  cardMask: '',
  service,
  event: 'end',
  place: {},
  at,
  amountFen: 0,
});
