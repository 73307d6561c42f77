import { expect, test } from 'vitest';
import { decode, fromHex, onlyObject, tryDecode } from '../../../emv/index.js';

test('what is no BER-TLV is nothing, all else is what decoding gives', () => {
  expect(tryDecode(fromHex('70085F34010'.padEnd(12, '0')))).toBeUndefined();
  expect(tryDecode(new Uint8Array())).toEqual([]);
  expect(tryDecode(fromHex('5F340101'))).toEqual(decode(fromHex('5F340101')));
});

test.each([
  ['7004' + '5F340101', '70'],
  ['8002' + '7C00', '80'],
  ['00' + '8002' + '7C00' + '00', '80'],
  ['7000' + '7000', undefined],
  ['7700', undefined],
  ['7001', undefined],
  ['', undefined],
])('%s consists of %s', (hex, tag) => {
  expect(onlyObject(fromHex(hex), '70', '80')?.tag).toBe(tag);
});
