import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import {
  type CaKeyFile,
  type CertificationAuthorityKey,
  createCertificationAuthorityKeyStore,
  type ImportFault,
  type ImportNote,
  KeyError,
  type KeyErrorCode,
  keyErrorMeaning,
  readCaKeys,
  wellKnownKeys,
} from '../../../emv/index.js';
import { CommandError } from '../exit-codes.js';
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

/** Reads a file of keys, or the pipe for `-`, and checks each key on its own. */
export async function readKeyFile(path: string): Promise<CheckedKeyFile> {
  const bytes = path === '-' ? await buffer(process.stdin) : await readBytes(path);
  return checkKeyFile(readCaKeys(bytes));
}

async function readBytes(path: string): Promise<Uint8Array> {
  return readFile(path).catch((error: Error) => {
    throw new CommandError('file-unreadable', error.message);
  });
}

function checkKeyFile(file: CaKeyFile): CheckedKeyFile {
  const checked = file.keys.map(({ place, key, notes }): CheckedKey | KeyFault => {
    const result = check(key);
    if ('code' in result) return { place, ...result };
    const isTest = isPublishedTestKey(result);
    return { place, key: result, notes: isTest ? [...notes, 'published-test-key'] : notes };
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

/** The key as a store would keep it. A published test key is marked as one, whatever the file says or leaves out. */
function check(key: CertificationAuthorityKey): CertificationAuthorityKey | { code: KeyErrorCode; message: string } {
  try {
    const { prepared, ...plain } = createCertificationAuthorityKeyStore([key]).all()[0]!;
    return isPublishedTestKey(plain) ? { ...plain, use: 'test' } : plain;
  } catch (error) {
    if (error instanceof KeyError) return { code: error.code, message: error.message };
    throw error;
  }
}

const isPublishedTestKey = ({ rid, index, modulus, publicKey }: CertificationAuthorityKey): boolean =>
  wellKnownKeys({ rid, use: 'test' }).some(
    (known) => known.index === index && (known.modulus ?? known.publicKey)?.toUpperCase() === (modulus ?? publicKey),
  );

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
