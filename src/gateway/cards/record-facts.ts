import type { Transaction } from 'kysely';
import type { CardState } from '../membership/index.js';
import { noChanges } from '../membership/membership-changes.js';
import { recordWithin } from '../membership/record-changes.js';
import type { Tables } from '../storage/index.js';
import type { CardOptions } from './card-options.js';

const ORIGIN = { index: 0 };

interface StateFact {
  readonly token: string;
  readonly state: CardState;
  readonly from: string;
}

/** Records the state of a card from an instant on, so that prices, lists and pages follow. */
export async function recordStateFact(
  options: CardOptions,
  transaction: Transaction<Tables>,
  { token, state, from }: StateFact,
): Promise<void> {
  const free = await freeInstant(transaction, token, from);
  await recordWithin(options, transaction, { ...noChanges(), states: [{ token, state, from: free, origin: ORIGIN }] });
}

/** Two states of a card never hold from one instant: the later one does from the next millisecond on. */
async function freeInstant(transaction: Transaction<Tables>, token: string, from: string): Promise<string> {
  const rows = await transaction
    .selectFrom('card_states')
    .select('from_ms')
    .where('card_token', '=', token)
    .where('from_ms', '>=', Date.parse(from))
    .execute();
  const taken = new Set(rows.map(({ from_ms }) => Number(from_ms)));
  let fromMs = Date.parse(from);
  while (taken.has(fromMs)) fromMs++;
  return fromMs === Date.parse(from) ? from : new Date(fromMs).toISOString();
}

/** Records that a card is of PBOC 3.0 from an instant on, under the same number. */
export async function recordExchangeFact(
  options: CardOptions,
  transaction: Transaction<Tables>,
  { token, mask, from, sequenceNumber }: { token: string; mask: string; from: string; sequenceNumber: number },
): Promise<void> {
  const card = { token, mask, generation: 'pboc3' as const, generationFrom: from, sequenceNumber, origin: ORIGIN };
  await recordWithin(options, transaction, { ...noChanges(), cards: [card] });
}
