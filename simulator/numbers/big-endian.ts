import { fromHex, toHex } from '../../emv/bytes.js';

/** A number big-endian in `length` bytes. */
export const toBigEndian = (number: bigint, length: number): Uint8Array =>
  fromHex(number.toString(16).padStart(length * 2, '0'));

/** The number that some bytes, at least one, are big-endian. */
export const fromBigEndian = (bytes: Uint8Array): bigint => BigInt(`0x${toHex(bytes)}`);
