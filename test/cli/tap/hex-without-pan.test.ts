import { expect, test } from 'vitest';
import { fromHex } from '../../../emv/index.js';
import { hexWithoutPan } from '../../../src/cli/tap/hex-without-pan.js';

const pan = '6228000100001117';

test.each([
  ['its own object', `700A5A08${pan}`, '700A5A08622800******1117'],
  ['track 2', `570B${pan}D25122`, '570B622800******1117D25122'],
  ['track 2 of other schemes', `9F6B0B${pan}D25122`, '9F6B0B622800******1117D25122'],
  ['the SM2 card certificate', `9F460E14${pan}FFFF122900`, '9F460E14622800******1117FFFF122900'],
  ['one object and again in another', `5A08${pan}5008${pan}`, '5A08622800******11175008622800******1117'],
])('a card number in %s is masked', (_, hex, shown) => {
  expect(hexWithoutPan(fromHex(hex))).toBe(shown);
});

test('what holds none, or is no data object, stays', () => {
  for (const hex of ['9F36020ADC', '5A', '', '9F46031403FF']) expect(hexWithoutPan(fromHex(hex))).toBe(hex);
});
