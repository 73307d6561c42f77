import { constants, createPrivateKey, type KeyObject, privateEncrypt, publicDecrypt } from 'node:crypto';
import { equalBytes } from '../../../emv/bytes.js';
import type { CardPrivateKey } from '../card-file.js';

const toNumber = (hex: string) => BigInt(`0x${hex}`);

function toBase64Url(number: bigint): string {
  const digits = number.toString(16);
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex').toString('base64url');
}

/** `base` to the power of -1 modulo `modulus`, a prime. */
function inverse(base: bigint, modulus: bigint): bigint {
  let [previous, current] = [modulus, base % modulus];
  let [previousFactor, factor] = [0n, 1n];
  while (current !== 0n) {
    const quotient = previous / current;
    [previous, current] = [current, previous - quotient * current];
    [previousFactor, factor] = [factor, previousFactor - quotient * factor];
  }
  return ((previousFactor % modulus) + modulus) % modulus;
}

/** An RSA private key ready to sign; building it costs more than signing, so a card does it once. */
export class SigningKey {
  readonly #key: KeyObject;
  /** Bytes. */
  readonly length: number;

  /** Throws for numbers that are not the two halves of one key. */
  constructor({ modulus, publicExponent, privateExponent, primes }: CardPrivateKey) {
    const [p, q, d] = [toNumber(primes[0]), toNumber(primes[1]), toNumber(privateExponent)];
    this.length = modulus.length / 2;
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
    const probe = new Uint8Array(this.length).fill(1, 1);
    const recovered = publicDecrypt({ key: this.#key, padding: constants.RSA_NO_PADDING }, this.sign(probe));
    if (!equalBytes(recovered, probe)) throw new RangeError('private and public key do not belong together');
  }

  /** The bare RSA operation on a block as long as the modulus (EMV 4.3 Book 2 B2.1.2). */
  sign(block: Uint8Array): Uint8Array {
    return new Uint8Array(privateEncrypt({ key: this.#key, padding: constants.RSA_NO_PADDING }, block));
  }
}
