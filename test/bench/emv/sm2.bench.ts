import { createPublicKey, createVerify } from 'node:crypto';
import { sm3 as otherSm3, sm2 } from 'sm-crypto-v2';
import { bench, describe } from 'vitest';
import { concat, createSm2PublicKey, fromAscii, fromHex, sm3 } from '../../../emv/index.js';

const userId = '1234567812345678';
const privateKey = otherSm3(fromAscii('one'));
const publicKey = sm2.getPublicKeyFromPrivateKey(privateKey);
const message = new Uint8Array(120).fill(0x5a);
const signature = sm2.doSignature(message, privateKey, { hash: true, der: false, userId, publicKey });

const INFO_HEAD = fromHex('3059301306072A8648CE3D020106082A811CCF5501822D03420004');
const CURVE = fromHex(
  'FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93' +
    '32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0',
);

/** A signature as OpenSSL takes it. */
function derOf(rs: Uint8Array): Uint8Array {
  const integers = [rs.subarray(0, 32), rs.subarray(32)].flatMap((half) => {
    const digits = [...half.subarray(half.findIndex((byte) => byte !== 0))];
    const positive = digits[0]! >= 0x80 ? [0, ...digits] : digits;
    return [0x02, positive.length, ...positive];
  });
  return Uint8Array.of(0x30, integers.length, ...integers);
}

describe('verify an SM2 signature', () => {
  const point = fromHex(publicKey.slice(2));
  const bytes = fromHex(signature);
  const key = createSm2PublicKey(point)!;
  const otherKey = sm2.precomputePublicKey(publicKey);

  const native = createPublicKey({ key: Buffer.from(concat(INFO_HEAD, point)), format: 'der', type: 'spki' });
  const identityHash = sm3(fromHex('0080'), fromAscii(userId), CURVE, point);
  const der = derOf(bytes);

  bench('the limit: OpenSSL bare, with key, identity hash and DER ready', () => {
    createVerify('sm3').update(identityHash).update(message).verify(native, der);
  });
  bench('yongtap', () => {
    key.verify(message, bytes);
  });
  bench('yongtap, the key made anew', () => {
    createSm2PublicKey(point)!.verify(message, bytes);
  });
  bench('sm-crypto-v2, its key ready', () => {
    sm2.doVerifySignature(message, signature, otherKey, { hash: true, der: false, userId });
  });
  bench('sm-crypto-v2', () => {
    sm2.doVerifySignature(message, signature, publicKey, { hash: true, der: false, userId });
  });
});

describe('hash 1 kB with SM3', () => {
  const data = new Uint8Array(1024).fill(0x5a);
  bench('yongtap', () => {
    sm3(data);
  });
  bench('sm-crypto-v2', () => {
    otherSm3(data);
  });
});
