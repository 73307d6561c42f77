import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadCampaigns, loadTariff, priceCard } from '../../../src/gateway/fares/index.js';
import { placesOf } from '../../../src/gateway/intake/book-cards.js';
import { toJourneyRow } from '../../../src/gateway/intake/journey-row.js';
import type { AskedTap } from '../../../src/gateway/intake/price-cards.js';
import { priceSpans } from '../../../src/gateway/intake/price-spans.js';
import type { BookedTap } from '../../../src/gateway/intake/read-spans.js';
import { at, member, ningbo } from '../fares/price-taps.js';
import { type BooksInMemory, booksInMemory } from './books-in-memory.js';

const CARD = 'the card';

/** Six weeks over the end of a month, most taps close to the change of a service day. */
const firstMs = Date.parse(at('2015-09-21 03:00'));
const instants = fc
  .record({ day: fc.nat({ max: 42 }), minutes: fc.oneof(fc.integer({ min: -75, max: 75 }), fc.nat({ max: 1439 })) })
  .map(({ day, minutes }) => new Date(firstMs + (day * 1440 + minutes) * 60_000).toISOString());

const kinds = fc.constantFrom(
  ...(['bicycle start', 'bicycle end', 'parking start', 'parking end', 'parking start', 'parking end'] as const),
  ...([
    'parking single',
    'taxi start',
    'taxi end',
    'taxi single',
    'taxi single',
    'retail single',
    'bus single',
  ] as const),
  ...(['cinema single', 'metro entry', 'metro exit'] as const),
);
const tap = fc
  .record({
    kind: kinds,
    at: instants,
    zone: fc.constantFrom('1', '1', '2', '9'),
    amountFen: fc.constantFrom(3500, 12_345),
  })
  .map(({ kind, zone, ...rest }) => {
    const [service, event] = kind.split(' ') as [BookedTap['service'], BookedTap['event']];
    return { ...rest, service, event, place: { zone, station: '鼓楼', region: 'urban', merchant: 'wanda' } };
  });

const cap = (service: string, per: string) => ({ service, per, atMostFen: 700, sponsor: 'operator' });
const quota = (service: string, per: string, index: number) => ({
  id: `${service}-${per}`,
  name: `${service} ${per}`,
  service,
  from: '2015-09-23',
  to: '2015-10-25',
  benefit: { kind: 'rate', basisPoints: 5000 + index },
  quota: { times: 1 + (index % 3), per },
  sponsor: 'union',
});
const fares = fc
  .record({
    caps: fc.subarray([cap('parking', 'day'), cap('bus', 'month'), cap('taxi', 'month'), cap('retail', 'month')]),
    quotas: fc.subarray(
      [
        'parking campaign',
        'parking week',
        'retail campaign',
        'retail week',
        'retail month',
        'taxi week',
        'bus week',
      ].concat(['bus campaign', 'cinema campaign', 'bicycle campaign', 'taxi campaign', 'bus month']),
    ),
  })
  .map(({ caps, quotas }) => ({
    tariff: loadTariff({ ...ningbo, caps }),
    campaigns: loadCampaigns({
      id: 'quotas',
      campaigns: quotas.map((each, index) => quota(...(each.split(' ') as [string, string]), index)),
    }),
  }));

type Fares = typeof fares extends fc.Arbitrary<infer Value> ? Value : never;

/** Ways of a card: lost for some days, which refuses its taps. */
const cards = fc.constantFrom(member, {
  ...member,
  states: [
    { state: 'active' as const, from: at('2015-09-01 08:00') },
    { state: 'lost' as const, from: at('2015-10-03 08:00') },
    { state: 'active' as const, from: at('2015-10-09 08:00') },
  ],
});

test('a tap priced with what it touches gives what all taps together give, whatever came, went and was closed before', async () => {
  const steps = fc.array(
    fc.oneof(
      { weight: 8, arbitrary: fc.record({ come: fc.array(tap, { minLength: 1, maxLength: 4 }) }) },
      { weight: 1, arbitrary: fc.record({ move: fc.nat() }) },
      { weight: 1, arbitrary: fc.record({ close: fc.constantFrom('2015-09-30', '2015-10-01', '2015-10-02') }) },
    ),
    { minLength: 1, maxLength: 25 },
  );
  await fc.assert(
    fc.asyncProperty(steps, fares, cards, async (made, under, card) => {
      const books = booksInMemory(CARD);
      const closed = new Set<string>();
      const isClosed = (day: string) => closed.has(day);
      const circumstances = { ...under, cardOf: () => card, isClosed };
      const priceAgain = async (accepted: readonly BookedTap[], asked: readonly AskedTap[]) => {
        for (const priced of await priceSpans(books, circumstances, [CARD], accepted, asked)) books.book(priced);
      };
      let count = 0;
      for (const step of made) {
        if ('come' in step) {
          const come = step.come.map((each): BookedTap => {
            const id = `tap ${String(count++).padStart(3, '0')}`;
            return { ...each, id, cardToken: CARD, operator: 'one', cardMask: '' };
          });
          await priceAgain(come, come);
        } else if ('move' in step) {
          const moved = books.move(step.move);
          if (moved) await priceAgain([], [{ ...moved, isMoved: true }]);
        } else {
          closed.add(step.close);
          const waiting = books.waiting(step.close);
          if (waiting.length > 0) await priceAgain([], waiting);
        }
      }
      expectWhole(books, { ...under, card, isClosed });
    }),
    { numRuns: Number(process.env.SPANS_RUNS ?? 120) },
  );
}, 60_000);

function expectWhole(
  books: BooksInMemory,
  circumstances: Fares & { readonly card: typeof member; readonly isClosed: (day: string) => boolean },
): void {
  const counted = books.counted();
  const whole = priceCard({ ...circumstances, taps: counted });
  const taps = new Map(counted.map((each) => [each.id, each]));
  expect(books.journeys()).toEqual(
    whole.journeys
      .map((journey) => toJourneyRow(journey, CARD, taps))
      .sort((one, other) => (one.id < other.id ? -1 : 1)),
  );
  const { journeyOf, refusalOf } = placesOf(whole);
  for (const { id, kept } of counted) {
    expect(kept).toEqual({ journeyId: journeyOf.get(id) ?? null, refusal: refusalOf.get(id) ?? null });
  }
}
