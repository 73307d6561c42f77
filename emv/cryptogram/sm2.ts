import { createPublicKey, createVerify, type KeyObject } from 'node:crypto';
import { concat, fromAscii, fromHex } from '../bytes.js';
import { sm3 } from './sm3.js';

/** The identity that PBOC signatures are made under (JR/T 0025.17-2013). */
const PBOC_SM2_IDENTITY = fromAscii('1234567812345678');

/** SubjectPublicKeyInfo of an uncompressed point on the curve 1.2.156.10197.1.301, up to the point's coordinates. */
const PUBLIC_KEY_INFO_HEAD = fromHex('3059301306072A8648CE3D020106082A811CCF5501822D03420004');

/** a, b and the generator of the recommended curve (GB/T 32918.5-2017), as they enter the identity hash. */
const CURVE_PARAMETERS = fromHex(
  'FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC' +
    '28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93' +
    '32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7' +
    'BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0',
);

/** An SM2 public key, ready to verify. `point` is x ‖ y, 64 bytes. */
export interface Sm2PublicKey {
  readonly algorithm: 'sm2';
  readonly point: Uint8Array;
  /**
   * Whether `signature` (r ‖ s, 64 bytes) is the key's over `message` under `identity` (GB/T 32918.2-2016). False for
   * anything that is no signature; throws nothing.
   */
  verify(message: Uint8Array, signature: Uint8Array, identity?: Uint8Array): boolean;
}

/** `undefined` where `point` (x ‖ y) is not 64 bytes or not on the curve. */
export function createSm2PublicKey(point: Uint8Array): Sm2PublicKey | undefined {
  const key = load(point);
  if (key === undefined) return undefined;
  let usualHash: Uint8Array | undefined;
  const hashOf = (identity: Uint8Array | undefined): Uint8Array => {
    if (identity !== undefined) return sm2IdentityHash(point, identity);
    usualHash ??= sm2IdentityHash(point);
    return usualHash;
  };
  return {
    algorithm: 'sm2',
    point,
    verify: (message, signature, identity) => verify(key, hashOf(identity), message, signature),
  };
}

/**
 * Whether this build of Node verifies SM2 as the standard does: the example of GB/T 32918.5-2017 annex A.2 holds, and
 * not for another message. Some builds lack SM2, or do ECDSA under its name.
 */
export function isSm2Sound(): boolean {
  const message = fromAscii('message digest');
  const key = createSm2PublicKey(
    fromHex(
      '09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020' +
        'CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13',
    ),
  );
  const signature = fromHex(
    'F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3' +
      'B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA',
  );
  if (key === undefined) return false;
  return key.verify(message, signature) && !key.verify(message.subarray(1), signature);
}

function load(point: Uint8Array): KeyObject | undefined {
  if (point.length !== 64) return undefined;
  try {
    // Only a key loaded from DER is one of SM2 for OpenSSL; a generated or JWK key would do ECDSA in silence.
    return createPublicKey({ key: Buffer.from(concat(PUBLIC_KEY_INFO_HEAD, point)), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}

function verify(key: KeyObject, hashOfIdentity: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 64) return false;
  try {
    return createVerify('sm3').update(hashOfIdentity).update(message).verify(key, derSignature(signature));
  } catch {
    return false;
  }
}

/** Z of GB/T 32918.2-2016 §5.5: the hash over identity, curve and key that precedes the message. `point` is x ‖ y. */
export function sm2IdentityHash(point: Uint8Array, identity: Uint8Array = PBOC_SM2_IDENTITY): Uint8Array {
  const lengthBits = identity.length * 8;
  return sm3(Uint8Array.of(lengthBits >> 8, lengthBits & 0xff), identity, CURVE_PARAMETERS, point);
}

function derSignature(signature: Uint8Array): Uint8Array {
  const integers = concat(derInteger(signature.subarray(0, 32)), derInteger(signature.subarray(32)));
  return concat(Uint8Array.of(0x30, integers.length), integers);
}

function derInteger(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = first < 0 ? bytes.subarray(-1) : bytes.subarray(first);
  const sign = digits[0]! >= 0x80 ? 1 : 0;
  return concat(Uint8Array.of(0x02, digits.length + sign), new Uint8Array(sign), digits);
}
