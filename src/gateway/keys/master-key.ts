import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { GatewayKeysError } from './gateway-keys-error.js';

const KEY_LENGTH = 32;
const CIPHER = 'aes-256-gcm';
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;

/** 32 bytes in hex or base64, as an environment variable, a file or a command gives them. Throws GatewayKeysError. */
export function parseMasterKey(text: string): Uint8Array {
  const trimmed = text.trim();
  const encoding = /^[0-9a-fA-F]{64}$/.test(trimmed) ? 'hex' : 'base64';
  const key = Buffer.from(trimmed, encoding);
  if (key.length === KEY_LENGTH) return key;
  // A store of secrets that failed often leaves an empty one, and books would be made in clear.
  if (trimmed === '') throw new GatewayKeysError('master-key-invalid', 'the master key is empty; unset it for none');
  throw new GatewayKeysError('master-key-invalid', 'a master key is 32 bytes in hex or base64: openssl rand -hex 32');
}

/** Tells master keys apart, and gives nothing of them away. */
export const masterKeyId = (key: Uint8Array): string =>
  `mk_${createHash('sha256').update('yongtap master key').update(key).digest('hex').slice(0, 16)}`;

/** AES-256-GCM (NIST SP 800-38D) of a key under the master key, for one place in the file: base64 of nonce, ciphertext, tag. */
export function wrapKey(
  master: Uint8Array,
  key: Uint8Array,
  place: string,
  random: (length: number) => Uint8Array,
): string {
  const nonce = random(NONCE_LENGTH);
  const cipher = createCipheriv(CIPHER, master, nonce).setAAD(Buffer.from(`yongtap keys.json ${place}`));
  return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

/** Throws where the master key, the place or the text is another one. */
export function unwrapKey(master: Uint8Array, wrapped: string, place: string): Uint8Array {
  const bytes = Buffer.from(wrapped, 'base64');
  const decipher = createDecipheriv(CIPHER, master, bytes.subarray(0, NONCE_LENGTH), { authTagLength: TAG_LENGTH });
  decipher.setAAD(Buffer.from(`yongtap keys.json ${place}`)).setAuthTag(bytes.subarray(-TAG_LENGTH));
  return Uint8Array.from(Buffer.concat([decipher.update(bytes.subarray(NONCE_LENGTH, -TAG_LENGTH)), decipher.final()]));
}
