import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeTradeRecord,
  fromHex,
  readTradeRecord,
  type TradeField,
  type TradeLayout,
  type TradeRecord,
  toHex,
  tradeFields,
  tradeRecordLength,
  ValueError,
} from '../../../emv/index.js';

const LAYOUTS: TradeLayout[] = ['journey', 'parking', 'preAuthorization', 'ticket', 'discount', 'ride'];

const values: Record<TradeField['format'], (length: number) => fc.Arbitrary<number | string>> = {
  n: (length) => fc.nat(10 ** (length * 2) - 1),
  b: (length) => fc.integer({ min: 0, max: 256 ** length - 1 }),
  time: (length) => fc.stringMatching(new RegExp(`^\\d{${length * 2}}$`)),
  code: (length) => fc.stringMatching(new RegExp(`^[0-9A-F]{${length * 2}}$`)),
};

const recordOf = (layout: TradeLayout): fc.Arbitrary<TradeRecord> =>
  fc.record(Object.fromEntries(tradeFields(layout).map(({ name, length, format }) => [name, values[format](length)])));

describe('the records of trades', () => {
  it('of a journey: names of annex E, 48 bytes', () => {
    expect(tradeRecordLength('journey')).toBe(48);
    const bytes = encodeTradeRecord('journey', {
      cityCode: 3150,
      operatorCode: 1,
      formatVersion: 1,
      transactionFlag: 1,
      entryTime: '20151003080000',
      entryLine: 2,
      entryStation: 17,
      entryGate: 123456,
      entrySequence: 0x01020304,
      authorizationCode: 'A1B2C3D4',
    });
    expect(toHex(bytes)).toBe(
      `31500001010120151003080000020017123456010203040000000000000000${'00'.repeat(13)}A1B2C3D4`,
    );
    expect(readTradeRecord('journey', bytes)).toMatchObject({ cityCode: 3150, entryLine: 2, exitTime: '0'.repeat(14) });
  });

  it.each(LAYOUTS)('%s comes back as it was encoded', (layout) => {
    fc.assert(
      fc.property(recordOf(layout), (record) => {
        const bytes = encodeTradeRecord(layout, record);
        expect(bytes).toHaveLength(tradeRecordLength(layout));
        expect(readTradeRecord(layout, bytes)).toEqual(record);
      }),
    );
  });

  it.each(LAYOUTS)('%s: other bytes are read or refused, never anything else', (layout) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        try {
          const length = tradeRecordLength(layout);
          expect(encodeTradeRecord(layout, readTradeRecord(layout, bytes))).toEqual(bytes.subarray(0, length));
        } catch (error) {
          expect(error).toBeInstanceOf(ValueError);
        }
      }),
    );
  });

  it('refuses data that are too short or have no digits, at the field', () => {
    expect(() => readTradeRecord('ride', fromHex('20151003'))).toThrow(
      new ValueError('trade-record-invalid', 0, 'CAPP'),
    );
    const noDigit = encodeTradeRecord('ride', {});
    noDigit[8] = 0xaa;
    expect(() => readTradeRecord('ride', noDigit)).toThrow(new ValueError('trade-record-invalid', 7, 'CAPP'));
  });

  it.each([
    { cityCode: 10_000 },
    { cityCode: '3150' },
    { entryLine: 256 },
    { entryLine: -1 },
    { entryLine: 0.5 },
    { entryTime: 5 },
    { entryTime: '2015' },
    { authorizationCode: 'zz000000' },
  ])('does not encode %o', (record) => {
    expect(() => encodeTradeRecord('journey', record as TradeRecord)).toThrow(RangeError);
  });
});
