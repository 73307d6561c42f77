import { concat } from '../bytes.js';
import { encryptBlocks, type SymmetricAlgorithm, xor } from './block-cipher.js';
import { requireLength } from './cryptogram-error.js';
import { messageAuthenticationCode } from './mac.js';

interface ArpcKey {
  readonly algorithm?: SymmetricAlgorithm | undefined;
  /** The session key of PBOC, or the card's key where a scheme says so. 16 bytes. */
  readonly key: Uint8Array;
  /** The application cryptogram that is answered, 8 bytes. */
  readonly arqc: Uint8Array;
}

/** `arc` is the authorization response code (2 bytes), `csu` the card status update (4), `proprietary` up to 8 bytes. */
export type ArpcInput =
  | (ArpcKey & { readonly method: '1'; readonly arc: Uint8Array })
  | (ArpcKey & { readonly method: '2'; readonly csu: Uint8Array; readonly proprietary?: Uint8Array | undefined });

/**
 * The issuer's authorization response cryptogram: method 1, 8 bytes, is PBOC's (EMV 4.3 Book 2 §8.2,
 * JR/T 0025.7-2013 11.1, JR/T 0025.17-2013 8.1); method 2 has 4 bytes. Throws `CryptogramError`.
 */
export function arpc(input: ArpcInput): Uint8Array {
  const { algorithm = '3des', key, arqc } = input;
  requireLength('arqc', arqc, 8);
  if (input.method === '2') {
    requireLength('csu', input.csu, 4);
    const data = concat(arqc, input.csu, input.proprietary ?? new Uint8Array(0));
    return messageAuthenticationCode({ algorithm, key, data });
  }
  requireLength('arc', input.arc, 2);
  const block = xor(arqc, input.arc);
  if (algorithm === '3des') return encryptBlocks('3des', key, block);
  return encryptBlocks('sm4', key, concat(block, new Uint8Array(8))).slice(0, 8);
}
