import { createCipheriv, createDecipheriv } from 'node:crypto';
import { concat } from '../../../../emv/index.js';
import { CommandError, exitCodes } from '../../exit-codes.js';

const CIPHER = 'aes-256-gcm';
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;

/** Keeps JSON under authenticated encryption (AES-256-GCM, NIST SP 800-38D), bound to the place where it lies. */
export interface AccountSeal {
  seal(place: string, value: unknown): Buffer;
  /** Throws {@link CommandError} for another key, another place or changed bytes. */
  open<Value>(place: string, sealed: Uint8Array): Value;
}

/** `key`: 32 bytes. */
export function createAccountSeal(key: Uint8Array, random: (length: number) => Uint8Array): AccountSeal {
  return {
    seal(place, value) {
      const nonce = random(NONCE_LENGTH);
      const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_LENGTH }).setAAD(Buffer.from(place));
      const text = concat(cipher.update(JSON.stringify(value), 'utf8'), cipher.final());
      return Buffer.from(concat(nonce, cipher.getAuthTag(), text));
    },
    open(place, sealed) {
      try {
        const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_LENGTH), { authTagLength: TAG_LENGTH })
          .setAAD(Buffer.from(place))
          .setAuthTag(sealed.subarray(NONCE_LENGTH, NONCE_LENGTH + TAG_LENGTH));
        const text = concat(decipher.update(sealed.subarray(NONCE_LENGTH + TAG_LENGTH)), decipher.final());
        return JSON.parse(Buffer.from(text).toString('utf8'));
      } catch {
        throw new CommandError(
          'account-unreadable',
          `${place} does not open with the key of this folder`,
          exitCodes.partMissing,
          'Put the key file back from a copy, or begin anew with another --data.',
        );
      }
    },
  };
}
