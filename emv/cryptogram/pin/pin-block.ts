import { fromHex, toHex } from '../../bytes.js';
import { xor } from '../block-cipher.js';
import { CryptogramError, requireLength, requirePan } from '../cryptogram-error.js';
import { lengthAndDigits, requirePin } from './pin-digits.js';
import { type PinBlockReading, readPinField } from './read-pin-field.js';

/** Digits that a block of 8 bytes has beside its format and length. */
const FIELD_LENGTH = 14;
const BLOCK_LENGTH = 8;

/** `random` is 14 bytes, one for each digit that may have to be filled. */
export type PinBlockInput =
  | { readonly format: '0'; readonly pin: string; readonly pan: string }
  | { readonly format: '1'; readonly pin: string; readonly random: Uint8Array }
  | { readonly format: '2'; readonly pin: string }
  | { readonly format: '3'; readonly pin: string; readonly pan: string; readonly random: Uint8Array };

/** Formats 0 and 3 need the card number. */
export type PinBlockToRead =
  | { readonly format: '0' | '3'; readonly block: Uint8Array; readonly pan: string }
  | { readonly format: '1' | '2'; readonly block: Uint8Array };

const fillers: Readonly<Record<PinBlockInput['format'], RegExp>> = {
  '0': /^F*$/,
  '1': /^[0-9A-F]*$/,
  '2': /^F*$/,
  '3': /^[A-F]*$/,
};

/**
 * A clear PIN block of 8 bytes, to be enciphered or handed to a card (ISO 9564-1 §9.3). 0: filled with F, then xor the
 * card number; 1: filled at random; 2: filled with F, for offline PIN; 3: as 0, filled with A to F at random. Format 4
 * is enciphered as it is made: `encipherPinBlock`. Throws `CryptogramError`.
 *
 * @example toHex(encodePinBlock({ format: '2', pin: '1234' }))  // '241234FFFFFFFFFF'
 */
export function encodePinBlock(input: PinBlockInput): Uint8Array {
  requirePin('pin', input.pin);
  const field = fromHex((input.format + lengthAndDigits(input.pin)).padEnd(2 * BLOCK_LENGTH, fillerOf(input)));
  return input.format === '0' || input.format === '3' ? xor(field, panField(input.pan)) : field;
}

/** The PIN in a clear block, or why it is none; a block under another key looks like that. Throws `CryptogramError`. */
export function decodePinBlock(input: PinBlockToRead): PinBlockReading {
  requireLength('block', input.block, BLOCK_LENGTH);
  const hasPan = input.format === '0' || input.format === '3';
  const field = hasPan ? xor(input.block, panField(input.pan)) : input.block;
  return readPinField(input.format, toHex(field), fillers[input.format]);
}

function fillerOf(input: PinBlockInput): string {
  if (input.format === '0' || input.format === '2') return 'F';
  if (input.random.length < FIELD_LENGTH) throw new CryptogramError('data-length', 'random');
  const digits = [...input.random].map((byte) => (input.format === '1' ? byte & 0x0f : 10 + (byte % 6)));
  return digits.map((digit) => digit.toString(16)).join('');
}

/** `0000` and the right 12 digits of the card number without its check digit. */
function panField(pan: string): Uint8Array {
  requirePan(pan);
  return fromHex(pan.slice(0, -1).slice(-12).padStart(16, '0'));
}
