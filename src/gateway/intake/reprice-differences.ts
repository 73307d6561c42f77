import { groupBy } from '../group-by.js';
import type { JourneysTable } from '../storage/index.js';
import { toJourneyRow } from './journey-row.js';
import type { RepricedCard } from './price-cards.js';
import type { JourneyPrice, RepricedJourney, RepriceReport } from './reprice-report.js';

const EXAMPLES_MAX = 20;

/** What cards that were priced again cost more or less than the books say, added to what was found before. */
export function addDifferences(report: RepriceReport, cards: readonly RepricedCard[]): RepriceReport {
  const pairs = cards.flatMap(pairsOf);
  const differing = pairs.filter(isOther);
  const sum = (of: (row: JourneysTable) => number) =>
    differing.reduce((fen, { before, after }) => fen + (after ? of(after) : 0) - (before ? of(before) : 0), 0);
  const funding = [
    ...report.sponsors,
    ...differing.flatMap(({ before, after }) => [...fundingOf(after, 1), ...fundingOf(before, -1)]),
  ];
  return {
    ...report,
    cards: report.cards + cards.length,
    journeys: report.journeys + pairs.length,
    changed: report.changed + differing.length,
    fareFen: report.fareFen + sum(({ fare_fen }) => fare_fen),
    cardFen: report.cardFen + sum(({ net_fen }) => net_fen),
    sponsors: sumBySponsor(funding),
    examples: [...report.examples, ...differing.map(toExample)].slice(0, EXAMPLES_MAX),
  };
}

interface Pair {
  readonly before: JourneysTable | undefined;
  readonly after: JourneysTable | undefined;
}

function pairsOf({ cardToken, taps, priced, keptJourneys }: RepricedCard): Pair[] {
  const kept = new Map(keptJourneys.map((journey) => [journey.id, journey]));
  const now = priced.journeys.map((journey) => toJourneyRow(journey, cardToken, taps));
  const ids = new Set(now.map(({ id }) => id));
  return [
    ...now.map((after) => ({ before: kept.get(after.id), after })),
    ...keptJourneys.filter(({ id }) => !ids.has(id)).map((before) => ({ before, after: undefined })),
  ];
}

const isOther = ({ before, after }: Pair): boolean =>
  before?.fare_fen !== after?.fare_fen || before?.net_fen !== after?.net_fen || before?.funding !== after?.funding;

interface Funding {
  readonly sponsor: string;
  readonly amountFen: number;
}

const fundingOf = (row: JourneysTable | undefined, sign: 1 | -1): Funding[] =>
  row ? (JSON.parse(row.funding) as Funding[]).map((part) => ({ ...part, amountFen: sign * part.amountFen })) : [];

function sumBySponsor(parts: readonly Funding[]): Funding[] {
  return [...groupBy(parts, ({ sponsor }) => sponsor)]
    .map(([sponsor, of]) => ({ sponsor, amountFen: of.reduce((sum, { amountFen }) => sum + amountFen, 0) }))
    .filter(({ amountFen }) => amountFen !== 0)
    .sort((one, other) => (one.sponsor < other.sponsor ? -1 : 1));
}

function toExample({ before, after }: Pair): RepricedJourney {
  const { id, service_day } = (after ?? before)!;
  return {
    journeyId: id,
    serviceDay: service_day,
    ...(before && { before: toPrice(before) }),
    ...(after && { after: toPrice(after) }),
  };
}

const toPrice = ({ tariff, fare_fen, net_fen }: JourneysTable): JourneyPrice => ({
  ...(tariff !== null && { tariff }),
  fareFen: fare_fen,
  netFen: net_fen,
});
