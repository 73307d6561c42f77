import fc from 'fast-check';
import { sm3 as otherSm3, sm4 as otherSm4, sm2 } from 'sm-crypto-v2';
import { expect, test } from 'vitest';
import {
  applicationCryptogram,
  createSm2PublicKey,
  encryptBlocks,
  fromAscii,
  fromHex,
  isSm2Sound,
  sm3,
  sm4,
  sm4Mac,
  toHex,
} from '../../../emv/index.js';
import { forgeTripleDes, slowRetailMac } from './other-ciphers.js';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
test('the retail MAC is what another implementation of DES makes of it, at every length', () => {
  fc.assert(
    fc.property(bytes(16), fc.uint8Array({ maxLength: 40 }), (key, data) => {
      expect(toHex(applicationCryptogram({ algorithm: '3des', key, data }))).toBe(toHex(slowRetailMac(key, data)));
    }),
  );
});

test('two-key 3DES agrees with another implementation', () => {
  fc.assert(
    fc.property(bytes(16), bytes(8), (key, block) => {
      expect(toHex(encryptBlocks('3des', key, block))).toBe(toHex(forgeTripleDes(key, block)));
    }),
  );
});

test('SM3 and SM4 agree with another implementation', () => {
  fc.assert(
    fc.property(bytes(16), bytes(16), bytes(48), fc.uint8Array({ maxLength: 200 }), (key, initialValue, data, text) => {
      expect(toHex(sm3(text))).toBe(otherSm3(text).toUpperCase());
      const none = { padding: 'none', output: 'array' } as const;
      expect(sm4({ mode: 'ecb', key, data })).toEqual(Uint8Array.from(otherSm4.encrypt(data, key, none)));
      const cbc = Uint8Array.from(otherSm4.encrypt(data, key, { ...none, mode: 'cbc', iv: initialValue }));
      expect(sm4({ mode: 'cbc', key, data, initialValue })).toEqual(cbc);
      expect(sm4Mac(key, data, initialValue)).toEqual(cbc.subarray(-16));
    }),
  );
});

test('an SM2 signature of another implementation holds for its message, identity and key only', () => {
  const identity = '1234567812345678';
  const privateKey = otherSm3(fromAscii('one'));
  const publicKeys = [privateKey, otherSm3(fromAscii('two'))].map((key) => sm2.getPublicKeyFromPrivateKey(key));
  const [key, otherKey] = publicKeys.map((publicKey) => createSm2PublicKey(fromHex(publicKey.slice(2)))!);
  for (const length of [0, 1, 31, 32, 33, 200]) {
    const message = new Uint8Array(length).fill(length);
    const options = { hash: true, der: false, userId: identity, publicKey: publicKeys[0]! };
    const signature = fromHex(sm2.doSignature(message, privateKey, options));
    expect(key!.verify(message, signature)).toBe(true);
    expect(key!.verify(message, signature, fromAscii('ALICE123@YAHOO.COM'))).toBe(false);
    expect(key!.verify(Uint8Array.from([...message, 0]), signature)).toBe(false);
    expect(otherKey!.verify(message, signature)).toBe(false);
  }
});

test('this Node verifies SM2 as the standard does', () => {
  expect(isSm2Sound()).toBe(true);
});
