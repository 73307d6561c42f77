import { lastsOverDays } from '../../../src/gateway/fares/index.js';
import { placesOf } from '../../../src/gateway/intake/book-cards.js';
import { toJourneyRow } from '../../../src/gateway/intake/journey-row.js';
import type { AskedTap, RepricedCard } from '../../../src/gateway/intake/price-cards.js';
import type { BooksOfCards } from '../../../src/gateway/intake/price-spans.js';
import { keptSteps } from '../../../src/gateway/intake/price-steps.js';
import type { BookedTap } from '../../../src/gateway/intake/read-spans.js';
import { isIn, type Span } from '../../../src/gateway/intake/span.js';
import type { CampaignUsesTable, JourneysTable } from '../../../src/gateway/storage/index.js';

/** The books of one card without a database, to be asked and written some ten thousand times in a test. */
export interface BooksInMemory extends BooksOfCards {
  /** As the intake books it. */
  book(card: RepricedCard): void;
  /** Sets a tap aside, or lets it back. */
  move(which: number): AskedTap | undefined;
  /** What waits for a tap of a service day. */
  waiting(serviceDay: string): AskedTap[];
  /** All taps that are not set aside. */
  counted(): BookedTap[];
  journeys(): JourneysTable[];
}

const msOf = ({ at }: Pick<BookedTap, 'at'>): number => Date.parse(at);

export function booksInMemory(cardToken: string): BooksInMemory {
  const taps = new Map<string, BookedTap>();
  const journeys = new Map<string, JourneysTable>();
  const uses = new Map<string, CampaignUsesTable>();
  const setAside = new Set<string>();
  const stepsOf = new Map<string, string>();
  const counted = () => [...taps.values()].filter(({ id }) => !setAside.has(id));
  const isInOne = (spans: readonly Span[]) => (tap: BookedTap) =>
    spans.some((span) => span.service === tap.service && isIn(span, msOf(tap)));
  const journeysIn = (spans: readonly Span[]) =>
    [...taps.values()].filter(isInOne(spans)).flatMap(({ id }) => journeys.get(id) ?? []);
  const around = ({ service, from_ms, to_ms }: Span): BookedTap[] => {
    const halves = counted().filter(
      (tap) =>
        tap.service === service && lastsOverDays(service) && tap.event !== 'single' && tap.kept?.refusal === null,
    );
    const before = Math.max(...halves.map(msOf).filter((ms) => ms < from_ms));
    const behind = Math.min(...halves.map(msOf).filter((ms) => ms >= to_ms));
    return halves.filter((tap) => msOf(tap) === before || msOf(tap) === behind);
  };
  return {
    spans: async (spans) => ({
      taps: counted().filter(isInOne(spans)),
      around: [...new Set(spans.flatMap(around))],
      journeys: journeysIn(spans),
    }),
    journeysIn: async (spans) => journeysIn(spans),
    campaignUses: async (of) =>
      [...uses.values()].filter(({ campaign }) => of.some((asked) => asked.campaign === campaign)),
    steps: async () => (kept) => stepsOf.get(kept)!,
    book: ({ taps: priced, priced: card, keptJourneys, uses: changed }) => {
      for (const { id } of keptJourneys) journeys.delete(id);
      for (const journey of card.journeys) {
        journeys.set(journey.id, toJourneyRow(journey, cardToken, priced));
        const steps = JSON.stringify(journey.steps);
        stepsOf.set(keptSteps(steps), steps);
      }
      const { journeyOf, refusalOf } = placesOf(card);
      for (const [id, tap] of priced) {
        taps.set(id, { ...tap, kept: { journeyId: journeyOf.get(id) ?? null, refusal: refusalOf.get(id) ?? null } });
      }
      for (const { isFirstDay, ...use } of changed) {
        const key = `${use.campaign} ${use.service_day}`;
        if (use.uses > 0 || isFirstDay) uses.set(key, use);
        else uses.delete(key);
      }
    },
    move: (which) => {
      const tap = [...taps.values()][which % taps.size];
      if (!tap) return undefined;
      if (!setAside.delete(tap.id)) setAside.add(tap.id);
      taps.set(tap.id, { ...tap, kept: { journeyId: null, refusal: null } });
      return tap;
    },
    waiting: (serviceDay) =>
      [...journeys.values()]
        .filter(({ service_day, status }) => service_day === serviceDay && status === 'open')
        .map(({ id }) => taps.get(id)!),
    counted,
    journeys: () => [...journeys.values()].sort((one, other) => (one.id < other.id ? -1 : 1)),
  };
}
