import type { CardsTable } from '../storage/membership-tables.js';
import { inChunks } from './in-chunks.js';
import { knownMembers } from './known-members.js';
import type { CardChange } from './membership-changes.js';
import { type Recording, refuse } from './recording.js';

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
    if (!known) cards.set(card.token, card);
    else if (known.member !== card.member) refuse(recording, card.origin, 'card', 'card-of-other-member');
    else if (known.generation !== card.generation) refuse(recording, card.origin, 'generation', 'contradiction');
    else if (known.bank !== card.bank) refuse(recording, card.origin, 'bank', 'contradiction');
  }
  let count = 0;
  await inChunks([...cards.values()], async (chunk) => {
    count += await recordChunk(await ofKnownMembers(chunk, recording), recording);
  });
  return count;
}

async function ofKnownMembers(cards: readonly CardChange[], recording: Recording): Promise<readonly CardChange[]> {
  const known = await knownMembers(
    recording.transaction,
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
  const { transaction, nowMs } = recording;
  const toRow = ({ token, mask, bank, generation, member }: CardChange): CardsTable => ({
    card_token: token,
    card_mask: mask,
    bank: bank ?? DEFAULT_BANK,
    generation,
    member: member ?? null,
    recorded_at_ms: nowMs,
  });
  const { numInsertedOrUpdatedRows: added = 0n } = await transaction
    .insertInto('cards')
    .values(cards.map(toRow))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  await transaction
    .insertInto('card_list_names')
    .values(cards.map(({ token, listName }) => ({ card_token: token, sealed_name: listName })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const tokens = cards.map(({ token }) => token);
  const rows = await transaction.selectFrom('cards').selectAll().where('card_token', 'in', tokens).execute();
  const byToken = new Map(rows.map((row) => [row.card_token, row]));
  let changed = 0;
  for (const card of cards) {
    const row = byToken.get(card.token)!;
    const { bank = row.bank, generation, member = row.member } = card;
    if (row.member !== null && row.member !== member) {
      refuse(recording, card.origin, 'card', 'card-of-other-member');
    } else if (row.bank !== bank || row.generation !== generation || row.member !== member) {
      changed++;
      await transaction
        .updateTable('cards')
        .set({ bank, generation, member, recorded_at_ms: nowMs })
        .where('card_token', '=', card.token)
        .execute();
    }
  }
  return Number(added) + changed;
}
