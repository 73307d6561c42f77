import { concat, fromHex, toHex } from '../../bytes.js';
import { AES_BLOCK_LENGTH, decipherAes, encipherAes } from '../aes.js';
import { xor } from '../block-cipher.js';
import { requireLength, requirePan } from '../cryptogram-error.js';
import { lengthAndDigits, requirePin } from './pin-digits.js';
import { type PinBlockReading, readPinField } from './read-pin-field.js';

const PIN_FIELD_DIGITS = 16;

/**
 * A PIN block of format 4 under an AES key of 16, 24 or 32 bytes: AES(AES(PIN field) xor PAN field), 16 bytes
 * (ISO 9564-1 §9.4). `random` is 8 bytes. Throws `CryptogramError`.
 */
export function encipherPinBlock(input: {
  readonly key: Uint8Array;
  readonly pin: string;
  readonly pan: string;
  readonly random: Uint8Array;
}): Uint8Array {
  const { key, pin, pan, random } = input;
  requirePin('pin', pin);
  requireLength('random', random, 8);
  const pinField = concat(fromHex(`4${lengthAndDigits(pin)}`.padEnd(PIN_FIELD_DIGITS, 'A')), random);
  return encipherAes(key, xor(encipherAes(key, pinField), panField(pan)));
}

/** The PIN in a block of format 4, or why it is none. Throws `CryptogramError`. */
export function decipherPinBlock(input: {
  readonly key: Uint8Array;
  readonly block: Uint8Array;
  readonly pan: string;
}): PinBlockReading {
  const { key, block, pan } = input;
  requireLength('block', block, AES_BLOCK_LENGTH);
  const pinField = decipherAes(key, xor(decipherAes(key, block), panField(pan)));
  return readPinField('4', toHex(pinField).slice(0, PIN_FIELD_DIGITS), /^A*$/);
}

/** How many digits the card number has beyond 12, then the number, filled with zeros: at left to 12, at right to 32. */
function panField(pan: string): Uint8Array {
  requirePan(pan);
  const digits = pan.padStart(12, '0');
  return fromHex(`${digits.length - 12}${digits}`.padEnd(2 * AES_BLOCK_LENGTH, '0'));
}
