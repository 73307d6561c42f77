import { constants, generateKeyPairSync, type KeyObject, privateEncrypt } from 'node:crypto';

export interface Pair {
  readonly modulus: Uint8Array;
  readonly exponent: Uint8Array;
  readonly privateKey: KeyObject;
}

export function makePair(modulusLength: number): Pair {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength, publicExponent: 3 });
  const modulus = Uint8Array.from(Buffer.from(publicKey.export({ format: 'jwk' }).n!, 'base64url'));
  return { modulus, exponent: Uint8Array.of(3), privateKey };
}

/** The bare operation with the private key. */
export const encipher = ({ privateKey: key }: Pair, block: Uint8Array): Uint8Array =>
  new Uint8Array(privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, block));
