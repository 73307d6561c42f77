import { createHash } from 'node:crypto';
import { concat, fromHex } from '../bytes.js';
import { encryptBlocks, type SymmetricAlgorithm } from './block-cipher.js';
import { CryptogramError, requirePan } from './cryptogram-error.js';

export interface CardKeyInput {
  /** `option-a` is PBOC's; `option-b` differs for a PAN of more than 16 digits. */
  readonly method: 'option-a' | 'option-b';
  readonly algorithm: SymmetricAlgorithm;
  /** 16 bytes. */
  readonly masterKey: Uint8Array;
  /** Digits. */
  readonly pan: string;
  /** PAN sequence number, two digits; `00` where the card has none. */
  readonly psn?: string | undefined;
}

/**
 * A card's own key from its issuer's master key, 16 bytes as the cipher gives them: DES parity bits are not set
 * (EMV 4.3 Book 2 §A1.4, JR/T 0025.7-2013 11.1, JR/T 0025.17-2013 8.1). Throws `CryptogramError`.
 */
export function deriveCardKey({ method, algorithm, masterKey, pan, psn = '00' }: CardKeyInput): Uint8Array {
  requirePan(pan);
  if (!/^\d{2}$/.test(psn)) throw new CryptogramError('sequence-number-not-digits', 'psn');
  const digits = method === 'option-b' && pan.length > 16 ? hashedDigits(pan + psn) : (pan + psn).slice(-16);
  const half = fromHex(digits.padStart(16, '0'));
  return encryptBlocks(
    algorithm,
    masterKey,
    concat(
      half,
      half.map((byte) => ~byte),
    ),
  );
}

/** Option B: 16 digits of a SHA-1, letters taken only when the digits do not suffice. */
function hashedDigits(digits: string): string {
  const hash = createHash('sha1')
    .update(fromHex(digits.length % 2 === 0 ? digits : `0${digits}`))
    .digest('hex');
  const letters = hash.replace(/\d/g, '').replace(/[a-f]/g, (letter) => String(letter.charCodeAt(0) - 97));
  return (hash.replace(/\D/g, '') + letters).slice(0, 16);
}
