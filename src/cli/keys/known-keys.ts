import {
  type CertificationAuthorityKey,
  createCertificationAuthorityKeyStore,
  wellKnownKeys,
} from '../../../emv/index.js';
import { readKeyStore } from './key-store-file.js';
import { materialOf } from './merge-keys.js';

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
  const isImported = new Set(keys.map(nameOf));
  const published = (all ? wellKnownKeys() : wellKnownKeys({ use: 'live' })).map(withCheckValue);
  return [
    ...imported,
    ...published
      .filter((key) => !isImported.has(nameOf(key)))
      .map((key): KnownKey => ({ key, origin: key.use === 'live' ? 'built-in' : 'published' })),
  ];
}

const nameOf = (key: CertificationAuthorityKey): string => `${key.rid} ${key.index} ${materialOf(key)}`;

function withCheckValue(key: CertificationAuthorityKey): CertificationAuthorityKey {
  const { prepared, ...checked } = createCertificationAuthorityKeyStore([key]).all()[0]!;
  return checked;
}
