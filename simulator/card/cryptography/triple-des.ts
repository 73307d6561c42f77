import forge from 'node-forge';
import { concat, toAscii } from '../../../emv/bytes.js';

const BLOCK_LENGTH = 8;

type BlockMode = 'DES-CBC' | 'DES-ECB' | '3DES-ECB';

function encrypt(mode: BlockMode, key: Uint8Array, data: Uint8Array): Uint8Array {
  const cipher = forge.cipher.createCipher(mode, toAscii(key));
  cipher.start({ iv: toAscii(new Uint8Array(BLOCK_LENGTH)) });
  cipher.update(forge.util.createBuffer(toAscii(data)));
  cipher.finish();
  // The data is whole blocks; the block of padding that the cipher adds of its own is left out.
  return Uint8Array.from(cipher.output.getBytes(data.length), (character) => character.charCodeAt(0));
}

/** Triple DES in ECB under a key of two parts (16 bytes); `data` in whole blocks of 8. */
export function encryptTripleDes(key: Uint8Array, data: Uint8Array): Uint8Array {
  return encrypt('3DES-ECB', concat(key, key.subarray(0, BLOCK_LENGTH)), data);
}

/**
 * ISO 9797-1 MAC algorithm 3 with padding `80 00…`, which is always added (JR/T 0025.7-2013 11.1.2): DES in CBC under
 * the left part of the key, the last block under both. 8 bytes.
 */
export function retailMac(key: Uint8Array, data: Uint8Array): Uint8Array {
  const padded = new Uint8Array((Math.floor(data.length / BLOCK_LENGTH) + 1) * BLOCK_LENGTH);
  padded.set(data);
  padded[data.length] = 0x80;
  const last = padded.length - BLOCK_LENGTH;
  const left = key.subarray(0, BLOCK_LENGTH);
  const chained =
    last === 0 ? new Uint8Array(BLOCK_LENGTH) : encrypt('DES-CBC', left, padded.subarray(0, last)).slice(-BLOCK_LENGTH);
  return encryptTripleDes(
    key,
    chained.map((byte, index) => byte ^ padded[last + index]!),
  );
}

/** The 16-byte session key of one transaction (JR/T 0025.7-2013 11.1.3). */
export function sessionKey(cardKey: Uint8Array, applicationTransactionCounter: number): Uint8Array {
  const data = new Uint8Array(2 * BLOCK_LENGTH);
  const view = new DataView(data.buffer);
  view.setUint16(6, applicationTransactionCounter);
  view.setUint16(14, applicationTransactionCounter ^ 0xffff);
  return encryptTripleDes(cardKey, data);
}
