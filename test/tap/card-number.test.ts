import { expect, test } from 'vitest';
import { cardToken, maskPan } from '../../src/tap/index.js';

const key = Uint8Array.from({ length: 32 }, (_, index) => index);

test('a mask shows six and four digits, and nothing of a number too short to hide', () => {
  expect(maskPan('6228000100001117')).toBe('622800******1117');
  expect(maskPan('6228000100001117123')).toBe('622800*********7123');
  expect(maskPan('622800012')).toBe('*********');
});

test('a token is the HMAC-SHA-256 of the digits', () => {
  // printf 6228000100001117 | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102…1f
  expect(cardToken(key, '6228000100001117')).toBe('181a02a763fb3e62f319f4130831d968b091e6eec4ef9bd28d3ef3782ec212d6');
  expect(cardToken(key, '6228000100001118')).not.toBe(cardToken(key, '6228000100001117'));
});

test('a weak key and what is not a card number are refused without being repeated', () => {
  expect(() => cardToken(new Uint8Array(8), '6228000100001117')).toThrow(RangeError);
  for (const pan of ['', '6228000100001117F', '622800010000111712345']) {
    expect(() => cardToken(key, pan)).toThrow(/^a card number has 8 to 19 digits$/);
  }
});
