import type { CollectionPolicy } from '../collection-policy.js';

export interface Bank {
  readonly id: string;
  readonly name: string;
  readonly nameZh?: string | undefined;
}

/** The id of the bank that a cell names, the first where it names none; `undefined` for one that is not known. */
export type FindBank = (named: string | undefined) => string | undefined;

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();

/** `banks`: those of the policy of cards. */
export function createBankFinder(banks: readonly Bank[], { bankNames }: Pick<CollectionPolicy, 'bankNames'>): FindBank {
  const idOf = new Map(
    banks.flatMap(({ id, name, nameZh = name }) =>
      [id, name, nameZh, ...(bankNames[id] ?? [])].map((each) => [plain(each), id] as const),
    ),
  );
  return (named) => (named === undefined ? banks[0]?.id : idOf.get(plain(named)));
}
