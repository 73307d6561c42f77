import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import commands from '../../../emv/apdu/commands.json';
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
    [0x63cf, 'VERIFY', 'PIN wrong, 15 tries left'],
    [0x6300, 'EXTERNAL AUTHENTICATE', 'issuer authentication failed'],
    [0x6300, 'VERIFY', 'authentication failed'],
    [0x6a82, undefined, 'file or application not found'],
    [0x6a82, 'SELECT', 'no such application'],
    [0x6283, 'SELECT', 'application blocked'],
    [0x6a81, 'SELECT', 'card blocked, or SELECT not supported'],
    [
      0x6985,
      'GET PROCESSING OPTIONS',
      'the card declines to be used this way; another interface or application may do',
    ],
    [0x6985, 'READ RECORD', 'conditions of use not satisfied'],
    [0x6972, 'GET PROCESSING OPTIONS', 'this record has an open pre-authorization'],
    [0x6974, 'READ RECORD', 'an updated record is not the one read, or its update failed'],
    [0x9406, 'GET TRANS PROVE', 'no cryptogram for this transaction counter'],
    [0x6aff, undefined, 'wrong parameters'],
    [0x6f42, undefined, 'no precise diagnosis'],
    [0x6d01, undefined, 'unknown status word'],
    [0x0000, undefined, 'unknown status word'],
    [0x6988, 'PUT DATA', 'MAC wrong'],
    [0x6988, undefined, 'incorrect secure messaging data objects'],
    [0x9401, 'DEBIT', 'not enough money in the purse'],
    [0x6a82, 'INS 5E', 'file or application not found'],
  ])('%i to %s: %s', (statusWord, command, meaning) => {
    expect(statusWordMeaning(statusWord, command === undefined ? {} : { command }).meaning).toBe(meaning);
  });

  it('has words in both languages, the same numbers in each', () => {
    for (let statusWord = 0; statusWord <= 0xffff; statusWord++) {
      const { meaning, meaningZh } = statusWordMeaning(statusWord);
      expect(meaning).not.toMatch(/\bx/);
      expect(meaningZh).not.toMatch(/\bx/);
      expect(meaningZh.match(/\d+/g)).toEqual(meaning.match(/\d+/g));
    }
  });

  it('stands once for each command, which has a name, with both languages and its source', () => {
    const names = new Set(commands.map(({ name }) => name));
    const seen = statusWords.flatMap(({ word, commands: answered = [''] }) =>
      answered.map((name) => `${word} ${name}`),
    );
    expect(seen).toEqual([...new Set(seen)]);
    const general = statusWords.filter((row) => row.commands === undefined);
    for (const { word, commands: answered, meaning, meaningZh, source } of statusWords) {
      expect(word).toMatch(/^[0-9A-F]{2}([0-9A-F]{2}|[0-9A-F]x|xx)$/);
      expect(meaning).toMatch(/^[\x20-\x7E]+$/);
      expect(meaningZh).toMatch(/\p{Script=Han}/u);
      expect(source).toMatch(/§|JR\/T|JT\/T|EMV/);
      for (const name of answered ?? []) expect(names).toContain(name);
      if (answered !== undefined) expect(general).not.toContainEqual(expect.objectContaining({ word, meaning }));
    }
  });
});
