import { createCipheriv, createDecipheriv } from 'node:crypto';
import { concat } from '../../../emv/bytes.js';
import { type FrameKind, frameHead } from './frame.js';
import { QueueError } from './queue-error.js';

const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;

/** Seals what a frame carries; kind, sequence and length of the frame are authenticated with it. */
export interface RecordCipher {
  seal(kind: FrameKind, sequence: number, plain: Uint8Array): Uint8Array;
  /** `undefined`: another key, or not what was sealed under this kind and sequence. */
  open(kind: FrameKind, sequence: number, sealed: Uint8Array): Uint8Array | undefined;
}

/**
 * AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce for each frame: `nonce | cipher text | tag`.
 * The sequence number is no nonce: a number whose write was torn is given again.
 */
export function createRecordCipher(key: Uint8Array, random: (length: number) => Uint8Array): RecordCipher {
  if (key.length !== 32) throw new QueueError('key-invalid', `the queue's key has 32 bytes, not ${key.length}`);
  return {
    seal(kind, sequence, plain) {
      const nonce = random(NONCE_LENGTH);
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_LENGTH });
      cipher.setAAD(frameHead(kind, sequence, plain.length + NONCE_LENGTH + TAG_LENGTH));
      const text = concat(cipher.update(plain), cipher.final());
      return concat(nonce, text, cipher.getAuthTag());
    },
    open(kind, sequence, sealed) {
      if (sealed.length < NONCE_LENGTH + TAG_LENGTH) return undefined;
      const nonce = sealed.subarray(0, NONCE_LENGTH);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_LENGTH });
      decipher.setAAD(frameHead(kind, sequence, sealed.length));
      decipher.setAuthTag(sealed.subarray(-TAG_LENGTH));
      try {
        return concat(decipher.update(sealed.subarray(NONCE_LENGTH, -TAG_LENGTH)), decipher.final());
      } catch {
        return undefined;
      }
    },
  };
}
