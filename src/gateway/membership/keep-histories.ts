import { setImmediate } from 'node:timers/promises';
import { prepareQuery, rowsOfJson } from '../storage/index.js';
import { readCardFacts } from './facts.js';
import { chunksOf } from './in-chunks.js';
import type { Recording } from './recording.js';
import { toHistory } from './to-history.js';

/**
 * Writes the histories of the cards that a recording has touched into their rows, and notes which of them have to be
 * priced again: what was recorded now holds from an instant before.
 */
export async function keepHistories(recording: Recording): Promise<void> {
  const { touchedCards, touchedMembers } = recording;
  for (const members of chunksOf([...touchedMembers.keys()])) await touchCardsOf(recording, members);
  for (const tokens of chunksOf([...touchedCards.keys()].sort())) {
    await writeHistories(recording, tokens);
    await noteRepricing(recording, tokens);
    await setImmediate();
  }
  touchedCards.clear();
  touchedMembers.clear();
}

async function touchCardsOf({ transaction, touchedCards, touchedMembers }: Recording, members: readonly string[]) {
  const cards = await transaction
    .selectFrom('cards')
    .select(['card_token', 'member'])
    .where('member', 'in', members)
    .execute();
  for (const { card_token, member } of cards) {
    const fromMs = touchedMembers.get(member ?? '') ?? 0;
    touchedCards.set(card_token, Math.min(fromMs, touchedCards.get(card_token) ?? fromMs));
  }
}

/** Two recordings never write one card's history at once: each would miss what the other has recorded. */
async function writeHistories(
  { transaction, kind, inHand, newCards }: Recording,
  all: readonly string[],
): Promise<void> {
  const tokens = all.filter((token) => !(newCards.has(token) && inHand.has(token)));
  const facts = await readCardFacts(transaction, tokens, { isLocking: kind === 'postgresql' });
  const written = [...facts].map(([token, known]) => ({
    card_token: token,
    history: JSON.stringify(toHistory(known)),
  }));
  if (written.length > 0) await updateHistories(transaction, { histories: JSON.stringify(written) });
}

const updateHistories = prepareQuery((kysely, { histories }: { histories: string }) =>
  kysely
    .updateTable('cards')
    .from(
      rowsOfJson<{ card_token: string; history: string }>(kysely, histories, {
        card_token: 'text',
        history: 'text',
      }).as('told'),
    )
    .set(({ ref }) => ({ history: ref('told.history') }))
    .whereRef('cards.card_token', '=', 'told.card_token'),
);

async function noteRepricing(recording: Recording, tokens: readonly string[]): Promise<void> {
  const { transaction, touchedCards, nowMs, isBulk } = recording;
  const past = tokens.filter((token) => (touchedCards.get(token) ?? nowMs) < nowMs);
  if (past.length === 0) return;
  const withTaps = isBulk
    ? (await transaction.selectFrom('tap_cards').select('card_token').where('card_token', 'in', past).execute()).map(
        ({ card_token }) => card_token,
      )
    : past;
  if (withTaps.length === 0) return;
  await transaction
    .insertInto('cards_to_reprice')
    .values(withTaps.map((token) => ({ card_token: token, from_ms: touchedCards.get(token)!, version: 1 })))
    .onConflict((conflict) =>
      conflict.column('card_token').doUpdateSet((set) => ({
        from_ms: set
          .case()
          .when('cards_to_reprice.from_ms', '<', set.ref('excluded.from_ms'))
          .then(set.ref('cards_to_reprice.from_ms'))
          .else(set.ref('excluded.from_ms'))
          .end(),
        version: set('cards_to_reprice.version', '+', 1),
      })),
    )
    .execute();
}
