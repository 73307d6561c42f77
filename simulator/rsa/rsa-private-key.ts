import { constants, createPrivateKey, type KeyObject, privateEncrypt } from 'node:crypto';
import { inverse } from '../numbers/modulo.js';

/** The numbers of an RSA key that all others follow from. */
export interface RsaNumbers {
  readonly modulus: bigint;
  readonly publicExponent: bigint;
  readonly privateExponent: bigint;
  readonly primes: readonly [bigint, bigint];
}

/** A private key ready to sign; making it costs more than signing with it. Throws for numbers that are no key. */
export function rsaPrivateKey({ modulus, publicExponent, privateExponent, primes: [p, q] }: RsaNumbers): KeyObject {
  return createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'RSA',
      n: toBase64Url(modulus),
      e: toBase64Url(publicExponent),
      d: toBase64Url(privateExponent),
      p: toBase64Url(p),
      q: toBase64Url(q),
      dp: toBase64Url(privateExponent % (p - 1n)),
      dq: toBase64Url(privateExponent % (q - 1n)),
      qi: toBase64Url(inverse(q, p)),
    },
  });
}

/** The bare RSA operation with the private key (EMV 4.3 Book 2 B2.1.2) on a block as long as the modulus. */
export function signRsaBlock(key: KeyObject, block: Uint8Array): Uint8Array {
  const { buffer, byteOffset, length } = privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, block);
  return new Uint8Array(buffer, byteOffset, length);
}

function toBase64Url(number: bigint): string {
  const digits = number.toString(16);
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex').toString('base64url');
}
