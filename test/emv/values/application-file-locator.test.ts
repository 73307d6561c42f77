import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, readApplicationFileLocator, ValueError } from '../../../emv/index.js';

const refusal = (hex: string) => {
  try {
    readApplicationFileLocator(fromHex(hex));
  } catch (error) {
    if (error instanceof ValueError) return { code: error.code, offset: error.offset, tag: error.tag };
    throw error;
  }
  return 'accepted';
};

describe('the application file locator', () => {
  it('names files, records and how many of them are signed', () => {
    expect(readApplicationFileLocator(fromHex('08010200F001FF02'))).toEqual([
      { shortFileIdentifier: 1, firstRecord: 1, lastRecord: 2, authenticatedRecords: 0 },
      { shortFileIdentifier: 30, firstRecord: 1, lastRecord: 255, authenticatedRecords: 2 },
    ]);
    expect(readApplicationFileLocator(new Uint8Array(0))).toEqual([]);
  });

  it.each([
    ['080101', 'value-wrong-length', 3],
    ['0801010008', 'value-wrong-length', 5],
    ['00010100', 'afl-short-file-identifier-invalid', 0],
    ['F8010100', 'afl-short-file-identifier-invalid', 0],
    ['0801010009010100', 'afl-reserved-bits-set', 4],
    ['0C010100', 'afl-reserved-bits-set', 0],
    ['08000100', 'afl-first-record-zero', 1],
    ['08030200', 'afl-last-record-before-first', 2],
    ['08020000', 'afl-last-record-before-first', 2],
    ['08020303', 'afl-too-many-authenticated-records', 3],
  ])('refuses %s: %s at %i', (hex, code, offset) => {
    expect(refusal(hex)).toEqual({ code, offset, tag: '94' });
  });

  it('either refuses or names only records that can be read', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 32 }), (bytes) => {
        let entries: ReturnType<typeof readApplicationFileLocator> = [];
        try {
          entries = readApplicationFileLocator(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(ValueError);
        }
        for (const entry of entries) {
          expect(entry.shortFileIdentifier).toBeGreaterThanOrEqual(1);
          expect(entry.shortFileIdentifier).toBeLessThanOrEqual(30);
          expect(entry.firstRecord).toBeGreaterThanOrEqual(1);
          expect(entry.lastRecord - entry.firstRecord + 1).toBeGreaterThanOrEqual(entry.authenticatedRecords);
        }
      }),
    );
  });
});
