import { weekOf } from '../../calendar/day.js';
import type { PricedJourney } from '../fares/index.js';
import {
  type CarriedQuota,
  type CarriedUse,
  carriedPeriod,
  priceReach,
  type QuotaUsed,
  quotasUsed,
  serviceDayAt,
  serviceDayStart,
  tariffSetOf,
} from '../fares/index.js';
import { groupBy } from '../group-by.js';
import type { JourneysTable } from '../storage/index.js';
import type { CampaignUse, CardAndCampaign, ChangedUse } from './campaign-uses.js';
import type { CardInSpans, PricingCircumstances } from './card-in-spans.js';
import type { AskedTap } from './repriced-card.js';
import { END_MS, isIn, type Span, spanOf } from './span.js';

type Fares = Pick<PricingCircumstances, 'tariff' | 'campaigns'>;

const carriedBy = ({ tariff, campaigns }: Fares, service: Span['service']): readonly CarriedQuota[] =>
  priceReach(tariff, campaigns, service).carried;

const dayAt = ({ tariff }: Fares, ms: number): string => serviceDayAt(tariffSetOf(tariff), ms);
const startMs = ({ tariff }: Fares, day: string): number => Date.parse(serviceDayStart(tariffSetOf(tariff), day));

/** Which counts are needed to price taps: those of quotas that a card has once for a whole campaign. */
export function carriedQuotas(fares: Fares, asked: readonly AskedTap[]): CardAndCampaign[] {
  const needed = new Map<string, CardAndCampaign>();
  for (const { cardToken: card_token, service } of asked) {
    for (const { id: campaign, per } of carriedBy(fares, service)) {
      if (per === 'campaign') needed.set(`${card_token} ${campaign}`, { card_token, campaign });
    }
  }
  return [...needed.values()];
}

/** Where the uses of cards are not counted yet: all days from the campaign's first one on. */
export function uncountedSpans(
  fares: Fares,
  spans: readonly Span[],
  usesOf: ReadonlyMap<string, readonly CampaignUse[]>,
): Span[] {
  return spans.flatMap((span) =>
    carriedBy(fares, span.service)
      .filter((quota) => quota.per === 'campaign' && !isCounted(quota, usesOf.get(span.card_token) ?? []))
      .map(({ from }) => ({ ...span, from_ms: Math.min(span.from_ms, startMs(fares, from)), to_ms: END_MS })),
  );
}

const isCounted = ({ id, from }: CarriedQuota, uses: readonly CampaignUse[]): boolean =>
  uses.some(({ campaign, service_day }) => campaign === id && service_day <= from);

/** The days of a week that lie before the spans which begin in its midst. */
export function weeksBefore(fares: Fares, spans: readonly Span[]): Span[] {
  return spans.flatMap((span) => {
    if (!carriedBy(fares, span.service).some(({ per }) => per === 'week')) return [];
    const from_ms = startMs(fares, weekOf(dayAt(fares, span.from_ms)));
    return from_ms < span.from_ms ? [{ ...span, from_ms, to_ms: span.from_ms }] : [];
  });
}

/** Whether any quota goes over the edges of a card's spans: most cards have none. */
export const isCarrying = (spans: readonly Span[], fares: Fares): boolean =>
  spans.some(({ service }) => carriedBy(fares, service).length > 0);

/** What was used before each span. */
export function carryInto(card: CardInSpans, fares: Fares): CarriedUse[] | undefined {
  const carried = card.spans.flatMap((span): CarriedUse[] => {
    const { service, from_ms: fromMs } = span;
    const quotas = carriedBy(fares, service);
    if (quotas.length === 0) return [];
    const uses = new Map(quotas.map((quota) => [periodAt(fares, quota, fromMs), usedBefore(card, fares, quota, span)]));
    return [{ service, fromMs, uses }];
  });
  return carried.length === 0 ? undefined : carried;
}

const periodAt = (fares: Fares, quota: CarriedQuota, ms: number): string => carriedPeriod(quota, dayAt(fares, ms));

function usedBefore(card: CardInSpans, fares: Fares, quota: CarriedQuota, span: Span): number {
  const day = dayAt(fares, span.from_ms);
  if (quota.per === 'week') {
    const period = carriedPeriod(quota, day);
    return usedIn(fares, card, card.before, span.service).filter((use) => use.period === period).length;
  }
  return card.uses
    .filter(({ campaign, service_day }) => campaign === quota.id && service_day < day)
    .reduce((sum, { uses }) => sum + uses, 0);
}

