import { hash } from 'node:crypto';
import { concat, equalBytes, fromHex, zeros } from '../../../emv/bytes.js';
import { createRsaPublicKey } from '../../../emv/keys/index.js';
import { RsaPrivateKey } from '../../rsa/rsa-private-key.js';
import type { CardPrivateKey } from '../card-file.js';
import type { SigningKey } from './signing-key.js';

const HEADER = 0x6a;
const TRAILER = 0xbc;
const SIGNED_DATA_FORMAT = 0x05;
const HASH_SHA_1 = 0x01;
const PAD = 0xbb;
const HASH_LENGTH = 20;

const toNumber = (hex: string) => BigInt(`0x${hex}`);

/** A card's RSA key. */
export class RsaSigningKey implements SigningKey {
  readonly #key: RsaPrivateKey;
  /** Bytes. */
  readonly #length: number;

  /** Throws for numbers that are not of one key. */
  constructor({ modulus, publicExponent, privateExponent, primes }: CardPrivateKey) {
    this.#length = modulus.length / 2;
    const numbers = {
      modulus: toNumber(modulus),
      publicExponent: toNumber(publicExponent),
      privateExponent: toNumber(privateExponent),
      primes: primes.map(toNumber),
    };
    this.#key = new RsaPrivateKey(numbers, this.#length);
    const publicKey = createRsaPublicKey(fromHex(modulus), fromHex(publicExponent));
    const probe = new Uint8Array(this.#length).fill(1, 1);
    const recovered = publicKey?.recover(this.#key.sign(probe));
    if (!recovered || !equalBytes(recovered, probe))
      throw new RangeError('private and public key do not belong together');
  }

  /** Format 05, as long as the key (EMV 4.3 Book 2 §6.5.2). */
  signDynamicData(dynamicData: Uint8Array, terminalData: Uint8Array): Uint8Array {
    const block = zeros(this.#length).fill(PAD);
    const hashStart = this.#length - HASH_LENGTH - 1;
    if (4 + dynamicData.length > hashStart) throw new RangeError(`no room for ${dynamicData.length} bytes in the key`);
    block[0] = HEADER;
    block[1] = SIGNED_DATA_FORMAT;
    block[2] = HASH_SHA_1;
    block[3] = dynamicData.length;
    block.set(dynamicData, 4);
    block.set(this.hash(concat(block.subarray(1, hashStart), terminalData)), hashStart);
    block[this.#length - 1] = TRAILER;
    return this.#key.sign(block);
  }

  /** SHA-1, 20 bytes. */
  hash(data: Uint8Array): Uint8Array {
    return fromHex(hash('sha1', data, 'hex'));
  }
}
