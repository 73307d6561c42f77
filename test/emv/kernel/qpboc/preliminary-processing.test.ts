import { describe, expect, test } from 'vitest';
import { toHex } from '../../../../emv/bytes.js';
import { processPreliminarily } from '../../../../emv/kernel/qpboc/preliminary-processing.js';
import { dataMap, fen } from './card-script.js';

const OFFLINE_ONLY = '28000080';
const ONLINE_CAPABLE = '36000080';

/** The qualifiers of the transaction, or why the amount may not be tapped; amounts in fen. */
function prepare(values: Record<string, string>, statusCheck = false): string {
  const result = processPreliminarily(dataMap({ '9F66': ONLINE_CAPABLE, ...values }), statusCheck);
  return result.ok ? toHex(result.value.terminalTransactionQualifiers) : `${result.reason} ${result.tag ?? ''}`.trim();
}

test('byte 2 of the qualifiers begins at 0, whatever it was before; the other bytes stay', () => {
  expect(prepare({ '9F66': '36FF1280', '9F02': fen(200) })).toBe('36001280');
});

describe('status check', () => {
  test.each([
    ['one unit of currency goes online', 100, true, '36800080'],
    ['a fen less does not', 99, true, '36000080'],
    ['a fen more does not', 101, true, '36000080'],
    ['by default it is off', 100, false, '36000080'],
  ])('%s', (_, amount, statusCheck, expected) => {
    expect(prepare({ '9F02': fen(amount) }, statusCheck)).toBe(expected);
  });
});

describe('an amount of 0', () => {
  test.each([
    ['goes online where the terminal can', { '9F66': ONLINE_CAPABLE }, '36800080'],
    ['ends where it is offline only', { '9F66': OFFLINE_ONLY }, 'zero-amount'],
    ['is tapped offline with the small-payment extension', { '9F66': OFFLINE_ONLY, DF60: '01' }, OFFLINE_ONLY],
    ['of an extended terminal that can go online need not', { DF60: '03' }, ONLINE_CAPABLE],
    ['is none of the extension where DF60 is 0', { '9F66': OFFLINE_ONLY, DF60: '00' }, 'zero-amount'],
    ['ends where DF60 is empty', { '9F66': OFFLINE_ONLY, DF60: '' }, 'zero-amount'],
  ])('%s', (_, values, expected) => {
    expect(prepare({ '9F02': fen(0), ...values })).toBe(expected);
  });
});

describe('limits', () => {
  test.each([
    ['transaction limit: below', { DF20: fen(500) }, 499, '36000080'],
    ['transaction limit: equal', { DF20: fen(500) }, 500, 'above-transaction-limit'],
    ['transaction limit: above', { DF20: fen(500) }, 501, 'above-transaction-limit'],
    ['verification limit: below', { DF21: fen(500) }, 499, '36000080'],
    ['verification limit: equal', { DF21: fen(500) }, 500, '36400080'],
    ['verification limit: above', { DF21: fen(500) }, 501, '36400080'],
    ['floor limit: below', { DF19: fen(500) }, 499, '36000080'],
    ['floor limit: equal', { DF19: fen(500) }, 500, '36000080'],
    ['floor limit: above', { DF19: fen(500) }, 501, '36800080'],
    ['all together', { DF19: fen(500), DF20: fen(502), DF21: fen(501) }, 501, '36C00080'],
    ['none: any amount passes', {}, 999_999_999_999, '36000080'],
    [
      'the transaction limit ends before an online demand',
      { DF19: fen(0), DF20: fen(1) },
      1,
      'above-transaction-limit',
    ],
    ['a transaction limit of 0 lets nothing pass', { DF20: fen(0) }, 0, 'above-transaction-limit'],
  ])('%s', (_, limits, amount, expected) => {
    expect(prepare({ '9F02': fen(amount), ...limits })).toBe(expected);
  });

  test.each([
    ['equal', '000001F4', 500, '36000080'],
    ['above', '000001F4', 501, '36800080'],
    ['of the top bit', 'FFFFFFFF', 0xffffffff, '36000080'],
    ['above the top bit', 'FFFFFFFF', 0x100000000, '36800080'],
  ])('without a contactless floor limit 9F1B counts, which is binary: %s', (_, floorLimit, amount, expected) => {
    expect(prepare({ '9F02': fen(amount), '9F1B': floorLimit })).toBe(expected);
  });

  test('with a contactless floor limit 9F1B does not count', () => {
    expect(prepare({ '9F02': fen(500), DF19: fen(600), '9F1B': '00000000' })).toBe('36000080');
  });

  test.each(['DF19', 'DF20', 'DF21'])('a limit %s that is no number is not the same as none', (tag) => {
    for (const value of ['', '00000000000A']) {
      expect(prepare({ '9F02': fen(500), [tag]: value })).toBe(`terminal-data-missing ${tag}`);
    }
  });

  test('a floor limit 9F1B of another length is not the same as none', () => {
    expect(prepare({ '9F02': fen(500), '9F1B': '01F4' })).toBe('terminal-data-missing 9F1B');
  });
});

test.each([
  ['9F02', {}],
  ['9F02', { '9F02': '' }],
  ['9F02', { '9F02': '0200' }],
  ['9F02', { '9F02': '00000000020A' }],
  ['9F66', { '9F02': fen(200), '9F66': '' }],
  ['9F66', { '9F02': fen(200), '9F66': '280000' }],
])('without %s of the right form the field stays off: %j', (tag, values) => {
  expect(prepare(values)).toBe(`terminal-data-missing ${tag}`);
});

test('says what the terminal can do and wants', () => {
  const result = processPreliminarily(dataMap({ '9F66': '3E000080', '9F02': fen(500), DF21: fen(500) }), false);
  expect(result).toMatchObject({
    value: { isOfflineOnly: true, supportsContact: true, supportsSignature: true, wantsCardholderVerification: true },
  });
  const least = processPreliminarily(dataMap({ '9F66': '20000080', '9F02': fen(500) }), false);
  expect(least).toMatchObject({
    value: {
      isOfflineOnly: false,
      supportsContact: false,
      supportsSignature: false,
      wantsCardholderVerification: false,
    },
  });
});

test('what may not be tapped is asked for by contact or stripe', () => {
  for (const values of [{ DF20: fen(1) }, { '9F02': '' }]) {
    expect(processPreliminarily(dataMap({ '9F66': OFFLINE_ONLY, '9F02': fen(2), ...values }), false)).toMatchObject({
      outcome: 'terminated',
      tryAnotherInterface: true,
    });
  }
});
