import { concat } from '../bytes.js';
import type { SymmetricAlgorithm } from './block-cipher.js';
import { CryptogramError, requireLength } from './cryptogram-error.js';
import { messageAuthenticationCode } from './mac.js';

/**
 * The MAC at the end of 9F10 over the purse values in it, 4 bytes. `key` is the session key of the card's MAC key,
 * `values` the one or two values of 5 bytes: ATC ‖ value ‖ 00, or ATC ‖ value ‖ value ‖ 00000000, padded with 80 in
 * any case (JR/T 0025.12-2013 annex D). Throws `CryptogramError`.
 */
export function issuerDiscretionaryDataMac(input: {
  readonly algorithm: SymmetricAlgorithm;
  readonly key: Uint8Array;
  readonly atc: Uint8Array;
  readonly values: readonly Uint8Array[];
}): Uint8Array {
  const { algorithm, key, atc, values } = input;
  requireLength('atc', atc, 2);
  if (values.length !== 1 && values.length !== 2) throw new CryptogramError('data-length', 'values');
  for (const value of values) requireLength('values', value, 5);
  const data = concat(atc, ...values, new Uint8Array(values.length === 1 ? 1 : 4));
  return messageAuthenticationCode({ algorithm, key, data });
}
