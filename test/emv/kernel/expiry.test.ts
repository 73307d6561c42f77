import { expect, test } from 'vitest';
import { fromHex } from '../../../emv/bytes.js';
import { expirationDate } from '../../../emv/kernel/expiry.js';

test.each([
  ['301231', '2030-12-31'],
  ['000101', '2000-01-01'],
  ['491231', '2049-12-31'],
  ['500101', '1950-01-01'],
  ['991231', '1999-12-31'],
])('%s is %s', (value, date) => {
  expect(expirationDate(fromHex(value))).toBe(date);
});

test.each(['', '3012', '30123100', '300031', '301331', '301200', '301232', '3012FF', 'AA1231'])(
  '%s is no date',
  (value) => {
    expect(expirationDate(fromHex(value))).toBeUndefined();
  },
);
