import { constants, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createRsaPublicKey,
  decipherPinBlock,
  decodePinBlock,
  encipherOfflinePin,
  encipherPinBlock,
  encodePinBlock,
  fromHex,
  offlinePinPaddingLength,
  openOfflinePin,
  pinChangeData,
  plaintextOfflinePin,
  readPinChangeData,
  toHex,
} from '../../../emv/index.js';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const digits = (minimum: number, maximum: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: minimum, maxLength: maximum }).map((list) => list.join(''));
const pins = digits(4, 12);
const pans = digits(1, 19);

test('a PIN comes out of each format of block again', () => {
  fc.assert(
    fc.property(pins, pans, bytes(14), (pin, pan, random) => {
      const read = { ok: true, pin };
      for (const format of ['0', '3'] as const) {
        const block = encodePinBlock({ format, pin, pan, random });
        expect(decodePinBlock({ format, block, pan })).toEqual(read);
      }
      for (const format of ['1', '2'] as const) {
        expect(decodePinBlock({ format, block: encodePinBlock({ format, pin, random }) })).toEqual(read);
      }
    }),
  );
});

test('a PIN comes out of format 4 again under each length of key', () => {
  const keys = fc.oneof(bytes(16), bytes(24), bytes(32));
  fc.assert(
    fc.property(keys, pins, pans, bytes(8), (key, pin, pan, random) => {
      const block = encipherPinBlock({ key, pin, pan, random });
      expect(decipherPinBlock({ key, block, pan })).toEqual({ ok: true, pin });
    }),
  );
});

test('reading never throws for a block that is none', () => {
  fc.assert(
    fc.property(bytes(8), pans, (block, pan) => {
      for (const format of ['0', '3'] as const) decodePinBlock({ format, block, pan });
      for (const format of ['1', '2'] as const) decodePinBlock({ format, block });
    }),
  );
});

test('the random part of format 1 is kept as it is, that of format 3 becomes A to F', () => {
  const random = fromHex('00010203040506070809FAFBFCFF');
  expect(toHex(encodePinBlock({ format: '1', pin: '1234', random }))).toBe('1412340123456789');
  const block = encodePinBlock({ format: '3', pin: '1234', pan: '0000000000000', random });
  expect(toHex(block)).toBe('341234ABCDEFABCD');
});

test.each<[string, () => unknown]>([
  ['pin not digits', () => encodePinBlock({ format: '2', pin: '123' })],
  ['pin not digits', () => encodePinBlock({ format: '2', pin: '1234567890123' })],
  ['pin not digits', () => encodePinBlock({ format: '2', pin: '12E4' })],
  ['pan not digits', () => encodePinBlock({ format: '0', pin: '1234', pan: '62F' })],
  ['data length', () => encodePinBlock({ format: '1', pin: '1234', random: new Uint8Array(9) })],
  ['data length', () => decodePinBlock({ format: '2', block: new Uint8Array(7) })],
  ['key length', () => decipherPinBlock({ key: new Uint8Array(8), block: new Uint8Array(16), pan: '1' })],
])('%s is told by its code', (message, run) => {
  expect(run).toThrow(message);
});

test.each(['3des', 'sm4'] as const)('a new PIN comes out of PIN CHANGE again, or is refused (%s)', (algorithm) => {
  fc.assert(
    fc.property(bytes(16), bytes(16), pins, fc.option(pins, { nil: undefined }), (cardKey, sessionKey, ...pair) => {
      const [newPin, currentPin] = pair;
      const keys = { algorithm, cardKey, sessionKey };
      const data = pinChangeData({ ...keys, newPin, currentPin });
      expect(data).toHaveLength(16);
      expect(readPinChangeData({ ...keys, data, currentPin })).toEqual({ ok: true, pin: newPin });
      // Any key may happen to give a block that can be read: then the reading must not be an error at least.
      expect(readPinChangeData({ ...keys, sessionKey: cardKey.map((byte) => ~byte), data })).toHaveProperty('ok');
    }),
  );
});

test('PIN CHANGE under SM4 enciphers length, block and padding in one block', () => {
  const cardKey = fromHex('11220044556677881122330055667788');
  const sessionKey = fromHex('0123456789ABCDEFFEDCBA9876543210');
  const data = pinChangeData({ algorithm: 'sm4', cardKey, sessionKey, newPin: '1234' });
  expect(readPinChangeData({ algorithm: 'sm4', cardKey, sessionKey, data })).toEqual({ ok: true, pin: '1234' });
  expect(readPinChangeData({ algorithm: 'sm4', cardKey, sessionKey, data: data.subarray(1) }).ok).toBe(false);
});

test("an enciphered offline PIN opens under the card's private key only as it was made", () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024, publicExponent: 3 });
  const { n, e } = publicKey.export({ format: 'jwk' });
  const key = createRsaPublicKey(Buffer.from(n!, 'base64url'), Buffer.from(e!, 'base64url'))!;
  const unpredictableNumber = fromHex('0102030405060708');
  const padding = new Uint8Array(offlinePinPaddingLength(key)).fill(0x5a);
  const data = encipherOfflinePin({ key, pin: '1234', unpredictableNumber, padding });
  const clear = Uint8Array.from(privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, data));
  expect(toHex(clear)).toBe(`7F241234FFFFFFFFFF0102030405060708${toHex(padding)}`);
  expect(openOfflinePin(clear)).toEqual({ block: plaintextOfflinePin('1234'), unpredictableNumber });
  expect(openOfflinePin(clear.subarray(1))).toBeUndefined();
  expect(() => encipherOfflinePin({ key, pin: '1234', unpredictableNumber, padding: padding.subarray(1) })).toThrow(
    'padding',
  );
});
