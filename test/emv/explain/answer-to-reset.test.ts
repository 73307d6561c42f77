import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnswerToResetError, decodeAnswerToReset, explainAnswerToReset, fromHex } from '../../../emv/index.js';

const lines = (hex: string, language: 'en' | 'zh' = 'en'): string[] =>
  explainAnswerToReset(fromHex(hex), { language }).map(({ tag, value = '', meaning = '' }) =>
    `${tag} ${value} ${meaning}`.replace(/ +/g, ' ').trim(),
  );

describe('an answer to reset', () => {
  it('is told character by character', () => {
    expect(lines('3BDB96008131FE45806700B4091E010000900093')).toEqual([
      'TS 3B direct convention',
      'T0 DB 11 historical bytes',
      'TA1 96 F = 512, D = 32: 16 clock cycles a bit, 5 MHz at most',
      'TC1 00 N = 0: 0 etu more than the least',
      'TD1 81 T=1; TD next',
      'TD2 31 T=1; TA, TB next',
      'TA3 FE 254 bytes',
      'TB3 45 BWI = 4: 16 × 960 × 372/f + 11 etu for a block; CWI = 5: 43 etu between characters',
      'HIST',
      'TCK 93 right',
      'CARD chip card with contacts (T=1)',
    ]);
  });

  it('opens historical bytes in compact TLV', () => {
    const historical = explainAnswerToReset(fromHex('3B6800000073C84000009000')).find(({ tag }) => tag === 'HIST');
    expect(historical?.children?.map(({ tag, value }) => [tag, value])).toEqual([
      ['CAT', '00'],
      ['47', 'C84000'],
      ['48', '009000'],
    ]);
  });

  it('reads historical bytes of a maker as text where they are ASCII', () => {
    expect(lines('3B05434153453A')).toContain('HIST 434153453A CASE:');
    expect(lines('3B052063CB6800')).toContain('HIST 2063CB6800');
  });

  it.each([
    ['3B8F8001804F0CA000000306030001000000006A', 'storage card, MIFARE Classic 1K, ISO/IEC 14443 A, part 3'],
    ['3B8F8001804F0CA00000030603003A0000000051', 'storage card, MIFARE Ultralight C, ISO/IEC 14443 A, part 3'],
    ['3B8F8001804F0CA000000306110042000000003B', 'storage card, number 0042, FeliCa'],
    ['3B80800101', 'contactless chip card (ISO/IEC 14443-4)'],
  ])('%s is that of a %s', (hex, card) => {
    expect(explainAnswerToReset(fromHex(hex)).at(-1)).toMatchObject({ tag: 'CARD', meaning: card });
  });

  it.each([
    ['3B10E5', 'TA1', 'reserved value'],
    ['3B4000', 'TC1', 'N = 0: 0 etu more than the least'],
    ['3B40FF', 'TC1', 'N = 255: the least guard time of the protocol'],
    ['3B20 25', 'TB1', 'a programming voltage, not used today'],
    ['3F2000', 'TB1', 'contact C6 not used'],
    ['3B801080', 'TA2', 'T=0; cannot change mode; rates as in TA1'],
    ['3B804020', 'TC2', 'WI = 32: 32 × 960 × D etu'],
    ['3B80811F8712', 'TA3', 'clock stop in state H; classes A, B, C (5 V, 3 V, 1.8 V)'],
    ['3B808141017E', 'TC3', 'CRC (two bytes)'],
  ])('%s: %s says %s', (hex, tag, meaning) => {
    expect(explainAnswerToReset(fromHex(hex.replace(' ', ''))).find((object) => object.tag === tag)).toMatchObject({
      meaning,
    });
  });

  it('says which check character there should be', () => {
    expect(lines('3B80800102')).toContain('TCK 02 wrong, 01 expected');
    expect(lines('3B80800102', 'zh')).toContain('TCK 02 错误，应为 01');
  });

  it.each([
    ['', 'atr-truncated', 0],
    ['3C00', 'atr-initial-character-invalid', 0],
    ['3BF0', 'atr-truncated', 2],
    ['3B80', 'atr-truncated', 2],
    ['3B0241', 'atr-truncated', 3],
    ['3B8080010100', 'atr-bytes-left', 5],
    ['3B'.repeat(34), 'atr-too-long', 33],
  ])('%s is none', (hex, code, offset) => {
    expect(() => decodeAnswerToReset(fromHex(hex))).toThrow(expect.objectContaining({ code, offset }));
  });

  it('is read or refused, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          expect(explainAnswerToReset(bytes).length).toBeGreaterThan(2);
        } catch (error) {
          expect(error).toBeInstanceOf(AnswerToResetError);
        }
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 20 }), (rest) => {
        const answer = decodeAnswerToReset(
          Uint8Array.of(0x3b, rest.length % 16, ...rest.subarray(0, rest.length % 16)),
        );
        expect(answer.historicalBytes).toEqual(rest.subarray(0, rest.length % 16));
      }),
    );
  });
});
