import { concat } from '../bytes.js';
import { blockEncryption, encryptBlocks, type SymmetricAlgorithm, xor } from './block-cipher.js';
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
  if (method === 'pboc') return sessionKeyDerivation(algorithm, key)(atc);
  requireLength('key', key, 16);
  requireLength('atc', atc, 2);
  if (algorithm !== '3des') throw new CryptogramError('method-unknown', 'method');
  if (method === 'visa') return xor(key, counterBlocks(atc));
  const left = diversificationValue(input);
  const right = left.slice();
  left[2] = 0xf0;
  right[2] = 0x0f;
  return encryptBlocks('3des', key, concat(left, right));
}

/**
 * The `pboc` method for one card's key, which stays ready: from a transaction counter of 2 bytes to the session key.
 * Throws `CryptogramError`.
 */
export function sessionKeyDerivation(algorithm: SymmetricAlgorithm, key: Uint8Array): (atc: Uint8Array) => Uint8Array {
  const encrypt = blockEncryption(algorithm, key);
  return (atc) => {
    requireLength('atc', atc, 2);
    return encrypt(counterBlocks(atc));
  };
}

/** The counter in a block, and its complement in another. */
function counterBlocks(atc: Uint8Array): Uint8Array {
  const blocks = new Uint8Array(16);
  blocks.set(atc, 6);
  for (let index = 0; index < atc.length; index++) blocks[14 + index] = ~atc[index]!;
  return blocks;
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
