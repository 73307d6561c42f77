import type { CampaignSet } from './campaign-schema.js';
import { type FareCard, unknownCard } from './fare-types.js';
import { priceCard } from './price-card.js';
import { type SampleJourney, sampleJourneys } from './sample-journeys.js';
import type { Tariff } from './tariff-schema.js';

/** A field that two documents have otherwise; absent where one has none. */
export interface FieldDifference {
  readonly place: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface PriceDifference {
  readonly title: string;
  /** Absent where there is no such journey. */
  readonly beforeFen?: number;
  readonly afterFen?: number;
}

/** What files say of themselves, and no rider notices. */
const SILENT = new Set(['source', 'assumption', 'basedOn', 'version', 'id', 'name', 'nameZh']);

/** How two documents differ, field by field; parts of a list that have an id or a name are held against each other by it. */
export function diffFields(before: unknown, after: unknown, path: readonly string[] = []): FieldDifference[] {
  if (isBranch(before) && isBranch(after)) {
    const [one, other] = [entriesOf(before), entriesOf(after)];
    const keys = [...new Set([...one.keys(), ...other.keys()])].filter((key) => path.length > 1 || !SILENT.has(key));
    return keys
      .filter((key) => !['source', 'assumption'].includes(key))
      .flatMap((key) => diffFields(one.get(key), other.get(key), [...path, key]));
  }
  if (before === after) return [];
  const place = path.join('.');
  return [{ place, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
}

const isBranch = (value: unknown): value is object => typeof value === 'object' && value !== null;

const NAMES = ['station', 'line', 'zone', 'uptoM', 'fromM', 'id'] as const;

function entriesOf(value: object): Map<string, unknown> {
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  return new Map(value.map((each, index) => [nameOf(each) ?? String(index), each] as const));
}

function nameOf(value: unknown): string | undefined {
  if (!isBranch(value)) return typeof value === 'string' ? value : undefined;
  const name = NAMES.find((field) => field in value);
  return name && `${name} ${String((value as Readonly<Record<string, unknown>>)[name])}`;
}

export interface Fares {
  readonly tariff: Tariff;
  readonly campaigns: CampaignSet;
}

/** Sample journeys on a day whose price is another one: what a rider would notice. */
export function diffPrices(before: Fares, after: Fares, day: string, card: FareCard = unknownCard): PriceDifference[] {
  const [one, other] = [pricesOf(before, day, card), pricesOf(after, day, card)];
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((title): PriceDifference[] => {
    const [beforeFen, afterFen] = [one.get(title), other.get(title)];
    if (beforeFen === afterFen) return [];
    return [{ title, ...(beforeFen !== undefined && { beforeFen }), ...(afterFen !== undefined && { afterFen }) }];
  });
}

function pricesOf({ tariff, campaigns }: Fares, day: string, card: FareCard): Map<string, number> {
  const net = ({ taps }: SampleJourney) =>
    priceCard({ tariff, campaigns, card, taps, isClosed: () => true }).journeys.reduce(
      (sum, { netFen }) => sum + netFen,
      0,
    );
  return new Map(sampleJourneys(tariff, day).map((journey) => [journey.title, net(journey)]));
}
