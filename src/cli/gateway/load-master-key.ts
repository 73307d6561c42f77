import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { parseMasterKey } from '../../gateway/index.js';
import { CommandError, exitCodes } from '../exit-codes.js';

export interface MasterKeySource {
  readonly masterKey?: string | undefined;
  readonly masterKeyFile?: string | undefined;
  readonly masterKeyCommand?: string | undefined;
}

const COMMAND_TIMEOUT_MS = 30_000;

/** The key under which `keys.json` is wrapped, from wherever it is. Throws GatewayKeysError and CommandError. */
export async function loadMasterKey(source: MasterKeySource): Promise<Uint8Array | undefined> {
  const { masterKey, masterKeyFile, masterKeyCommand } = source;
  if ([masterKey, masterKeyFile, masterKeyCommand].includes('')) return parseMasterKey('');
  if (masterKeyFile !== undefined) return parseMasterKey(await readSecret(masterKeyFile));
  if (masterKeyCommand !== undefined) return parseMasterKey(await printedBy(masterKeyCommand));
  return masterKey === undefined ? undefined : parseMasterKey(masterKey);
}

const readSecret = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch(() => {
    throw new CommandError('file-unreadable', `${path}: there is no such file, or it cannot be read`);
  });

/** What it printed is never told, not even where it failed. */
async function printedBy(command: string): Promise<string> {
  try {
    return (await promisify(execFile)('sh', ['-c', command], { timeout: COMMAND_TIMEOUT_MS })).stdout;
  } catch {
    throw new CommandError('master-key-command-failed', `no master key came from: ${command}`, exitCodes.partMissing);
  }
}
