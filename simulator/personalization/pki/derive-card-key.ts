import { fromHex } from '../../../emv/bytes.js';
import { encryptTripleDes } from '../../card/index.js';

/**
 * A card's key from its issuer's master key (JR/T 0025.7-2013 11.1.1): the right 16 digits of PAN ‖ sequence number,
 * and their complement, encrypted. 16 bytes, without adjusted parity.
 */
export function deriveCardKey(masterKey: Uint8Array, pan: string, panSequenceNumber: string): Uint8Array {
  const digits = fromHex(`${pan}${panSequenceNumber}`.slice(-16).padStart(16, '0'));
  return encryptTripleDes(masterKey, Uint8Array.of(...digits, ...digits.map((byte) => byte ^ 0xff)));
}
