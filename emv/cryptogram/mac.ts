import { BLOCK_LENGTH, encryptChain, type SymmetricAlgorithm } from './block-cipher.js';
import { requireLength, requireWholeBlocks } from './cryptogram-error.js';
import { DesBlock, desKey, emptyDesKey } from './des.js';

/** `80`: always `80 00 …`; `00`: zeros, and only where a block is not full (ISO/IEC 9797-1 methods 2 and 1). */
export type MacPadding = '80' | '00';

/** Data filled up to whole blocks. */
export function pad(data: Uint8Array, blockLength: number, padding: MacPadding): Uint8Array {
  const isMarked = padding === '80';
  const blocks = Math.ceil((data.length + (isMarked ? 1 : 0)) / blockLength);
  const padded = new Uint8Array(blocks * blockLength);
  padded.set(data);
  if (isMarked) padded[data.length] = 0x80;
  return padded;
}

/** Where the two keys of the MAC at hand are made ready: each is used once. */
const [sessionLeft, sessionRight] = [emptyDesKey(), emptyDesKey()];

/**
 * ISO/IEC 9797-1 algorithm 3 over whole blocks of 8 bytes, the "retail MAC": DES under the left key in CBC, the last
 * block in 3DES. 8 bytes. `initialValue` is zeros unless given.
 */
export function retailMac(
  key: Uint8Array,
  blocks: Uint8Array,
  initialValue: Uint8Array = new Uint8Array(8),
): Uint8Array {
  requireLength('key', key, 16);
  requireLength('initialValue', initialValue, 8);
  requireWholeBlocks('data', blocks, 8);
  if (blocks.length === 0) return initialValue;
  const left = desKey(key, 0, sessionLeft);
  const block = new DesBlock();
  block.add(initialValue, 0);
  for (let offset = 0; offset < blocks.length; offset += 8) {
    block.add(blocks, offset);
    block.encrypt(left);
  }
  block.decrypt(desKey(key, 8, sessionRight));
  block.encrypt(left);
  const mac = new Uint8Array(8);
  block.take(mac, 0);
  return mac;
}

/** CBC-MAC with SM4 over whole blocks: the last block, 16 bytes (JR/T 0025.17-2013 8.1). */
export function sm4Mac(key: Uint8Array, blocks: Uint8Array, initialValue: Uint8Array = new Uint8Array(16)): Uint8Array {
  return blocks.length === 0 ? initialValue : encryptChain('sm4', key, blocks, initialValue).slice(-16);
}

/** What a MAC is made of. `key` is a session key, 16 bytes. */
export interface MacInput {
  readonly algorithm: SymmetricAlgorithm;
  readonly key: Uint8Array;
  readonly data: Uint8Array;
  /** `80` unless an old Visa version asks for `00`. */
  readonly padding?: MacPadding | undefined;
  /** A block; zeros unless given. */
  readonly initialValue?: Uint8Array | undefined;
}

/**
 * An application cryptogram, 8 bytes: retail MAC with 3DES, the left half of a CBC-MAC with SM4 (EMV 4.3 Book 2 §8.1.2,
 * JR/T 0025.7-2013 11, JR/T 0025.17-2013 8.1). Throws `CryptogramError`.
 */
export function applicationCryptogram(input: MacInput): Uint8Array {
  const { algorithm, key, data, padding = '80', initialValue } = input;
  const blocks = pad(data, BLOCK_LENGTH[algorithm], padding);
  return algorithm === '3des' ? retailMac(key, blocks, initialValue) : sm4Mac(key, blocks, initialValue).slice(0, 8);
}

/** The MAC of scripts and of values in 9F10: the left 4 bytes of the same (JR/T 0025.7-2013 11.1.2). */
export function messageAuthenticationCode(input: MacInput): Uint8Array {
  return applicationCryptogram(input).slice(0, 4);
}
