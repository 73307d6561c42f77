import { join } from 'node:path';
import { holdFile } from '../storage/index.js';
import { type KeysLocation, keyFilePath, readKeyFile, replaceKeyFile } from './gateway-keys.js';
import { GatewayKeysError } from './gateway-keys-error.js';

/** What may be told of the secrets. */
export interface KeyStatus {
  readonly file: string;
  /** Under which master key they stand; missing where they stand in clear. */
  readonly masterKey?: string | undefined;
  /** Oldest first; the last seals what is new. */
  readonly dataKeys: readonly string[];
}

export interface Rotation extends KeysLocation {
  /** Wrap under this one from now on. `plain`: not at all. Left out: as before. */
  readonly newMasterKey?: Uint8Array | 'plain' | undefined;
  /** Whether what is new is to be sealed under a new key. */
  readonly newDataKey?: boolean | undefined;
  readonly random: (length: number) => Uint8Array;
}

const LOCK_NAME = 'keys.lock';

/** Throws GatewayKeysError. */
export async function keyStatus(location: KeysLocation): Promise<KeyStatus> {
  const { masterKey, dataKeys } = await existing(location);
  return { file: keyFilePath(location.folder), masterKey, dataKeys: dataKeys.map(({ id }) => id) };
}

/**
 * Wraps the keys anew, or adds one, after whoever does so already; no gateway need stop for it, and each sees it when it
 * is started again. Throws GatewayKeysError and StorageError.
 */
export async function rotateKeys(rotation: Rotation): Promise<KeyStatus> {
  const { folder, masterKey, newMasterKey = masterKey } = rotation;
  await existing(rotation);
  const after = newMasterKey === 'plain' ? undefined : newMasterKey;
  // Of two at once the later one would leave out the key of the other, under which something may be sealed by then.
  await holdFile(join(folder, LOCK_NAME), () => replaceKeys(rotation, after));
  return keyStatus({ folder, masterKey: after });
}

async function replaceKeys(rotation: Rotation, masterKey: Uint8Array | undefined): Promise<void> {
  const { folder, newDataKey, random } = rotation;
  const file = await existing(rotation);
  const more = newDataKey ? [{ id: `dk_${file.dataKeys.length + 1}`, key: random(file.tokenKey.length) }] : [];
  await replaceKeyFile({ folder, masterKey }, { ...file, dataKeys: [...file.dataKeys, ...more] }, random);
}

async function existing(location: KeysLocation) {
  const file = await readKeyFile(location);
  if (file) return file;
  throw new GatewayKeysError('keys-damaged', `${keyFilePath(location.folder)}: there is no such file`);
}
