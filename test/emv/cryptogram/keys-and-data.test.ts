import fc from 'fast-check';
import { sm4 as otherSm4 } from 'sm-crypto-v2';
import { expect, test } from 'vitest';
import {
  aesCmac,
  decryptScriptData,
  derivePersonalizationKey,
  encryptScriptData,
  fromHex,
  keyCheckValue,
  toHex,
  withOddParity,
} from '../../../emv/index.js';
import { forgeTripleDes } from './other-ciphers.js';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

/** RFC 4493 section 4 and NIST SP 800-38B annex D.2, D.3. */
const message =
  '6BC1BEE22E409F96E93D7E117393172AAE2D8A571E03AC9C9EB76FAC45AF8E5130C81C46A35CE411E5FBC1191A0A52EFF69F2445DF4F9B17AD2B417BE66C3710';
const keys = {
  128: '2B7E151628AED2A6ABF7158809CF4F3C',
  192: '8E73B0F7DA0E6452C810F32B809079E562F8EAD2522C6B7B',
  256: '603DEB1015CA71BE2B73AEF0857D77811F352C073B6108D72D9810A30914DFF4',
};

test.each([
  [128, 0, 'BB1D6929E95937287FA37D129B756746'],
  [128, 16, '070A16B46B4D4144F79BDD9DD04A287C'],
  [128, 40, 'DFA66747DE9AE63030CA32611497C827'],
  [128, 64, '51F0BEBF7E3B9D92FC49741779363CFE'],
  [192, 0, 'D17DDF46ADAACDE531CAC483DE7A9367'],
  [192, 64, 'A1D5DF0EED790F794D77589659F39A11'],
  [256, 0, '028962F61B7BF89EFC6B551F4667D983'],
  [256, 64, 'E1992190549F6ED5696A2C056C315410'],
] as const)('CMAC under AES of %i bits over %i bytes is the published one', (size, length, expected) => {
  expect(toHex(aesCmac(fromHex(keys[size]), fromHex(message).subarray(0, length)))).toBe(expected);
});

test('check values are short, and those of AES are the CMAC of zeros', () => {
  const key = fromHex(keys[128]);
  expect(toHex(keyCheckValue('aes', key))).toBe(toHex(aesCmac(key, new Uint8Array(16))).slice(0, 10));
  const zeros = Uint8Array.from(otherSm4.encrypt(new Uint8Array(16), key, { padding: 'none', output: 'array' }));
  expect(toHex(keyCheckValue('sm4', key))).toBe(toHex(zeros).slice(0, 6));
});

test.each(['3des', 'sm4'] as const)('script data comes out of its encipherment again, at every length (%s)', (name) => {
  fc.assert(
    fc.property(bytes(16), fc.uint8Array({ maxLength: 255 }), (key, data) => {
      const enciphered = encryptScriptData({ algorithm: name, key, data });
      expect(enciphered.length).toBeGreaterThan(data.length);
      expect(decryptScriptData({ algorithm: name, key, data: enciphered })).toEqual(data);
    }),
  );
});

test('script data that fills its block with the length byte is not padded', () => {
  const key = fromHex('0123456789ABCDEFFEDCBA9876543210');
  const data = fromHex('01020304050607');
  expect(encryptScriptData({ algorithm: '3des', key, data })).toEqual(forgeTripleDes(key, fromHex('0701020304050607')));
  const padded = forgeTripleDes(key, fromHex('08010203040506070880000000000000'));
  expect(encryptScriptData({ algorithm: '3des', key, data: fromHex('0102030405060708') })).toEqual(padded);
});

test('script data under another key, or cut, is no data', () => {
  const key = fromHex('0123456789ABCDEFFEDCBA9876543210');
  const decrypt = (data: Uint8Array) => decryptScriptData({ algorithm: '3des', key, data });
  expect(decrypt(new Uint8Array(0))).toBeUndefined();
  expect(decrypt(new Uint8Array(7))).toBeUndefined();
  expect(decrypt(forgeTripleDes(key, fromHex('0701020304050600')))).toEqual(fromHex('01020304050600'));
  expect(decrypt(forgeTripleDes(key, fromHex('0501020304050600')))).toBeUndefined();
  expect(decrypt(forgeTripleDes(key, fromHex('FF01020304050600')))).toBeUndefined();
  // A whole block of padding is one that this method never adds.
  expect(decrypt(forgeTripleDes(key, fromHex('07010203040506078000000000000000')))).toBeUndefined();
});

test('personalization keys are what another implementation makes of the right six bytes', () => {
  const masterKey = fromHex('404142434445464748494A4B4C4D4E4F');
  const keyData = fromHex('00112233445566778899');
  const blocks = (use: string) => fromHex(`445566778899F0${use}4455667788990F${use}`);
  const derive = (algorithm: '3des' | 'sm4', use: Parameters<typeof derivePersonalizationKey>[0]['use']) =>
    derivePersonalizationKey({ algorithm, masterKey, keyData, use });
  expect(derive('3des', 'encipherment')).toEqual(forgeTripleDes(masterKey, blocks('01')));
  expect(derive('3des', 'messageAuthentication')).toEqual(forgeTripleDes(masterKey, blocks('02')));
  expect(derive('3des', 'dataEncipherment')).toEqual(forgeTripleDes(masterKey, blocks('03')));
  const sm4 = otherSm4.encrypt(blocks('02'), masterKey, { padding: 'none', output: 'array' });
  expect(derive('sm4', 'messageAuthentication')).toEqual(Uint8Array.from(sm4));
});

test('parity makes the ones of each byte odd and changes no other bit', () => {
  fc.assert(
    fc.property(bytes(16), (key) => {
      const odd = withOddParity(key);
      for (const [index, byte] of odd.entries()) {
        expect(byte & 0xfe).toBe(key[index]! & 0xfe);
        expect(byte.toString(2).replaceAll('0', '').length % 2).toBe(1);
      }
    }),
  );
});
