import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  CryptogramError,
  cappMac,
  cappResponseMac,
  decryptCappRecordKey,
  encryptCappRecordKey,
  fromHex,
  toHex,
} from '../../../emv/index.js';
import { forgeTripleDes, otherSm4Mac, slowRetailMac } from './other-ciphers.js';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const rightAligned = (value: Uint8Array, length: number) =>
  Uint8Array.from([...new Uint8Array(length - value.length), ...value]);

/** Both algorithms by other implementations, with the initial value right-aligned. */
const otherMac = (algorithm: '3des' | 'sm4', key: Uint8Array, message: Uint8Array, start: Uint8Array) =>
  toHex(
    algorithm === '3des'
      ? slowRetailMac(key, message, rightAligned(start, 8))
      : otherSm4Mac(key, message, rightAligned(start, 16)),
  ).slice(0, 8);

test.each(['3des', 'sm4'] as const)('an update of a CAPP record is protected from its counter on (%s)', (algorithm) => {
  fc.assert(
    fc.property(bytes(16), bytes(2), fc.uint8Array({ maxLength: 251 }), (key, atc, data) => {
      const header = fromHex('84DE00A8');
      const message = Uint8Array.from([...header, data.length + 4, ...data]);
      const expected = otherMac(algorithm, key, message, atc);
      expect(toHex(cappMac({ algorithm, key, atc, header, data }))).toBe(expected);
    }),
  );
});

test.each(['3des', 'sm4'] as const)('an answer is protected from its challenge on (%s)', (algorithm) => {
  fc.assert(
    fc.property(bytes(16), fc.oneof(bytes(8), bytes(4)), fc.uint8Array(), (key, challenge, data) => {
      const expected = otherMac(algorithm, key, data, challenge);
      expect(toHex(cappResponseMac({ algorithm, key, challenge, data }))).toBe(expected);
    }),
  );
});

test('a MAC that no command can carry is refused', () => {
  const input = { algorithm: '3des', key: new Uint8Array(16), atc: new Uint8Array(2) } as const;
  const header = fromHex('84DE00A8');
  expect(() => cappMac({ ...input, header, data: new Uint8Array(252) })).toThrow(CryptogramError);
  expect(() => cappResponseMac({ ...input, challenge: new Uint8Array(5), data: header })).toThrow('challenge');
});

test("a record's key comes out of its block again, and the block is that of another implementation", () => {
  fc.assert(
    fc.property(bytes(16), bytes(16), (openingKey, managementKey) => {
      const block = encryptCappRecordKey('3des', openingKey, managementKey);
      expect(block).toEqual(forgeTripleDes(openingKey, managementKey));
      expect(decryptCappRecordKey('3des', openingKey, block)).toEqual(managementKey);
      const sm4Block = encryptCappRecordKey('sm4', openingKey, managementKey);
      expect(decryptCappRecordKey('sm4', openingKey, sm4Block)).toEqual(managementKey);
    }),
  );
});
