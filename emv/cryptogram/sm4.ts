import { encryptBlocks, encryptChain } from './block-cipher.js';

/**
 * SM4 encryption of whole blocks of 16 bytes, without padding (GB/T 32907-2016). `initialValue` counts for `cbc` only
 * and is zeros where it is not given. Throws `CryptogramError`.
 */
export function sm4(options: {
  readonly mode: 'ecb' | 'cbc';
  readonly key: Uint8Array;
  readonly data: Uint8Array;
  readonly initialValue?: Uint8Array | undefined;
}): Uint8Array {
  const { mode, key, data, initialValue } = options;
  return mode === 'ecb' ? encryptBlocks('sm4', key, data) : encryptChain('sm4', key, data, initialValue);
}
