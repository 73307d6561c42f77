import { concat } from '../bytes.js';
import { encryptBlocks, type SymmetricAlgorithm, xor } from './block-cipher.js';
import { CryptogramError, requireLength } from './cryptogram-error.js';

export interface SessionKeyInput {
  /** `pboc` for UnionPay; `common` is EMV's, `visa` and `mastercard` those of their older versions. */
  readonly method: 'common' | 'pboc' | 'visa' | 'mastercard';
  readonly algorithm: SymmetricAlgorithm;
  /** The card's key, 16 bytes. */
  readonly key: Uint8Array;
  /** Application transaction counter, 2 bytes. */
  readonly atc: Uint8Array;
  /** 4 bytes, for `mastercard`. */
  readonly unpredictableNumber?: Uint8Array | undefined;
}

/**
 * The key of one transaction from a card's key, 16 bytes as the cipher gives them (JR/T 0025.7-2013 11.1,
 * JR/T 0025.17-2013 8.1; common: EMV 4.3 Book 2 §A1.3). SM4 has the `pboc` method only. Throws `CryptogramError`.
 */
export function deriveSessionKey({ method, algorithm, key, atc, unpredictableNumber }: SessionKeyInput): Uint8Array {
  requireLength('key', key, 16);
  requireLength('atc', atc, 2);
  const zeros = new Uint8Array(6);
  const inverted = atc.map((byte) => ~byte);
  if (method === 'pboc') return encryptBlocks(algorithm, key, concat(zeros, atc, zeros, inverted));
  if (algorithm !== '3des') throw new CryptogramError('method-unknown', 'method');
  if (method === 'visa') return xor(key, concat(zeros, atc, zeros, inverted));
  const tail = method === 'mastercard' ? concat(Uint8Array.of(0), fourBytes(unpredictableNumber)) : zeros.subarray(1);
  return encryptBlocks('3des', key, concat(atc, Uint8Array.of(0xf0), tail, atc, Uint8Array.of(0x0f), tail));
}

function fourBytes(unpredictableNumber: Uint8Array | undefined): Uint8Array {
  if (unpredictableNumber === undefined) throw new CryptogramError('data-missing', 'unpredictableNumber');
  requireLength('unpredictableNumber', unpredictableNumber, 4);
  return unpredictableNumber;
}
