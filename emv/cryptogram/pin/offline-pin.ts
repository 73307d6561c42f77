import { concat } from '../../bytes.js';
import type { RsaPublicKey } from '../../keys/rsa-public-key.js';
import { CryptogramError, requireLength } from '../cryptogram-error.js';
import { encodePinBlock } from './pin-block.js';

const HEADER = 0x7f;
/** Header, PIN block and unpredictable number; the rest of the modulus is random. */
const FIXED_LENGTH = 17;

/** How many random bytes {@link encipherOfflinePin} needs for a key. */
export const offlinePinPaddingLength = (key: RsaPublicKey): number => key.modulus.length - FIXED_LENGTH;

/** What VERIFY carries with P2 = 80: a block of format 2 (EMV 4.3 Book 3 §6.5.12, JR/T 0025.5-2013 B.12). */
export const plaintextOfflinePin = (pin: string): Uint8Array => encodePinBlock({ format: '2', pin });

/**
 * What VERIFY carries with P2 = 88, as long as the modulus: 7F | PIN block | the card's unpredictable number (8 bytes of
 * GET CHALLENGE) | random padding, under the card's PIN encipherment key (EMV 4.3 Book 2 §7.2). PBOC 3.0 does not use
 * it. Throws `CryptogramError`.
 */
export function encipherOfflinePin(input: {
  readonly key: RsaPublicKey;
  readonly pin: string;
  readonly unpredictableNumber: Uint8Array;
  /** {@link offlinePinPaddingLength} bytes. */
  readonly padding: Uint8Array;
}): Uint8Array {
  const { key, pin, unpredictableNumber, padding } = input;
  requireLength('unpredictableNumber', unpredictableNumber, 8);
  requireLength('padding', padding, Math.max(0, offlinePinPaddingLength(key)));
  const clear = concat(Uint8Array.of(HEADER), plaintextOfflinePin(pin), unpredictableNumber, padding);
  const enciphered = key.recover(clear);
  if (enciphered === undefined) throw new CryptogramError('key-length', 'key');
  return enciphered;
}

/** The PIN block and number in what the card's private key has deciphered; `undefined` where it is none. */
export function openOfflinePin(
  clear: Uint8Array,
): { readonly block: Uint8Array; readonly unpredictableNumber: Uint8Array } | undefined {
  if (clear.length < FIXED_LENGTH || clear[0] !== HEADER) return undefined;
  return { block: clear.slice(1, 9), unpredictableNumber: clear.slice(9, FIXED_LENGTH) };
}
