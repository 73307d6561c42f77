import { insertRows } from '../intake/insert-rows.js';
import { publishAll } from '../webhooks/index.js';
import { inChunks } from './in-chunks.js';
import type { StateChange } from './membership-changes.js';
import { type Recording, refuse, touch } from './recording.js';

/** Records states of cards, and says how many are new. One that is known is never changed. */
export async function recordStates(changes: readonly StateChange[], recording: Recording): Promise<number> {
  let count = 0;
  await inChunks(changes, async (chunk) => {
    count += await recordChunk(chunk, recording);
  });
  return count;
}

async function recordChunk(changes: readonly StateChange[], recording: Recording): Promise<number> {
  const { transaction, nowMs, newCards, touchedCards } = recording;
  const tokens = [...new Set(changes.map(({ token }) => token))];
  const others = tokens.filter((token) => !newCards.has(token));
  const [cards, kept] =
    others.length === 0
      ? [[], []]
      : [
          await transaction.selectFrom('cards').select('card_token').where('card_token', 'in', others).execute(),
          await transaction.selectFrom('card_states').selectAll().where('card_token', 'in', others).execute(),
        ];
  const isKnown = new Set([...newCards, ...cards.map(({ card_token }) => card_token)]);
  const stateAt = new Map(kept.map(({ card_token, from_ms, state }) => [`${card_token} ${from_ms}`, state]));
  const rows = changes.flatMap(({ token, state, from, origin }) => {
    const fromMs = Date.parse(from);
    const key = `${token} ${fromMs}`;
    const before = stateAt.get(key);
    if (!isKnown.has(token)) refuse(recording, origin, 'card', 'card-unknown');
    else if (before !== undefined && before !== state) refuse(recording, origin, 'state', 'contradiction');
    if (!isKnown.has(token) || before !== undefined) return [];
    stateAt.set(key, state);
    touch(touchedCards, token, fromMs);
    return [{ card_token: token, state, from, from_ms: fromMs, recorded_at_ms: nowMs }];
  });
  await insertRows(transaction, 'card_states', rows, { isIfNew: true });
  await publishAll(
    transaction,
    rows.flatMap(({ card_token: cardToken, state, from }) =>
      state === 'lost'
        ? [{ type: 'card.lost' as const, subject: cardToken, data: { cardToken, from }, at: new Date(nowMs) }]
        : [],
    ),
  );
  return rows.length;
}
