import { constants, createPublicKey, type KeyObject, publicDecrypt } from 'node:crypto';

/** Longest modulus in bytes; EMV has 248 (EMV 4.3 Book 2 §6), keys of 2048 bits are in the field. */
const MODULUS_LENGTH_MAX = 256;

/** An RSA public key with its prepared form, so that many signatures can be opened without preparing it again. */
export interface RsaPublicKey {
  readonly algorithm: 'rsa';
  readonly modulus: Uint8Array;
  readonly exponent: Uint8Array;
  /**
   * Recovery without padding: input^exponent mod modulus, as long as the modulus (EMV 4.3 Book 2 §B2.1.3). `undefined`
   * for an input that no signature can be: of another length, or not below the modulus.
   */
  recover(input: Uint8Array): Uint8Array | undefined;
}

/** The only exponents there are: 3 and 65537, leading zeros allowed (EMV 4.3 Book 2 §6.1, §11.2.1). */
export function isAllowedExponent(exponent: Uint8Array): boolean {
  const first = exponent.findIndex((byte) => byte !== 0);
  if (first < 0 || exponent.length > 4) return false;
  const value = exponent.subarray(first).reduce((sum, byte) => sum * 256 + byte, 0);
  return value === 3 || value === 65537;
}

/** Whether a number can be a modulus: odd, without leading zeros, not longer than the field's. */
export function isPossibleModulus(modulus: Uint8Array): boolean {
  return (
    modulus.length > 0 &&
    modulus.length <= MODULUS_LENGTH_MAX &&
    modulus[0] !== 0 &&
    (modulus[modulus.length - 1]! & 1) === 1
  );
}

/** `undefined` for numbers that are no RSA key of EMV: other exponents, an even, empty or too long modulus. */
export function createRsaPublicKey(modulus: Uint8Array, exponent: Uint8Array): RsaPublicKey | undefined {
  if (!isPossibleModulus(modulus) || !isAllowedExponent(exponent)) return undefined;
  const recover = exponent.at(-1) === 3 ? cubing(modulus) : raising(modulus, exponent);
  return recover && { algorithm: 'rsa', modulus, exponent, recover };
}

type Recover = RsaPublicKey['recover'];

/**
 * With exponent 3 two multiplications are quicker done here than handed to OpenSSL, for which a key has to be built
 * first (docs/decisions/0006-cubes-without-openssl.md). Nothing in it is secret, so it may take its time as it likes.
 */
function cubing(modulus: Uint8Array): Recover {
  const n = toBigInt(modulus);
  const digits = modulus.length * 2;
  return (input) => {
    if (input.length !== modulus.length) return undefined;
    const base = toBigInt(input);
    if (base >= n) return undefined;
    return toBytes(((((base * base) % n) * base) % n).toString(16).padStart(digits, '0'));
  };
}

function raising(modulus: Uint8Array, exponent: Uint8Array): Recover | undefined {
  const key = prepare(modulus, exponent);
  return key && ((input) => open(key, modulus, input));
}

const toBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);

const toBigInt = (bytes: Uint8Array): bigint => BigInt(`0x${toBuffer(bytes).toString('hex')}`);

function toBytes(hex: string): Uint8Array {
  const { buffer, byteOffset, length } = Buffer.from(hex, 'hex');
  return new Uint8Array(buffer, byteOffset, length);
}

function prepare(modulus: Uint8Array, exponent: Uint8Array): KeyObject | undefined {
  const base64url = (bytes: Uint8Array) => toBuffer(bytes).toString('base64url');
  try {
    return createPublicKey({ key: { kty: 'RSA', n: base64url(modulus), e: base64url(exponent) }, format: 'jwk' });
  } catch {
    return undefined;
  }
}

function open(key: KeyObject, modulus: Uint8Array, input: Uint8Array): Uint8Array | undefined {
  // OpenSSL takes a shorter input in silence.
  if (input.length !== modulus.length) return undefined;
  try {
    const { buffer, byteOffset, length } = publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, input);
    return new Uint8Array(buffer, byteOffset, length);
  } catch {
    return undefined;
  }
}
