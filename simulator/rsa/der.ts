import { toBigEndian } from '../numbers/big-endian.js';

/** ASN.1 in DER (ITU-T X.690), as much as a private key of RSA needs. */
const INTEGER = 0x02;
const SEQUENCE = 0x30;
const LONG_LENGTH = 0x80;

/** A number that is not negative; whose highest bit is set has a zero before it (§8.3). */
export const derInteger = (number: bigint): Uint8Array =>
  object(INTEGER, toBigEndian(number, (number.toString(2).length >> 3) + 1));

export const derSequence = (...members: readonly Uint8Array[]): Uint8Array => object(SEQUENCE, Buffer.concat(members));

function object(tag: number, content: Uint8Array): Uint8Array {
  const length = content.length;
  if (length < LONG_LENGTH) return Buffer.concat([Uint8Array.of(tag, length), content]);
  const digits = toBigEndian(BigInt(length), Math.ceil(length.toString(16).length / 2));
  return Buffer.concat([Uint8Array.of(tag, LONG_LENGTH | digits.length), digits, content]);
}