/** What kept journeys of a service used. */
const usedIn = (
  { campaigns }: Fares,
  { stepsOf }: CardInSpans,
  journeys: readonly JourneysTable[],
  service: Span['service'],
): QuotaUsed[] =>
  journeys
    .filter((journey) => journey.service === service)
    .flatMap(({ service_day, steps }) =>
      quotasUsed(campaigns, { serviceDay: service_day, steps: JSON.parse(stepsOf(steps)) }),
    );

/** The days behind spans at whose beginning other benefits are left than before. */
export function spilledOver(card: CardInSpans, journeys: readonly PricedJourney[], fares: Fares): Span[] {
  return card.spans.flatMap((span) => {
    if (span.to_ms >= END_MS) return [];
    const quotas = carriedBy(fares, span.service);
    if (quotas.length === 0) return [];
    const kept = usedIn(
      fares,
      card,
      inSpan(card.journeys, span, ({ started_at_ms }) => started_at_ms),
      span.service,
    );
    const now = inSpan(journeys, span, ({ startedAt }) => Date.parse(startedAt)).flatMap((journey) =>
      quotasUsed(fares.campaigns, journey),
    );
    return quotas.flatMap((quota) => {
      const period = periodAt(fares, quota, span.to_ms - 1);
      if (period !== periodAt(fares, quota, span.to_ms)) return [];
      // Of a period that begins in the span nothing was used before it.
      const isCarried = period === periodAt(fares, quota, span.from_ms);
      const before = isCarried ? usedBefore(card, fares, quota, span) : 0;
      const [was, is] = [kept, now].map((uses) => before + uses.filter((use) => use.period === period).length);
      if (was === is || Math.min(was!, is!) >= quota.times) return [];
      const { card_token: cardToken, service } = span;
      const next = spanOf(fares.tariff, fares.campaigns, {
        cardToken,
        service,
        at: new Date(span.to_ms).toISOString(),
      });
      return [quota.per === 'campaign' ? { ...next, to_ms: END_MS } : next];
    });
  });
}

function inSpan<Row extends { readonly service: string }>(
  rows: readonly Row[],
  span: Span,
  msOf: (row: Row) => number,
) {
  return rows.filter((row) => row.service === span.service && isIn(span, msOf(row)));
}

/** What has to be written of uses, so that they are those of the journeys as they are now. */
export function changedUses(card: CardInSpans, journeys: readonly PricedJourney[], fares: Fares): ChangedUse[] {
  return [...groupBy(card.spans, ({ service }) => service)].flatMap(([service, spans]) =>
    carriedBy(fares, service)
      .filter(({ per }) => per === 'campaign')
      .flatMap((quota) =>
        changedUsesOf(
          card,
          quota,
          spans,
          journeys.filter((each) => each.service === service),
          fares,
        ),
      ),
  );
}

function changedUsesOf(
  { cardToken: card_token, uses }: CardInSpans,
  quota: CarriedQuota,
  spans: readonly Span[],
  journeys: readonly PricedJourney[],
  fares: Fares,
): ChangedUse[] {
  const { id: campaign, from } = quota;
  const period = carriedPeriod(quota, from);
  const now = new Map<string, number>();
  for (const journey of journeys) {
    for (const use of quotasUsed(fares.campaigns, journey)) {
      if (use.period === period) now.set(use.serviceDay, (now.get(use.serviceDay) ?? 0) + 1);
    }
  }
  const kept = new Map(uses.filter((use) => use.campaign === campaign).map((use) => [use.service_day, use.uses]));
  const isPriced = (day: string) => spans.some((span) => isIn(span, startMs(fares, day)));
  const days = new Set([...now.keys(), ...[...kept.keys()].filter(isPriced)]);
  if (!isCounted(quota, uses)) days.add(from);
  return [...days].flatMap((service_day) => {
    const times = now.get(service_day) ?? 0;
    const isFirstDay = service_day === from;
    return times === kept.get(service_day) ? [] : [{ card_token, campaign, service_day, uses: times, isFirstDay }];
  });
}
