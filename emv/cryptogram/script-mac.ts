import { concat } from '../bytes.js';
import type { SymmetricAlgorithm } from './block-cipher.js';
import { CryptogramError, requireLength } from './cryptogram-error.js';
import { applicationCryptogram } from './mac.js';

/**
 * The MAC of an issuer script command, 4 bytes (other schemes: up to 8), over header, Lc (the MAC counted), transaction counter, the request's
 * cryptogram and the command's data (JR/T 0025.5-2013 annex C.2.4). `header` is CLA INS P1 P2, `key` the session key
 * of the card's MAC key. Throws `CryptogramError`.
 */
export function scriptMac(input: {
  readonly algorithm: SymmetricAlgorithm;
  readonly key: Uint8Array;
  readonly header: Uint8Array;
  readonly atc: Uint8Array;
  readonly applicationCryptogram: Uint8Array;
  readonly data: Uint8Array;
  readonly macLength?: number | undefined;
}): Uint8Array {
  const { algorithm, key, header, atc, data, macLength = 4 } = input;
  requireLength('header', header, 4);
  requireLength('atc', atc, 2);
  requireLength('applicationCryptogram', input.applicationCryptogram, 8);
  if (macLength < 4 || macLength > 8 || data.length + macLength > 255) throw new CryptogramError('data-length', 'data');
  const message = concat(header, Uint8Array.of(data.length + macLength), atc, input.applicationCryptogram, data);
  return applicationCryptogram({ algorithm, key, data: message }).slice(0, macLength);
}
