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
  /**
   * `common`, for the keys of secure messaging: the transaction's cryptogram, 8 bytes, in the place of the counter
   * (EMV 4.3 Book 2 §A1.3.1); 1 is added for each further command.
   */
  readonly applicationCryptogram?: Uint8Array | undefined;
}

/**
 * The key of one transaction from a card's key, 16 bytes as the cipher gives them (JR/T 0025.7-2013 11.1,
 * JR/T 0025.17-2013 8.1; common: EMV 4.3 Book 2 §A1.3). SM4 has the `pboc` method only. Throws `CryptogramError`.
 */
export function deriveSessionKey(input: SessionKeyInput): Uint8Array {
  const { method, algorithm, key, atc } = input;
  requireLength('key', key, 16);
  requireLength('atc', atc, 2);
  const zeros = new Uint8Array(6);
  const inverted = atc.map((byte) => ~byte);
  if (method === 'pboc') return encryptBlocks(algorithm, key, concat(zeros, atc, zeros, inverted));
  if (algorithm !== '3des') throw new CryptogramError('method-unknown', 'method');
  if (method === 'visa') return xor(key, concat(zeros, atc, zeros, inverted));
  const left = diversificationValue(input);
  const right = left.slice();
  left[2] = 0xf0;
  right[2] = 0x0f;
  return encryptBlocks('3des', key, concat(left, right));
}

/** The 8 bytes of EMV's common method; their third is replaced. */
function diversificationValue(input: SessionKeyInput): Uint8Array {
  if (input.method === 'mastercard') {
    return concat(input.atc, new Uint8Array(2), requiredField('unpredictableNumber', input.unpredictableNumber, 4));
  }
  if (input.applicationCryptogram === undefined) return concat(input.atc, new Uint8Array(6));
  return requiredField('applicationCryptogram', input.applicationCryptogram, 8).slice();
}

function requiredField(field: string, value: Uint8Array | undefined, length: number): Uint8Array {
  if (value === undefined) throw new CryptogramError('data-missing', field);
  requireLength(field, value, length);
  return value;
}
