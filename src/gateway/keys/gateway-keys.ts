import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../folders/make-folder.js';
import { syncFolder } from '../../folders/sync-folder.js';
import { FIRST_DATA_KEY, formatKeyFile, type KeyFile, parseKeyFile } from './key-file.js';

const KEY_LENGTH = 32;
const FILE_NAME = 'keys.json';

/** The gateway's secrets. Whoever loses them loses the names of the cards and what is sealed. */
export interface GatewayKeys {
  /** Makes tokens of card numbers. */
  readonly tokenKey: Uint8Array;
  /** Seals what is known of members. */
  readonly personalDataKey: Uint8Array;
  /** Open what was sealed before a rotation; oldest first. */
  readonly formerDataKeys: readonly Uint8Array[];
  /** Seal tap records, the last what is new. Empty before the first rotation: then the token key does. */
  readonly recordKeys: readonly Uint8Array[];
}

export interface KeysLocation {
  readonly folder: string;
  /** 32 bytes under which the file is wrapped, or is to be where it is made. */
  readonly masterKey?: Uint8Array | undefined;
}

type Random = (length: number) => Uint8Array;

/**
 * The secrets of a data folder, made when they are first asked for, in a file that only its owner can read. Of two
 * processes that make them one wins, and both read the same. Throws GatewayKeysError for a damaged file and for one
 * that is wrapped under another master key.
 */
export async function openKeys(location: KeysLocation, random: Random): Promise<GatewayKeys> {
  const { tokenKey, dataKeys } = (await readKeyFile(location)) ?? (await makeKeys(location, random));
  const keys = dataKeys.map(({ key }) => key);
  return { tokenKey, personalDataKey: keys.at(-1)!, formerDataKeys: keys.slice(0, -1), recordKeys: keys.slice(1) };
}

export const keyFilePath = (folder: string): string => join(folder, FILE_NAME);

export async function readKeyFile({ folder, masterKey }: KeysLocation): Promise<KeyFile | undefined> {
  const path = keyFilePath(folder);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? undefined : parseKeyFile(text, path, masterKey);
}

async function makeKeys({ folder, masterKey }: KeysLocation, random: Random): Promise<KeyFile> {
  makeFolder(folder, 0o700);
  const file = { tokenKey: random(KEY_LENGTH), dataKeys: [{ id: FIRST_DATA_KEY, key: random(KEY_LENGTH) }] };
  await writeDraft(folder, formatKeyFile(file, masterKey, random), random, (draft, path) =>
    link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    }),
  );
  return (await readKeyFile({ folder, masterKey }))!;
}

/** Puts a new file in the place of the old one: wholly, or not at all. */
export async function replaceKeyFile(
  { folder, masterKey }: KeysLocation,
  file: KeyFile,
  random: Random,
): Promise<void> {
  await writeDraft(folder, formatKeyFile(file, masterKey, random), random, rename);
}

async function writeDraft(
  folder: string,
  text: string,
  random: Random,
  take: (draft: string, path: string) => Promise<void>,
): Promise<void> {
  const path = keyFilePath(folder);
  const draft = `${path}.${Buffer.from(random(6)).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
    await take(draft, path);
  } finally {
    await file.close();
    await rm(draft, { force: true });
  }
  await syncFolder(folder);
}
