import type { CertificationAuthorityKey } from '../../../emv/index.js';
import { materialOf } from './key-identity.js';
import type { KeyStore } from './key-store-file.js';
import type { CheckedKeyFile, KeyNote } from './read-key-files.js';

export type MergeStatus = 'new' | 'same' | 'replaced' | 'conflict';

export interface MergedKey {
  readonly key: CertificationAuthorityKey;
  readonly status: MergeStatus;
  readonly notes: readonly KeyNote[];
}

export interface Merge {
  readonly store: KeyStore;
  readonly keys: readonly MergedKey[];
  readonly newRevocations: number;
}

/**
 * A store with the keys of a file. Another key under the same RID and index is a conflict, which leaves the store as it
 * is; `replace` puts the new one in its place, `use` says what the keys are for where the file does not.
 */
export function mergeKeys(
  store: KeyStore,
  file: CheckedKeyFile,
  options: { readonly replace: boolean; readonly use?: 'live' | 'test' | undefined },
): Merge {
  let keys = [...store.keys];
  const merged = file.keys.map(({ key: read, notes }): MergedKey => {
    const key = options.use === undefined || read.use === 'test' ? read : { ...read, use: options.use };
    const namesakes = keys.filter(({ rid, index }) => rid === key.rid && index === key.index);
    const same = namesakes.find((known) => materialOf(known) === materialOf(key));
    if (same !== undefined) {
      keys = keys.map((known) => (known === same ? { ...known, ...key } : known));
      return { key, notes, status: 'same' };
    }
    if (namesakes.length > 0 && !options.replace) return { key, notes, status: 'conflict' };
    keys = [...keys.filter((known) => !namesakes.includes(known)), key];
    return { key, notes, status: namesakes.length > 0 ? 'replaced' : 'new' };
  });
  const known = new Set(store.revoked);
  const revoked = new Set([...store.revoked, ...file.revoked]);
  return { store: { keys, revoked: [...revoked] }, keys: merged, newRevocations: revoked.size - known.size };
}
