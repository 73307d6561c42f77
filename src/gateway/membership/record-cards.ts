import { insertRows } from '../intake/insert-rows.js';
import type { CardsTable } from '../storage/membership-tables.js';
import { inChunks } from './in-chunks.js';
import { knownMembers } from './known-members.js';
import type { CardChange } from './membership-changes.js';
import { firstGenerationOf, type KnownGeneration, recordExchanges } from './record-exchanges.js';
import { BEGINNING_MS, type Recording, refuse, touch } from './recording.js';

/** The bank of a card unless the member chose another (the union's notice of 2015). */
const DEFAULT_BANK = 'bank-of-china';

/**
 * Records cards, and says how many are new or have changed. A card once exchanged has another generation under the
 * same number; it never passes to another member.
 */
export async function recordCards(changes: readonly CardChange[], recording: Recording): Promise<number> {
  const cards = new Map<string, CardChange>();
  for (const card of changes) {
    const known = cards.get(card.token);
    const isSame = (field: 'generation' | 'generationFrom' | 'bank') => known?.[field] === card[field];
    if (!known) cards.set(card.token, card);
    else if (known.member !== card.member) refuse(recording, card.origin, 'card', 'card-of-other-member');
    else if (!isSame('generation')) refuse(recording, card.origin, 'generation', 'contradiction');
    else if (!isSame('generationFrom')) refuse(recording, card.origin, 'generationFrom', 'contradiction');
    else if (!isSame('bank')) refuse(recording, card.origin, 'bank', 'contradiction');
  }
  let count = 0;
  await inChunks([...cards.values()], async (chunk) => {
    count += await recordChunk(await ofKnownMembers(chunk, recording), recording);
  });
  return count;
}

async function ofKnownMembers(cards: readonly CardChange[], recording: Recording): Promise<readonly CardChange[]> {
  const known = await knownMembers(
    recording,
    cards.flatMap(({ member }) => member ?? []),
  );
  return cards.filter(({ member, origin }) => {
    const isKnown = member === undefined || known.has(member);
    if (!isKnown) refuse(recording, origin, 'member', 'member-unknown');
    return isKnown;
  });
}

async function recordChunk(cards: readonly CardChange[], recording: Recording): Promise<number> {
  if (cards.length === 0) return 0;
  const tokens = cards.map(({ token }) => token);
  const { transaction } = recording;
  const before = await transaction.selectFrom('cards').select('card_token').where('card_token', 'in', tokens).execute();
  const isKnown = new Set(before.map(({ card_token }) => card_token));
  const fresh = cards.filter(({ token }) => !isKnown.has(token));
  const inserted = await insertNew(fresh, recording);
  const isInserted = new Set(inserted.map(({ card_token }) => card_token));
  await insertRows(
    transaction,
    'card_list_names',
    cards.flatMap(({ token, listName }) => (listName ? [{ card_token: token, sealed_name: listName }] : [])),
    { isIfNew: true },
  );
  const others = tokens.filter((token) => !isInserted.has(token));
  const rows =
    others.length === 0
      ? []
      : await transaction.selectFrom('cards').selectAll().where('card_token', 'in', others).execute();
  const changed = await updateKnown(cards, [...inserted, ...rows], recording);
  return inserted.length + changed.filter((token) => !isInserted.has(token)).length;
}

/** Gives the rows that are new; none where another recording brings the same cards at this moment. */
async function insertNew(cards: readonly CardChange[], recording: Recording): Promise<readonly CardsTable[]> {
  if (cards.length === 0) return [];
  const { transaction, nowMs, inHand, newCards, touchedCards } = recording;
  const rows = cards.map((card): CardsTable => {
    const { token, mask, bank = DEFAULT_BANK, generation, member = null } = card;
    return {
      card_token: token,
      card_mask: mask,
      bank,
      generation,
      member,
      recorded_at_ms: nowMs,
      first_generation: firstGenerationOf(card),
      first_recorded_at_ms: nowMs,
      member_recorded_at_ms: nowMs,
      history: inHand.get(token) ?? null,
    };
  });
  const inserted = await insertRows(transaction, 'cards', rows, { isIfNew: true, returning: 'card_token' });
  const isInserted = new Set(inserted.map(({ card_token }) => card_token));
  for (const { token } of cards) {
    touch(touchedCards, token, BEGINNING_MS);
    if (isInserted.has(token)) newCards.add(token);
    else inHand.delete(token);
  }
  return rows.filter(({ card_token }) => isInserted.has(card_token));
}

/** What of cards that are there has changed; of those that are new only a dated exchange has to be added. */
async function updateKnown(
  cards: readonly CardChange[],
  rows: readonly CardsTable[],
  recording: Recording,
): Promise<readonly string[]> {
  const { transaction, nowMs, touchedCards } = recording;
  const byToken = new Map(rows.map((row) => [row.card_token, row]));
  const own: KnownGeneration[] = [];
  for (const card of cards) {
    const row = byToken.get(card.token)!;
    if (row.member !== null && row.member !== (card.member ?? row.member)) {
      refuse(recording, card.origin, 'card', 'card-of-other-member');
    } else own.push({ card, firstGeneration: row.first_generation });
  }
  const exchanged = await recordExchanges(own, recording);
  const changed = own.flatMap(({ card }): CardsTable[] => {
    const row = byToken.get(card.token)!;
    const { bank = row.bank, member = row.member } = card;
    const generation = exchanged.get(card.token) ?? row.generation;
    if (bank === row.bank && member === row.member && generation === row.generation) return [];
    const isHandedOver = member !== row.member;
    if (isHandedOver) touch(touchedCards, card.token, BEGINNING_MS);
    const member_recorded_at_ms = isHandedOver ? nowMs : row.member_recorded_at_ms;
    return [{ ...row, bank, member, generation, member_recorded_at_ms, recorded_at_ms: nowMs }];
  });
  if (changed.length === 0) return [...exchanged.keys()];
  await transaction
    .insertInto('cards')
    .values(changed)
    .onConflict((conflict) =>
      conflict.column('card_token').doUpdateSet((set) => ({
        bank: set.ref('excluded.bank'),
        member: set.ref('excluded.member'),
        generation: set.ref('excluded.generation'),
        member_recorded_at_ms: set.ref('excluded.member_recorded_at_ms'),
        recorded_at_ms: set.ref('excluded.recorded_at_ms'),
      })),
    )
    .execute();
  return [...new Set([...changed.map(({ card_token }) => card_token), ...exchanged.keys()])];
}
