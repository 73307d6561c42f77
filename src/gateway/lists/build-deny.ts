import { createNameSet, encodeDeny, NAME_BYTES } from '../../lists/index.js';
import type { BuiltList } from './built-list.js';
import { listNames } from './card-list-names.js';
import { deniedCards } from './denied-cards.js';
import type { ListOptions } from './list-options.js';
import { nameCards } from './name-cards.js';

/** The deny list as the books stand now: names alone, for no terminal needs to know why. */
export async function buildDeny(options: ListOptions): Promise<BuiltList> {
  const { clock, database, policy, tokenKey } = options;
  const names: Uint8Array[] = [];
  let unnamed = 0;
  for await (const cards of deniedCards(database, { at: clock(), debtFen: policy.debtFen })) {
    const named = await nameCards(options, [...new Set(cards.map(({ token }) => token))]);
    unnamed += named.unnamed;
    for (const name of named.names.values()) names.push(name.subarray(0, NAME_BYTES));
  }
  const cards = createNameSet(Buffer.concat(names));
  return {
    content: encodeDeny({ namingKey: listNames(tokenKey).namingKey, cards }),
    entries: cards.size,
    unnamed,
  };
}
