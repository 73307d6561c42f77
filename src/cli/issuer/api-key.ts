import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../write-whole.js';

const SECRET_LENGTH = 32;
const OWNER_ONLY = 0o600;

/** 256 random bits, so that one round of SHA-256 hides them well enough at rest. */
const hashOf = (key: string): string => createHash('sha256').update(key, 'utf8').digest('hex');

export interface ApiKey {
  /** Told this once, by the start that made it. */
  readonly made?: string | undefined;
  fits(key: string): boolean;
}

/** The API key of a folder, made where there is none, and again with `renews`. */
export async function openApiKey(
  folder: string,
  { random, renews }: { readonly random: (length: number) => Uint8Array; readonly renews: boolean },
): Promise<ApiKey> {
  const path = join(folder, 'api-key.sha256');
  const known = renews ? undefined : await readFile(path, 'utf8').catch(ifMissing);
  const made = known === undefined ? `yi_${Buffer.from(random(SECRET_LENGTH)).toString('base64url')}` : undefined;
  const hash = known?.trim() ?? hashOf(made!);
  if (made !== undefined) await writeWhole(path, `${hash}\n`, OWNER_ONLY);
  return { made, fits: (key) => timingSafeEqual(Buffer.from(hashOf(key)), Buffer.from(hash.padEnd(64).slice(0, 64))) };
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
