import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import statusWords from '../../../emv/apdu/status-words.json';
import { ApduError, decodeResponse, encodeResponse, fromHex, statusWordMeaning } from '../../../emv/index.js';

describe('a response', () => {
  it('is data and a status word, the data a view', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat({ max: 0xffff }), (data, statusWord) => {
        const bytes = encodeResponse(data, statusWord);
        const decoded = decodeResponse(bytes);
        expect(decoded).toEqual({ data, statusWord });
        expect(decoded.data.buffer).toBe(bytes.buffer);
      }),
    );
  });

  it.each(['', '90'])('of less than two bytes is none: "%s"', (hex) => {
    expect(() => decodeResponse(fromHex(hex))).toThrow(
      expect.objectContaining({ code: 'response-too-short', value: hex.length / 2 }),
    );
    expect(() => decodeResponse(fromHex(hex))).toThrow(ApduError);
  });
});

describe('a status word', () => {
  it.each([
    [0x9000, undefined, 'success, normal processing'],
    [0x6110, undefined, 'success, 16 bytes still available by GET RESPONSE'],
    [0x6c1c, undefined, 'wrong length Le, exact length is 28'],
    [0x63c0, undefined, 'verification failed, 0 tries left'],
    [0x63cf, 0x20, 'PIN wrong, 15 tries left'],
    [0x6300, 0x82, 'issuer authentication failed'],
    [0x6300, 0x20, 'authentication failed'],
    [0x6a82, undefined, 'file or application not found'],
    [0x6a82, 0xa4, 'no such application'],
    [0x6283, 0xa4, 'application blocked'],
    [0x6a81, 0xa4, 'card blocked, or SELECT not supported'],
    [0x6985, 0xa8, 'the card declines to be used this way; another interface or application may do'],
    [0x6985, 0xb2, 'conditions of use not satisfied'],
    [0x6972, 0xa8, 'this record has an open pre-authorization'],
    [0x6974, 0xb2, 'an updated record is not the one read, or its update failed'],
    [0x9406, 0x5a, 'no cryptogram for this transaction counter'],
    [0x6aff, undefined, 'wrong parameters'],
    [0x6f42, undefined, 'no precise diagnosis'],
    [0x6d01, undefined, 'unknown status word'],
    [0x0000, undefined, 'unknown status word'],
  ])('%i to instruction %s: %s', (statusWord, instruction, meaning) => {
    expect(statusWordMeaning(statusWord, instruction).meaning).toBe(meaning);
  });

  it('has words in both languages, the same numbers in each', () => {
    for (let statusWord = 0; statusWord <= 0xffff; statusWord++) {
      const { meaning, meaningZh } = statusWordMeaning(statusWord);
      expect(meaning).not.toMatch(/\bx/);
      expect(meaningZh).not.toMatch(/\bx/);
      expect(meaningZh.match(/\d+/g)).toEqual(meaning.match(/\d+/g));
    }
  });

  it('stands in every table with both languages, and says nothing that the general table says', () => {
    const general: Readonly<Record<string, readonly string[]>> = statusWords.general;
    for (const table of [general, ...Object.values(statusWords.instructions)]) {
      for (const [word, texts] of Object.entries(table)) {
        expect(word).toMatch(/^[0-9A-F]{2}([0-9A-F]{2}|[0-9A-F]x|xx)$/);
        expect(texts).toHaveLength(2);
        if (table !== general) expect(texts).not.toEqual(general[word]);
      }
    }
  });
});
