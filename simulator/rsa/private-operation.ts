import { constants, type KeyObject, privateEncrypt } from 'node:crypto';
import { zeros } from '../../emv/bytes.js';
import { fromBigEndian, toBigEndian } from '../numbers/big-endian.js';
import { openFactoredKey, type RsaNumbers } from './factored-key.js';
import { lengthenedKey } from './lengthened-key.js';

/** The bare RSA operation with a private key (EMV 4.3 Book 2 B2.1.2) on a block as long as its modulus. */
export type PrivateOperation = (block: Uint8Array) => Uint8Array;

export const privateOperation =
  (key: KeyObject): PrivateOperation =>
  (block) => {
    const { buffer, byteOffset, length } = privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, block);
    return new Uint8Array(buffer, byteOffset, length);
  };

/** The same by way of a key of more bits; `undefined` for a key that has no such. */
export function lengthenedOperation(numbers: RsaNumbers): PrivateOperation | undefined {
  const longer = lengthenedKey(numbers);
  if (!longer) return undefined;
  const operate = privateOperation(openFactoredKey(longer));
  const lengthOfLonger = longer.modulus.toString(16).length / 2;
  return (block) => {
    const padded = zeros(lengthOfLonger);
    padded.set(block, lengthOfLonger - block.length);
    return toBigEndian(fromBigEndian(operate(padded)) % numbers.modulus, block.length);
  };
}
