import type { Transaction } from 'kysely';
import { type CardFacts, readCardFacts } from '../membership/facts.js';
import { memberRefusal, stateAt } from '../membership/index.js';
import { toHistory } from '../membership/to-history.js';
import type { Tables } from '../storage/index.js';
import type { CardLifeState } from './card-life.js';
import type { CardOptions } from './card-options.js';

type Reader = Pick<Transaction<Tables>, 'selectFrom'>;

/**
 * Where a card is in its life at an instant, by the facts that are recorded of it and of its member: without benefits
 * while its member has left, and as it would be otherwise when the member has joined again.
 */
export function cardStateAt(facts: CardFacts, at: string): CardLifeState {
  const history = toHistory(facts);
  if (!history) return 'inactive';
  const state = stateAt(history, at);
  if (state === 'closed') return state;
  return memberRefusal(history, at) === 'member-left' ? 'withdrawn' : state;
}

/** The facts of a card; whoever else takes a step of it waits until the transaction ends. */
export const holdCardFacts = async (
  { database }: CardOptions,
  transaction: Transaction<Tables>,
  token: string,
): Promise<CardFacts | undefined> =>
  (await readCardFacts(transaction, [token], { isLocking: database.kind === 'postgresql' })).get(token);

export const readFacts = async (reader: Reader, token: string): Promise<CardFacts | undefined> =>
  (await readCardFacts(reader, [token])).get(token);
