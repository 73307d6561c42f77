import { hkdfSync } from 'node:crypto';

const KEY_LENGTH = 32;

/** A key of 32 bytes for one use (HKDF-SHA256, RFC 5869): none of two uses tells anything of the other, or of the secret. */
export const deriveKey = (secret: Uint8Array, use: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), use, KEY_LENGTH));
