import { constants, createPrivateKey, hash, type KeyObject, privateEncrypt, publicDecrypt } from 'node:crypto';
import { concat, equalBytes, fromHex } from '../../../emv/bytes.js';
import { inverse } from '../../numbers/modulo.js';
import type { CardPrivateKey } from '../card-file.js';
import type { SigningKey } from './signing-key.js';

const HEADER = 0x6a;
const TRAILER = 0xbc;
const SIGNED_DATA_FORMAT = 0x05;
const HASH_SHA_1 = 0x01;
const PAD = 0xbb;
/** Header, format, hash algorithm, length of the dynamic data, hash (20), trailer. */
const OVERHEAD = 25;

const toNumber = (hex: string) => BigInt(`0x${hex}`);

function toBase64Url(number: bigint): string {
  const digits = number.toString(16);
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex').toString('base64url');
}

/** A card's RSA key. */
export class RsaSigningKey implements SigningKey {
  readonly #key: KeyObject;
  /** Bytes. */
  readonly #length: number;

  /** Throws for numbers that are not the two halves of one key. */
  constructor({ modulus, publicExponent, privateExponent, primes }: CardPrivateKey) {
    const [p, q, d] = [toNumber(primes[0]), toNumber(primes[1]), toNumber(privateExponent)];
    this.#length = modulus.length / 2;
    this.#key = createPrivateKey({
      format: 'jwk',
      key: {
        kty: 'RSA',
        n: toBase64Url(toNumber(modulus)),
        e: toBase64Url(toNumber(publicExponent)),
        d: toBase64Url(d),
        p: toBase64Url(p),
        q: toBase64Url(q),
        dp: toBase64Url(d % (p - 1n)),
        dq: toBase64Url(d % (q - 1n)),
        qi: toBase64Url(inverse(q, p)),
      },
    });
    const probe = new Uint8Array(this.#length).fill(1, 1);
    const recovered = publicDecrypt({ key: this.#key, padding: constants.RSA_NO_PADDING }, this.#sign(probe));
    if (!equalBytes(recovered, probe)) throw new RangeError('private and public key do not belong together');
  }

  /** Format 05, as long as the key (EMV 4.3 Book 2 §6.5.2). */
  signDynamicData(dynamicData: Uint8Array, terminalData: Uint8Array): Uint8Array {
    const padding = new Uint8Array(this.#length - dynamicData.length - OVERHEAD).fill(PAD);
    const signed = concat(Uint8Array.of(SIGNED_DATA_FORMAT, HASH_SHA_1, dynamicData.length), dynamicData, padding);
    const block = concat(
      Uint8Array.of(HEADER),
      signed,
      this.hash(concat(signed, terminalData)),
      Uint8Array.of(TRAILER),
    );
    return this.#sign(block);
  }

  /** SHA-1, 20 bytes. */
  hash(data: Uint8Array): Uint8Array {
    return fromHex(hash('sha1', data, 'hex'));
  }

  /** The bare RSA operation on a block as long as the modulus (EMV 4.3 Book 2 B2.1.2). */
  #sign(block: Uint8Array): Uint8Array {
    return new Uint8Array(privateEncrypt({ key: this.#key, padding: constants.RSA_NO_PADDING }, block));
  }
}
