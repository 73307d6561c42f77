import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { CertificationAuthorityKey } from '../../../emv/index.js';
import { makeFolder } from '../../folders/make-folder.js';
import { CommandError } from '../exit-codes.js';
import { writeWhole } from '../write-whole.js';

const hex = z.string().regex(/^[0-9A-F]*$/);
const date = z.iso.date();
const keySchema = z.strictObject({
  rid: hex,
  index: hex,
  algorithm: z.enum(['rsa', 'sm2']).exactOptional(),
  modulus: hex.exactOptional(),
  exponent: hex.exactOptional(),
  publicKey: hex.exactOptional(),
  sha1: hex.exactOptional(),
  sm3: hex.exactOptional(),
  expires: date.exactOptional(),
  use: z.enum(['live', 'test']).exactOptional(),
});
const schema = z.strictObject({
  format: z.literal('yongtap-keys'),
  version: z.literal(1),
  keys: z.array(keySchema),
  revoked: z.array(hex.length(18)),
});

/** What the user imported: keys, and revoked issuer certificates (RID ‖ index ‖ serial number in hex). */
export interface KeyStore {
  readonly keys: readonly CertificationAuthorityKey[];
  readonly revoked: readonly string[];
}

const keyStorePath = (state: string): string => join(state, 'ca-keys.json');

/** Empty where there is none yet. */
export async function readKeyStore(state: string): Promise<KeyStore> {
  const path = keyStorePath(state);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return { keys: [], revoked: [] };
  const parsed = schema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw new CommandError(
    'key-store-damaged',
    `${path} is no store of keys: ${parsed.error.issues[0]!.message}`,
    undefined,
    'Put it back from a copy, or move it away and import the keys again.',
  );
}

export async function writeKeyStore(state: string, { keys, revoked }: KeyStore): Promise<void> {
  makeFolder(state, 0o700);
  const document = { format: 'yongtap-keys', version: 1, keys, revoked };
  await writeWhole(keyStorePath(state), `${JSON.stringify(document, undefined, 2)}\n`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
