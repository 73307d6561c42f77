import { expect, test } from 'vitest';
import { type Evidence, panOf } from '../../src/tap/index.js';

function evidence(records: string[], data: Record<string, string> = {}): Evidence {
  return {
    applicationIdentifier: 'A000000333010101',
    data,
    records: records.map((bytes, index) => ({ shortFileIdentifier: 1, recordNumber: index + 1, bytes })),
  };
}

const PAN_19 = '700C5A0A6228000100001117123F';
const TRACK_2 = '701357116228000100001117D2512201123400000F';

test('5A of a record comes first, wherever the others stand', () => {
  const data = { '57': '6228999999999999D25122', '5A': '6228888888888888' };
  expect(panOf(evidence([TRACK_2, PAN_19], data))).toBe('6228000100001117123');
  expect(panOf(evidence([TRACK_2], data))).toBe('6228000100001117');
  expect(panOf(evidence([], data))).toBe('6228999999999999');
  expect(panOf(evidence([], { '5A': '6228888888888888' }))).toBe('6228888888888888');
});

test('a 5A outside template 70 or inside another template is not the card number', () => {
  expect(panOf(evidence(['5A086228000100001117']))).toBeUndefined();
  expect(panOf(evidence(['700CA50A5A086228000100001117']))).toBeUndefined();
});

test('malformed records and numbers are passed over, never thrown at the caller', () => {
  expect(panOf(evidence(['', '70', '700A5A08', '70FF', '70045A02ABCD', '70025700', '70025A00']))).toBeUndefined();
  expect(panOf(evidence(['700A5A08'], { '57': '', '5A': '6228FFFFFFFF' }))).toBeUndefined();
  expect(panOf(evidence(['700A5A08', PAN_19]))).toBe('6228000100001117123');
});
