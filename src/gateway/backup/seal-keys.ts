import { createCipheriv, createDecipheriv, scryptSync } from 'node:crypto';
import type { z } from 'zod';
import { BackupError } from './backup-error.js';
import type { sealedKeysSchema } from './manifest.js';

export type SealedKeys = z.infer<typeof sealedKeysSchema>;

const CIPHER = 'aes-256-gcm';

/** 64 MiB and a third of a second for each guess (RFC 7914). */
const SCRYPT = { N: 65_536, r: 8, p: 1, maxmem: 128 * 1024 * 1024 };

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Seals the text of `keys.json` under a passphrase: scrypt and AES-256-GCM. */
export function sealKeys(text: string, passphrase: string, random: (length: number) => Uint8Array): SealedKeys {
  const salt = random(16);
  const nonce = random(12);
  const cipher = createCipheriv(CIPHER, scryptSync(passphrase, salt, 32, SCRYPT), nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return { salt: base64(salt), nonce: base64(nonce), tag: base64(cipher.getAuthTag()), sealed: base64(sealed) };
}

/** Throws BackupError `passphrase-wrong`. */
export function openSealedKeys({ salt, nonce, tag, sealed }: SealedKeys, passphrase: string, place: string): string {
  try {
    const key = scryptSync(passphrase, Buffer.from(salt, 'base64'), 32, SCRYPT);
    const decipher = createDecipheriv(CIPHER, key, Buffer.from(nonce, 'base64'));
    decipher.setAuthTag(Buffer.from(tag, 'base64'));
    return decipher.update(Buffer.from(sealed, 'base64'), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    throw new BackupError('passphrase-wrong', place, 'the keys do not open with this passphrase');
  }
}
