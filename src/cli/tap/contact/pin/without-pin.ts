import { instructions } from '../../../../../emv/index.js';

const HEADER_LENGTH = 5;
const ENCIPHERED = 0x88;
const FORMAT_2 = 2;
const BLOCK_LENGTH = 8;

/**
 * An exchange whose VERIFY tells of a PIN in the clear only how many digits it has (format 2, JR/T 0025.6-2013 7.7.5.2), of
 * data in any other form how long they are: all else is 0. No cryptogram covers it, so that a replay comes to the same end.
 */
export function withoutPin<Exchange extends { readonly command: Uint8Array }>(exchange: Exchange): Exchange {
  const { command } = exchange;
  if (command[1] !== instructions.verify || command[3] === ENCIPHERED) return exchange;
  const isFormat2 = command.length === HEADER_LENGTH + BLOCK_LENGTH && command[HEADER_LENGTH]! >> 4 === FORMAT_2;
  const hide = (byte: number) => (isFormat2 ? fillersOf(byte) : 0);
  const shown = HEADER_LENGTH + (isFormat2 ? 1 : 0);
  return { ...exchange, command: command.map((byte, index) => (index < shown ? byte : hide(byte))) };
}

/** What follows the digits is F, digit by digit. */
const fillersOf = (byte: number): number => (byte >> 4 === 0xf ? 0xf0 : 0) | ((byte & 0x0f) === 0xf ? 0x0f : 0);
