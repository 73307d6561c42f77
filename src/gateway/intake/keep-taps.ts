import type { Transaction } from 'kysely';
import {
  counterCard,
  counterChip,
  counterTap,
  counterTapNamed,
  type GatewayDatabase,
  type Tables,
} from '../storage/index.js';
import { publish } from '../webhooks/index.js';
import type { ExaminedTap } from './examine-tap.js';
import { insertNew, insertRows } from './insert-rows.js';

const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** What was taken for new was not. */
export class KnownBefore extends Error {}

/**
 * Takes the identities of taps that are new, of each identity the first tap, and names them. Those left out are known
 * already, or have just been taken by another process, whose transaction has then ended. In one order everywhere, so
 * that two processes with the same taps wait for each other and never crosswise. `isAllNew`: throws {@link KnownBefore}
 * where one is left out; to ask the database which they are takes as long as inserting them.
 */
export async function takeIdentities(
  transaction: Transaction<Tables>,
  taps: readonly ExaminedTap[],
  isAllNew: boolean,
): Promise<ReadonlySet<string>> {
  const firsts = new Map<string, ExaminedTap>();
  for (const tap of taps) if (!firsts.has(tap.identity)) firsts.set(tap.identity, tap);
  const rows = [...firsts.values()]
    .sort((one, other) => byText(one.identity, other.identity))
    .map(({ id, record: { operator, terminal, sequence } }) => ({
      operator,
      terminal,
      sequence,
      id,
      content_hash: '',
      card_token: '',
    }));
  if (isAllNew) {
    if ((await insertNew(transaction, 'tap_identities', rows)) < rows.length) throw new KnownBefore();
    return new Set(firsts.keys());
  }
  const taken = await insertRows(transaction, 'tap_identities', rows, { isIfNew: true, returning: 'id' });
  const identityOf = new Map([...firsts.values()].map(({ id, identity }) => [id, identity]));
  return new Set(taken.map(({ id }) => identityOf.get(id as string)!));
}

/** Holds the cards, which are written down where they are new. */
export async function holdCards(
  database: GatewayDatabase,
  transaction: Transaction<Tables>,
  tokens: ReadonlySet<string>,
): Promise<void> {
  if (tokens.size === 0) return;
  const sorted = [...tokens].sort(byText);
  await insertRows(
    transaction,
    'tap_cards',
    sorted.map((card_token) => ({ card_token })),
    { isIfNew: true },
  );
  await database.lockCards(transaction, sorted);
}

/** Takes the transaction counters of cards that are held; those left out were used before. `isAllNew`: as above. */
export async function takeTransactions(
  transaction: Transaction<Tables>,
  taps: readonly ExaminedTap[],
  isAllNew: boolean,
): Promise<ReadonlySet<string>> {
  const rows = taps.flatMap(({ id, cardToken, proof }) =>
    proof ? [{ card: counterCard(cardToken), chip: counterChip(proof.chip), atc: proof.atc, tap: counterTap(id) }] : [],
  );
  if (isAllNew) {
    if ((await insertNew(transaction, 'card_counters', rows)) < rows.length) throw new KnownBefore();
    return new Set(taps.flatMap(({ id, proof }) => (proof ? [id] : [])));
  }
  const taken = await insertRows(transaction, 'card_counters', rows, { isIfNew: true, returning: 'tap' });
  return new Set(taken.map(({ tap }) => counterTapNamed(tap as Uint8Array)));
}

/** Keeps what came under an identity that had other content, each content once, and tells of what is new. */
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
  const kept = await transaction
    .insertInto('tap_conflicts')
    .values(rows.sort((one, other) => byText(one.tap_id + one.content_hash, other.tap_id + other.content_hash)))
    .onConflict((conflict) => conflict.doNothing())
    .returning('tap_id')
    .execute();
  await publishConflicts(transaction, taps, new Set(kept.map(({ tap_id }) => tap_id)), receivedAt);
}

/** One event for each tap, however many contents came under its identity at once. */
async function publishConflicts(
  transaction: Transaction<Tables>,
  taps: readonly ExaminedTap[],
  ids: ReadonlySet<string>,
  at: Date,
): Promise<void> {
  const byId = new Map(taps.map((tap) => [tap.id, tap.record]));
  for (const id of ids) {
    const { operator, terminal } = byId.get(id)!;
    const data = { kind: 'conflict', code: 'content-conflict', operator, terminal, tapId: id };
    await publish(transaction, { type: 'exception.opened', subject: id, data, at });
  }
}
