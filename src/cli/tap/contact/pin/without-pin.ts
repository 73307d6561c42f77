import { instructions } from '../../../../../emv/index.js';

const HEADER_LENGTH = 5;
const PLAINTEXT = 0x80;
const FORMAT_2 = 2;

/**
 * An exchange whose VERIFY tells of a PIN in the clear (format 2, JR/T 0025.6-2013 7.7.5.2) only how many digits it has:
 * each is 0. No cryptogram covers it, so that a replay comes to the same end.
 */
export function withoutPin<Exchange extends { readonly command: Uint8Array }>(exchange: Exchange): Exchange {
  const { command } = exchange;
  const isPin = command[1] === instructions.verify && command[3] === PLAINTEXT;
  const block = command.subarray(HEADER_LENGTH);
  if (!isPin || block.length === 0 || block[0]! >> 4 !== FORMAT_2) return exchange;
  const digits = block[0]! & 0x0f;
  const hidden = command.slice();
  for (let digit = 0; digit < digits; digit++) {
    const at = HEADER_LENGTH + 1 + (digit >> 1);
    hidden[at]! &= digit % 2 === 0 ? 0x0f : 0xf0;
  }
  return { ...exchange, command: hidden };
}
