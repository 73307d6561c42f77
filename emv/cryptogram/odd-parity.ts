/**
 * A DES key with the lowest bit of each byte set so that the byte has an odd number of ones. Derived and session keys
 * are told as the cipher gives them; the parity bits mean nothing to DES, and count only where a key is data: in PIN
 * CHANGE, or in another system's comparison (JR/T 0025.7-2013 11.1.4).
 */
export const withOddParity = (key: Uint8Array): Uint8Array =>
  key.map((byte) => (byte & 0xfe) | (1 ^ (onesOf(byte & 0xfe) & 1)));

function onesOf(byte: number): number {
  let ones = 0;
  for (let rest = byte; rest !== 0; rest &= rest - 1) ones++;
  return ones;
}
