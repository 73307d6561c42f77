import { readFile } from 'node:fs/promises';
import {
  createIssuerKeys,
  type IssuerKey,
  type IssuerKeys,
  IssuerKeysError,
  parseIssuerKeys,
  unwrapText,
} from '../../gateway/index.js';
import { CommandError } from '../exit-codes.js';

/** Issuers' master keys that can be read again while they are in use. */
export interface LoadedIssuerKeys {
  /** Absent where there is no file. */
  readonly keys: IssuerKeys | undefined;
  /** Reads the file again. Throws as before, and goes on with the keys that there are. */
  reload(): Promise<void>;
}

/**
 * The issuers' master keys of a file, which may be wrapped under the gateway's master key. Throws CommandError, which
 * tells lines and no key, and GatewayKeysError.
 */
export async function loadIssuerKeys(
  path: string | undefined,
  master?: Uint8Array | undefined,
): Promise<LoadedIssuerKeys> {
  if (path === undefined) return { keys: undefined, reload: async () => {} };
  const read = async () => createIssuerKeys(issuerKeysIn(await readText(path), path, master));
  let current = await read();
  return {
    keys: { find: (card) => current.find(card), all: () => current.all() },
    reload: async () => {
      current = await read();
    },
  };
}

const readText = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch(() => {
    throw new CommandError('file-unreadable', `${path}: there is no such file, or it cannot be read`);
  });

/** The keys in a text, in clear or wrapped. Throws CommandError and GatewayKeysError. */
export function issuerKeysIn(text: string, path: string, master: Uint8Array | undefined): readonly IssuerKey[] {
  try {
    return parseIssuerKeys(unwrapText(text, path, master));
  } catch (error) {
    if (error instanceof IssuerKeysError) throw new CommandError(error.code, `${path}: ${error.message}`);
    throw error;
  }
}
