import { AES_BLOCK_LENGTH, encipherAes } from './aes.js';
import { xor } from './block-cipher.js';

/** x^128 + x^7 + x^2 + x + 1, without its highest power (NIST SP 800-38B §5.3). */
const REDUCTION = 0x87;

/** CMAC with AES (NIST SP 800-38B, RFC 4493), 16 bytes. The key has 16, 24 or 32 bytes. Throws `CryptogramError`. */
export function aesCmac(key: Uint8Array, data: Uint8Array): Uint8Array {
  const isFull = data.length > 0 && data.length % AES_BLOCK_LENGTH === 0;
  const blocks = new Uint8Array(Math.max(1, Math.ceil(data.length / AES_BLOCK_LENGTH)) * AES_BLOCK_LENGTH);
  blocks.set(data);
  if (!isFull) blocks[data.length] = 0x80;
  const single = doubled(encipherAes(key, new Uint8Array(AES_BLOCK_LENGTH)));
  const last = blocks.subarray(-AES_BLOCK_LENGTH);
  last.set(xor(last, isFull ? single : doubled(single)));
  return encipherAes(key, blocks).slice(-AES_BLOCK_LENGTH);
}

/** Times x in the field of 2^128. */
function doubled(block: Uint8Array): Uint8Array {
  const shifted = block.map((byte, index) => (byte << 1) | ((block[index + 1] ?? 0) >> 7));
  if ((block[0]! & 0x80) !== 0) shifted[AES_BLOCK_LENGTH - 1]! ^= REDUCTION;
  return shifted;
}
