import { describe, expect, test } from 'vitest';
import { fromHex } from '../../emv/bytes.js';
import { readAnswerToReset } from '../../src/readers/index.js';

describe('an answer to reset', () => {
  test.each([
    ['3B80800101', 'contactless', /ISO\/IEC 14443-4/],
    ['3B88800100000000338181003A', 'contactless', /ISO\/IEC 14443-4/],
    ['3B8F8001804F0CA000000306030001000000006A', 'storage', /MIFARE Classic 1K/],
    ['3B8F8001804F0CA0000003060300030000000068', 'storage', /MIFARE Ultralight/],
    ['3B8F8001804F0CA000000306110042000000003B', 'storage', /of kind 0042/],
    ['3B6800000073C84000009000', 'contact', /T=0/],
    ['3BDB96008131FE45806700B4091E010000900093', 'contact', /T=1/],
    ['3FFF9500FF918171FE470047524F4E20303300000081', 'invalid', /7816/],
  ])('%s is that of a %s card', (answer, kind, description) => {
    expect(readAnswerToReset(fromHex(answer))).toMatchObject({ kind, description: expect.stringMatching(description) });
  });

  test.each(['', '3B', '3B80', '3B8080', '3B8080010100', '3B80800102', '3C00', '3BF0'])('%s is none', (answer) => {
    expect(readAnswerToReset(fromHex(answer)).kind).toBe('invalid');
  });
});
