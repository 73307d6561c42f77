import type { Transaction } from 'kysely';
import type { GatewayDatabase, Tables } from '../storage/index.js';
import type { ExaminedTap } from './examine-tap.js';

const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/**
 * Takes the identities of taps that are new, of each identity the first tap. Those left out are known already, or have
 * just been taken by another process, whose transaction has then ended. In one order everywhere, so that two processes
 * with the same taps wait for each other and never crosswise.
 */
export async function takeIdentities(
  transaction: Transaction<Tables>,
  taps: readonly ExaminedTap[],
): Promise<ReadonlySet<string>> {
  const firsts = new Map<string, ExaminedTap>();
  for (const tap of taps) if (!firsts.has(tap.id)) firsts.set(tap.id, tap);
  const rows = [...firsts.values()]
    .sort((one, other) => byText(one.id, other.id))
    .map(({ id, contentHash, cardToken, record: { operator, terminal, sequence } }) => ({
      operator,
      terminal,
      sequence,
      id,
      content_hash: contentHash,
      card_token: cardToken,
    }));
  const taken = await transaction
    .insertInto('tap_identities')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  return new Set(taken.map(({ id }) => id));
}

/** Holds the cards, which are written down where they are new. */
export async function holdCards(
  database: GatewayDatabase,
  transaction: Transaction<Tables>,
  tokens: ReadonlySet<string>,
): Promise<void> {
  if (tokens.size === 0) return;
  const sorted = [...tokens].sort(byText);
  await transaction
    .insertInto('tap_cards')
    .values(sorted.map((card_token) => ({ card_token })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await database.lockCards(transaction, sorted);
}

/** Takes the transaction counters of cards that are held; those left out were used before. */
export async function takeTransactions(
  transaction: Transaction<Tables>,
  taps: readonly ExaminedTap[],
): Promise<ReadonlySet<string>> {
  const rows = taps.flatMap(({ id, cardToken, proof }) =>
    proof ? [{ card_token: cardToken, chip: proof.chip, atc: proof.atc, tap_id: id }] : [],
  );
  if (rows.length === 0) return new Set();
  const taken = await transaction
    .insertInto('card_transactions')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .returning('tap_id')
    .execute();
  return new Set(taken.map(({ tap_id }) => tap_id));
}

/** Keeps what came under an identity that had other content, each content once. */
export async function keepConflicts(
  transaction: Transaction<Tables>,
  taps: readonly ExaminedTap[],
  receivedAt: Date,
): Promise<void> {
  if (taps.length === 0) return;
  const rows = taps.map(({ id, contentHash, sealed }) => ({
    tap_id: id,
    content_hash: contentHash,
    received_at_ms: receivedAt.getTime(),
    record: sealed,
  }));
  await transaction
    .insertInto('tap_conflicts')
    .values(rows.sort((one, other) => byText(one.tap_id + one.content_hash, other.tap_id + other.content_hash)))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
