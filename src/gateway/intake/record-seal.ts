import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import type { TapRecord } from '../../tap/index.js';
import { IntakeError } from './intake-error.js';

const CIPHER = 'aes-256-gcm';
const HASH_LENGTH = 32;
const TAG_LENGTH = 16;
const KEY_LENGTH = 32;

/** Each record has a key of its own, so that no nonce is ever used twice with one key. */
const NONCE = Buffer.alloc(12);

/** Keeps records, which hold card numbers, under authenticated encryption (AES-256-GCM, NIST SP 800-38D). */
export interface RecordSeal {
  /**
   * Takes the record's canonical text and its SHA-256. Gives hash, authentication tag and ciphertext; the same for the
   * same.
   */
  seal(tapId: string, text: string, hash: Uint8Array): Uint8Array;
  /** Throws IntakeError `record-unreadable` for another key, another tap or changed bytes. */
  open(tapId: string, sealed: Uint8Array): TapRecord;
}

/** `secret`: at least 16 bytes. */
export function createRecordSeal(secret: Uint8Array): RecordSeal {
  const key = new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), 'yongtap tap record', KEY_LENGTH));
  const keyOf = (tapId: string, hash: Uint8Array) => createHmac('sha256', key).update(hash).update(tapId).digest();
  return {
    seal(tapId, text, hash) {
      const cipher = createCipheriv(CIPHER, keyOf(tapId, hash), NONCE);
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([hash, cipher.getAuthTag(), sealed]);
    },
    open(tapId, sealed) {
      try {
        const hash = sealed.subarray(0, HASH_LENGTH);
        const decipher = createDecipheriv(CIPHER, keyOf(tapId, hash), NONCE);
        decipher.setAuthTag(sealed.subarray(HASH_LENGTH, HASH_LENGTH + TAG_LENGTH));
        const text = decipher.update(sealed.subarray(HASH_LENGTH + TAG_LENGTH), undefined, 'utf8');
        return JSON.parse(text + decipher.final('utf8')) as TapRecord;
      } catch {
        throw new IntakeError('record-unreadable', tapId, 'the kept record does not open with this key');
      }
    },
  };
}
