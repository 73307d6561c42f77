import { concat } from '../bytes.js';
import { BLOCK_LENGTH, decryptBlocks, encryptBlocks, encryptChain, type SymmetricAlgorithm } from './block-cipher.js';
import { CryptogramError } from './cryptogram-error.js';
import { pad } from './mac.js';

/** How the data of an issuer script command is enciphered. */
export type ScriptDataMethod = 'pboc' | 'visa' | 'mastercard' | 'emv';

interface Rule {
  /** Whether the length of the data, one byte, goes before it. */
  readonly hasLength: boolean;
  /** Whether whole blocks are padded too. */
  readonly alwaysPadded: boolean;
  readonly mode: 'ecb' | 'cbc';
}

/** JR/T 0025.5-2013 C.3, JR/T 0025.7-2013 11.1.1, JR/T 0025.17-2013 8.1.1; EMV 4.3 Book 2 §9.3, A1.1. */
const rules: Readonly<Record<ScriptDataMethod, Rule>> = {
  pboc: { hasLength: true, alwaysPadded: false, mode: 'ecb' },
  visa: { hasLength: true, alwaysPadded: true, mode: 'ecb' },
  mastercard: { hasLength: false, alwaysPadded: false, mode: 'cbc' },
  emv: { hasLength: false, alwaysPadded: true, mode: 'cbc' },
};

export interface ScriptDataInput {
  readonly algorithm: SymmetricAlgorithm;
  /** The transaction's session key of the card's encipherment key, 16 bytes. */
  readonly key: Uint8Array;
  readonly data: Uint8Array;
}

/**
 * The confidential data of an issuer script command, enciphered; the MAC covers it as it is then. PBOC enciphers
 * length ‖ data, padded with 80 00 … where the last block is not full. Throws `CryptogramError`.
 */
export function encryptScriptData(input: ScriptDataInput & { readonly method?: ScriptDataMethod }): Uint8Array {
  const { algorithm, key, data, method = 'pboc' } = input;
  if (data.length > 255) throw new CryptogramError('data-length', 'data');
  const rule = rules[method];
  const message = rule.hasLength ? concat(Uint8Array.of(data.length), data) : data;
  const isFull = message.length % BLOCK_LENGTH[algorithm] === 0;
  const blocks = isFull && !rule.alwaysPadded ? message : pad(message, BLOCK_LENGTH[algorithm], '80');
  return rule.mode === 'ecb' ? encryptBlocks(algorithm, key, blocks) : encryptChain(algorithm, key, blocks);
}

/** The data that PBOC's method has enciphered; `undefined` where there is none. Throws `CryptogramError`. */
export function decryptScriptData({ algorithm, key, data }: ScriptDataInput): Uint8Array | undefined {
  if (data.length === 0 || data.length % BLOCK_LENGTH[algorithm] !== 0) return undefined;
  const message = decryptBlocks(algorithm, key, data);
  const end = 1 + message[0]!;
  const hasPadding = message[end] === 0x80 && message.subarray(end + 1).every((byte) => byte === 0);
  const isShorterThanBlock = message.length - end < BLOCK_LENGTH[algorithm];
  return end === message.length || (hasPadding && isShorterThanBlock) ? message.slice(1, end) : undefined;
}
