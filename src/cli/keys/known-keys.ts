import { type CertificationAuthorityKey, wellKnownKeys } from '../../../emv/index.js';
import { checkedKey, identityOf } from './key-identity.js';
import { readKeyStore } from './key-store-file.js';

/** Where a key comes from: in the box and trusted, in the box to look at cards with, or imported. */
export type KeyOrigin = 'built-in' | 'published' | 'imported';

export interface KnownKey {
  readonly key: CertificationAuthorityKey;
  readonly origin: KeyOrigin;
}

/** Imported keys, then UnionPay's live ones; with `all` every published key, which is to be looked at, not trusted. */
export async function knownKeys(state: string, { all }: { readonly all: boolean }): Promise<KnownKey[]> {
  const { keys } = await readKeyStore(state);
  const imported = keys.map((key): KnownKey => ({ key, origin: 'imported' }));
  const isImported = new Set(keys.map(identityOf));
  const published = (all ? wellKnownKeys() : wellKnownKeys({ use: 'live' })).map(checkedKey);
  return [
    ...imported,
    ...published
      .filter((key) => !isImported.has(identityOf(key)))
      .map((key): KnownKey => ({ key, origin: key.use === 'live' ? 'built-in' : 'published' })),
  ];
}
