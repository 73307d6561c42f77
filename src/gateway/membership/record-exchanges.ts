import { groupBy } from '../group-by.js';
import type { CardExchangesTable } from '../storage/membership-tables.js';
import type { CardChange } from './membership-changes.js';
import { BEGINNING_MS, type Recording, touch } from './recording.js';

type Generation = CardChange['generation'];

/** A card that is known, with its generation as it was first said. */
export interface KnownGeneration {
  readonly card: CardChange;
  readonly firstGeneration: Generation;
}

const BEGINNING = new Date(BEGINNING_MS).toISOString();
const otherThan = (generation: Generation): Generation => (generation === 'pboc3' ? 'pboc2' : 'pboc3');

/** What a card is from the beginning by the first that is said of it: one that was exchanged was another one before. */
export const firstGenerationOf = ({ generation, generationFrom }: CardChange): Generation =>
  generationFrom === undefined ? generation : otherThan(generation);

/**
 * Records the generations of cards from their instants on, and gives those that have changed with their generation
 * now. What names no instant and differs from what is known corrects it from the beginning; a statement that was right
 * at some time, such as an old file's, changes nothing.
 */
export async function recordExchanges(
  cards: readonly KnownGeneration[],
  { transaction, nowMs, touchedCards }: Recording,
): Promise<ReadonlyMap<string, Generation>> {
  const tokens = cards.map(({ card }) => card.token);
  if (tokens.length === 0) return new Map();
  const kept = await transaction
    .selectFrom('card_exchanges')
    .selectAll()
    .where('card_token', 'in', tokens)
    .orderBy('from_ms')
    .orderBy('recorded_at_ms')
    .execute();
  const keptOf = groupBy(kept, ({ card_token }) => card_token);
  const rows: CardExchangesTable[] = [];
  const changed = new Map<string, Generation>();
  for (const { card, firstGeneration } of cards) {
    const before = keptOf.get(card.token) ?? [];
    const added = newRows(card, firstGeneration, before, nowMs);
    if (added.length === 0) continue;
    rows.push(...added);
    const all = [...before, ...added].sort((one, other) => one.from_ms - other.from_ms);
    changed.set(card.token, all.at(-1)!.generation);
    touch(touchedCards, card.token, Math.min(...added.map(({ from_ms }) => from_ms)));
  }
  if (rows.length > 0) await transaction.insertInto('card_exchanges').values(rows).execute();
  return changed;
}

function newRows(
  { token, generation, generationFrom, sequenceNumber }: CardChange,
  firstGeneration: Generation,
  before: readonly CardExchangesTable[],
  nowMs: number,
): CardExchangesTable[] {
  const row = (of: Generation, from: string, number: number | null): CardExchangesTable => {
    const fromMs = Date.parse(from);
    const last = before.filter(({ from_ms }) => from_ms === fromMs).at(-1)?.recorded_at_ms ?? 0;
    const recorded_at_ms = Math.max(nowMs, last + 1);
    return { card_token: token, generation: of, sequence_number: number, from, from_ms: fromMs, recorded_at_ms };
  };
  const atBeginning = before.filter(({ from_ms }) => from_ms === BEGINNING_MS).at(-1)?.generation ?? firstGeneration;
  const dated = before.filter(({ from_ms }) => from_ms !== BEGINNING_MS);
  if (generationFrom === undefined) {
    const isKnown = generation === atBeginning || dated.some((exchange) => exchange.generation === generation);
    return isKnown ? [] : [row(generation, BEGINNING, null)];
  }
  const same = dated.filter(({ from_ms }) => from_ms === Date.parse(generationFrom)).at(-1);
  if (same?.generation === generation) return [];
  const exchange = row(generation, generationFrom, sequenceNumber ?? null);
  const wasOther = dated.length > 0 || atBeginning !== generation;
  return wasOther ? [exchange] : [row(otherThan(generation), BEGINNING, null), exchange];
}
