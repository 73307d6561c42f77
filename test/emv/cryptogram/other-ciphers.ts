import forge from 'node-forge';
import { sm4 as otherSm4 } from 'sm-crypto-v2';

/** A second implementation of what the cryptograms are made of, to hold the project's against. */
const binary = (data: Uint8Array) => Buffer.from(data).toString('latin1');

type ForgeAlgorithm = 'DES-ECB' | '3DES-ECB';

export function forgeEncrypt(name: ForgeAlgorithm, key: Uint8Array, block: Uint8Array): Uint8Array {
  const cipher = forge.cipher.createCipher(name, binary(key));
  cipher.start({});
  cipher.update(forge.util.createBuffer(binary(block)));
  return Uint8Array.from(Buffer.from(cipher.output.getBytes(block.length), 'latin1'));
}

export const forgeTripleDes = (key: Uint8Array, blocks: Uint8Array): Uint8Array =>
  forgeEncrypt('3DES-ECB', Uint8Array.from([...key, ...key.subarray(0, 8)]), blocks);

const padded = (data: Uint8Array, blockLength: number): Uint8Array => {
  const blocks = new Uint8Array((Math.floor(data.length / blockLength) + 1) * blockLength);
  blocks.set(data);
  blocks[data.length] = 0x80;
  return blocks;
};

/** ISO/IEC 9797-1 algorithm 3 as the standard tells it, one block after the other. 8 bytes. */
export function slowRetailMac(
  key: Uint8Array,
  data: Uint8Array,
  initialValue: Uint8Array = new Uint8Array(8),
): Uint8Array {
  const blocks = padded(data, 8);
  let chain: Uint8Array = initialValue;
  for (let start = 0; start < blocks.length; start += 8) {
    const block = chain.map((byte, index) => byte ^ blocks[start + index]!);
    const isLast = start + 8 === blocks.length;
    chain = isLast ? forgeTripleDes(key, block) : forgeEncrypt('DES-ECB', key.subarray(0, 8), block);
  }
  return chain;
}

/** CBC-MAC of another SM4. 16 bytes. */
export function otherSm4Mac(
  key: Uint8Array,
  data: Uint8Array,
  initialValue: Uint8Array = new Uint8Array(16),
): Uint8Array {
  const options = { padding: 'none', output: 'array', mode: 'cbc', iv: initialValue } as const;
  return Uint8Array.from(otherSm4.encrypt(padded(data, 16), key, options)).slice(-16);
}
