import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createPersonalDataCipher,
  PersonalDataError,
  type SealedPlace,
} from '../../../src/gateway/membership/personal-data-cipher.js';

const key = randomBytes(32);
const cipher = createPersonalDataCipher(key, randomBytes);
const place: SealedPlace = { table: 'members', column: 'private_data', row: 'NB-0001' };
const identityNumber = '330203198001010019';

test('what was sealed opens at its place, whatever it says', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(cipher.open(cipher.seal(text, place), place)).toBe(text);
    }),
  );
});

test('the same text sealed twice is not the same', () => {
  expect(cipher.seal(identityNumber, place)).not.toBe(cipher.seal(identityNumber, place));
});

describe('does not open', () => {
  const sealed = cipher.seal(identityNumber, place);
  const refusalOf = (value: string, at: SealedPlace = place, by = cipher): unknown => {
    try {
      return by.open(value, at);
    } catch (error) {
      return error;
    }
  };

  test.each([
    ['of another member', { ...place, row: 'NB-0002' }],
    ['of another column', { ...place, column: 'name' }],
    ['of another table', { ...place, table: 'cards' }],
    ['whose names only run together as these do', { table: 'member', column: 'sprivate_data', row: 'NB-0001' }],
  ])('at a place %s', (_, other) => {
    expect(refusalOf(sealed, other)).toBeInstanceOf(PersonalDataError);
  });

  test('with another key', () => {
    const other = createPersonalDataCipher(randomBytes(32), randomBytes);
    expect(refusalOf(sealed, place, other)).toBeInstanceOf(PersonalDataError);
  });

  test('when any bit was changed, or any part cut off; and the error says nothing of what it hides', () => {
    const bytes = Buffer.from(sealed, 'base64');
    for (let index = 0; index < bytes.length; index++) {
      const changed = Buffer.from(bytes);
      changed[index]! ^= 1 << (index % 8);
      for (const wrong of [changed, bytes.subarray(0, index)]) {
        const error = refusalOf(wrong.toString('base64'));
        expect(error).toBeInstanceOf(PersonalDataError);
        expect(`${(error as Error).stack} ${JSON.stringify(error)}`).not.toContain(identityNumber);
      }
    }
  });
});

test.each([0, 16, 31, 33])('a key of %i bytes is refused', (length) => {
  expect(() => createPersonalDataCipher(new Uint8Array(length), randomBytes)).toThrow(RangeError);
});
