import { setImmediate } from 'node:timers/promises';
import {
  type BinaryFuseFilter,
  type CardName,
  createNameSet,
  decodeMembers,
  encodeMembers,
  FALSE_POSITIVE_RATE,
  type ListContent,
  makeBinaryFuseFilter,
  mayHave,
  NAME_BYTES,
  type NameSet,
} from '../../lists/index.js';
import { decideMembership } from '../membership/decide/index.js';
import { readFareCards } from '../membership/index.js';
import type { BuiltList } from './built-list.js';
import { listNames } from './card-list-names.js';
import { inOrderOfCards } from './in-order-of-cards.js';
import type { ListOptions } from './list-options.js';
import { nameCards } from './name-cards.js';

/**
 * Who may have the discount, as the books stand now. The filter of the version before is kept, and what is no longer
 * right is corrected name by name, until there is so much to correct that a new filter is smaller. In memory are names
 * only, 16 bytes for each registered card.
 */
export async function buildMembers(options: ListOptions, before: ListContent | undefined): Promise<BuiltList> {
  const { entitled, others, unnamed } = await sortCards(options);
  const namingKey = listNames(options.tokenKey).namingKey;
  const known = before && decodeMembers(before)?.filter;
  const kept = known && (await corrected(known, entitled, others));
  const { correctionsMin, correctionsShareMax } = options.policy;
  const isEnough =
    kept !== undefined &&
    kept.added.size + kept.removed.size <=
      Math.max(correctionsMin, correctionsShareMax * entitled.size, 2 * FALSE_POSITIVE_RATE * others.size);
  const chosen = isEnough ? kept : await corrected(await makeFilter(entitled), entitled, others);
  return {
    content: encodeMembers({ namingKey, falsePositiveRate: FALSE_POSITIVE_RATE, ...chosen }),
    entries: entitled.size,
    unnamed,
  };
}

/** Taps are not to wait for a filter. */
async function makeFilter(names: NameSet): Promise<BinaryFuseFilter> {
  const making = makeBinaryFuseFilter(names);
  for (let step = making.next(); ; step = making.next()) {
    if (step.done) return step.value;
    await setImmediate();
  }
}

const NAMES_TOGETHER = 10_000;

/** Where a filter is wrong of cards that are known. */
async function corrected(filter: BinaryFuseFilter, entitled: NameSet, others: NameSet) {
  return {
    filter,
    added: await select(entitled, (name) => !mayHave(filter, name)),
    removed: await select(others, (name) => mayHave(filter, name)),
  };
}

async function select(set: NameSet, isWanted: (name: CardName) => boolean): Promise<NameSet> {
  const names: Uint8Array[] = [];
  for (let index = 0; index < set.size; index++) {
    if (index % NAMES_TOGETHER === 0) await setImmediate();
    if (isWanted(set.at(index))) names.push(set.bytes.subarray(index * NAME_BYTES, (index + 1) * NAME_BYTES));
  }
  return createNameSet(Buffer.concat(names));
}

async function sortCards(options: ListOptions) {
  const { clock, database, membershipPolicy: policy } = options;
  const { kysely } = database;
  const at = clock().toISOString();
  const [entitled, others] = [new NameBuffer(), new NameBuffer()];
  let unnamed = 0;
  const pages = inOrderOfCards((after, limit) =>
    kysely
      .selectFrom('cards')
      .select('card_token')
      .where('card_token', '>', after)
      .orderBy('card_token')
      .limit(limit)
      .execute(),
  );
  for await (const page of pages) {
    const tokens = page.map(({ card_token }) => card_token);
    const cards = await kysely.transaction().execute((transaction) => readFareCards(transaction, tokens));
    const named = await nameCards(options, tokens);
    unnamed += named.unnamed;
    for (const [token, name] of named.names) {
      if (decideMembership({ policy, card: cards.get(token), at }).entitled) entitled.add(name);
      else others.add(name);
    }
  }
  return { entitled: createNameSet(entitled.bytes), others: createNameSet(others.bytes), unnamed };
}

/** Names one behind the other, without an object for each. */
class NameBuffer {
  #bytes = new Uint8Array(NAME_BYTES * 1024);
  #length = 0;

  add(name: Uint8Array): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#bytes.length);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(name.subarray(0, NAME_BYTES), this.#length);
    this.#length += NAME_BYTES;
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }
}
