import {
  type CaKeyFile,
  type CertificationAuthorityKey,
  type ImportFault,
  type ImportNote,
  KeyError,
  type KeyErrorCode,
  keyErrorMeaning,
  readCaKeys,
  wellKnownKeys,
} from '../../../emv/index.js';
import { CommandError } from '../exit-codes.js';
import { readNamedFile } from '../read-named-file.js';
import { checkedKey, identityOf } from './key-identity.js';
import type { KeyStore } from './key-store-file.js';

export type KeyNote = ImportNote | 'published-test-key';

/** A key of a file that is sound: its fields in upper-case hex, its check value worked out. */
export interface CheckedKey {
  readonly place: string;
  readonly key: CertificationAuthorityKey;
  readonly notes: readonly KeyNote[];
}

export interface KeyFault {
  readonly place: string;
  readonly code: KeyErrorCode;
  readonly message: string;
}

export interface CheckedKeyFile {
  readonly format: CaKeyFile['format'];
  readonly keys: readonly CheckedKey[];
  readonly revoked: readonly string[];
  readonly faults: readonly KeyFault[];
}

/**
 * Reads a file of keys, or the pipe for `-`, and checks each key on its own. A published test key is marked as one,
 * whatever the file says or leaves out; a published live key is one unless the file says otherwise.
 */
export async function readKeyFile(path: string): Promise<CheckedKeyFile> {
  return checkKeyFile(readCaKeys(await readNamedFile(path)));
}

function checkKeyFile(file: CaKeyFile): CheckedKeyFile {
  const checked = file.keys.map(({ place, key, notes }): CheckedKey | KeyFault => {
    const result = check(key);
    if ('code' in result) return { place, ...result };
    const published = publishedUseOf(result);
    if (published === 'test')
      return { place, key: { ...result, use: 'test' }, notes: [...notes, 'published-test-key'] };
    return { place, key: published === undefined ? result : { use: published, ...result }, notes };
  });
  return {
    format: file.format,
    keys: checked.flatMap((one) => ('key' in one ? [one] : [])),
    revoked: file.revocations.map(({ certificate }) => certificate),
    faults: [...file.faults.map(describeFault), ...checked.flatMap((one) => ('code' in one ? [one] : []))],
  };
}

const describeFault = ({ place, code, field }: ImportFault): KeyFault => ({
  place,
  code,
  message: keyErrorMeaning(code) + (field === undefined ? '' : ` (${field})`),
});

function check(key: CertificationAuthorityKey): CertificationAuthorityKey | { code: KeyErrorCode; message: string } {
  try {
    return checkedKey(key);
  } catch (error) {
    if (error instanceof KeyError) return { code: error.code, message: error.message };
    throw error;
  }
}

/** What a scheme published the key for. */
const publishedUseOf = (key: CertificationAuthorityKey): CertificationAuthorityKey['use'] => {
  const uses = wellKnownKeys({ rid: key.rid })
    .filter((known) => identityOf(known) === identityOf(key))
    .map(({ use }) => use);
  return uses.includes('test') ? 'test' : uses[0];
};

/** All keys and revoked certificates of files that are to be trusted for one command; every entry has to be sound. */
export async function readKeyFiles(paths: readonly string[]): Promise<KeyStore> {
  const files = await Promise.all(paths.map(async (path) => ({ path, ...(await readKeyFile(path)) })));
  for (const { path, faults, keys, revoked } of files) {
    const [fault] = faults;
    if (fault !== undefined) throw new CommandError(fault.code, `${path}, ${fault.place}: ${fault.message}`);
    if (keys.length + revoked.length === 0) {
      throw new CommandError('no-keys-found', `${path} holds neither a key nor a revoked certificate`);
    }
  }
  return {
    keys: files.flatMap(({ keys }) => keys.map(({ key }) => key)),
    revoked: files.flatMap(({ revoked }) => revoked),
  };
}
