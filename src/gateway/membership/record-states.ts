import { inChunks } from './in-chunks.js';
import type { StateChange } from './membership-changes.js';
import { type Recording, refuse } from './recording.js';

/** Records states of cards, and says how many are new. One that is known is never changed. */
export async function recordStates(changes: readonly StateChange[], recording: Recording): Promise<number> {
  let count = 0;
  await inChunks(changes, async (chunk) => {
    count += await recordChunk(chunk, recording);
  });
  return count;
}

async function recordChunk(changes: readonly StateChange[], recording: Recording): Promise<number> {
  const { transaction, nowMs } = recording;
  const tokens = [...new Set(changes.map(({ token }) => token))];
  const cards = await transaction.selectFrom('cards').select('card_token').where('card_token', 'in', tokens).execute();
  const isKnown = new Set(cards.map(({ card_token }) => card_token));
  for (const { token, origin } of changes) {
    if (!isKnown.has(token)) refuse(recording, origin, 'card', 'card-unknown');
  }
  const rows = changes
    .filter(({ token }) => isKnown.has(token))
    .map(({ token, state, from }) => ({
      card_token: token,
      state,
      from,
      from_ms: Date.parse(from),
      recorded_at_ms: nowMs,
    }));
  if (rows.length === 0) return 0;
  const { numInsertedOrUpdatedRows: added = 0n } = await transaction
    .insertInto('card_states')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  const kept = await transaction
    .selectFrom('card_states')
    .select(['card_token', 'state', 'from_ms'])
    .where('card_token', 'in', tokens)
    .execute();
  const stateAt = new Map(kept.map(({ card_token, from_ms, state }) => [`${card_token} ${from_ms}`, state]));
  for (const { token, state, from, origin } of changes) {
    const known = stateAt.get(`${token} ${Date.parse(from)}`);
    if (known !== undefined && known !== state) refuse(recording, origin, 'state', 'contradiction');
  }
  return Number(added);
}
