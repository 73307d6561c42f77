import { sm3 as otherSm3, sm2 } from 'sm-crypto-v2';
import { bench, describe } from 'vitest';
import { createSm2PublicKey, fromAscii, fromHex, sm3 } from '../../../emv/index.js';

const userId = '1234567812345678';
const privateKey = otherSm3(fromAscii('one'));
const publicKey = sm2.getPublicKeyFromPrivateKey(privateKey);
const message = new Uint8Array(120).fill(0x5a);
const signature = sm2.doSignature(message, privateKey, { hash: true, der: false, userId, publicKey });

describe('verify an SM2 signature', () => {
  const point = fromHex(publicKey.slice(2));
  const bytes = fromHex(signature);
  const key = createSm2PublicKey(point)!;
  const otherKey = sm2.precomputePublicKey(publicKey);

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
