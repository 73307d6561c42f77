import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const KEY_LENGTH = 32;
const FILE_NAME = 'keys.json';

const keySchema = z
  .string()
  .regex(new RegExp(`^[0-9a-f]{${KEY_LENGTH * 2}}$`))
  .transform((hex) => Uint8Array.from(Buffer.from(hex, 'hex')));

const keysSchema = z.strictObject({ tokenKey: keySchema, personalDataKey: keySchema });

/** The gateway's secrets. Whoever loses them loses the names of the cards and what is sealed. */
export interface GatewayKeys {
  /** Makes tokens of card numbers, and seals tap records. */
  readonly tokenKey: Uint8Array;
  /** Seals what is known of members. */
  readonly personalDataKey: Uint8Array;
}

export class GatewayKeysError extends Error {
  override readonly name = 'GatewayKeysError';
  readonly code = 'keys-damaged';
}

/**
 * The secrets of a data folder, made when they are first asked for, in a file that only its owner can read. Of two
 * processes that make them one wins, and both read the same. Throws {@link GatewayKeysError} for a damaged file.
 */
export async function openKeys(folder: string, random: (length: number) => Uint8Array): Promise<GatewayKeys> {
  const path = join(folder, FILE_NAME);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return makeKeys(folder, path, random);
    throw error;
  });
  try {
    return keysSchema.parse(JSON.parse(text));
  } catch {
    throw new GatewayKeysError(
      `${path} is damaged; without it the books beside it cannot be read: put it back from a copy`,
    );
  }
}

async function makeKeys(folder: string, path: string, random: (length: number) => Uint8Array): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const secret = () => Buffer.from(random(KEY_LENGTH)).toString('hex');
  const draft = `${path}.${Buffer.from(random(6)).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    const keys = { tokenKey: secret(), personalDataKey: secret() };
    await file.writeFile(`${JSON.stringify(keys, undefined, 2)}\n`);
    await file.sync();
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await file.close();
    await rm(draft, { force: true });
  }
  return readFile(path, 'utf8');
}
