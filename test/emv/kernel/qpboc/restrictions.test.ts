import { describe, expect, test } from 'vitest';
import { toHex } from '../../../../emv/bytes.js';
import type { ProcessingRestriction } from '../../../../emv/kernel/index.js';
import { OFFLINE_DATA, object, options, play, record, scriptedCard, withData } from './card-script.js';

/** A card that says `said` in its first record; the last one comes after it. */
function tap(
  said: Readonly<Record<string, string>>,
  terminal: Readonly<Record<string, string>>,
  processingRestrictions: readonly ProcessingRestriction[] | undefined,
) {
  const objects = Object.entries(said).map(([tag, value]) => object(tag, value));
  const card = scriptedCard({
    options: options({ '94': '08010200' }),
    records: { '1.1': record(object('5F24', '301231'), ...objects), '1.2': record(object('9F74', '454343303031')) },
  });
  const { outcome, commands } = play(card, { ...withData({ ...OFFLINE_DATA, ...terminal }), processingRestrictions });
  const tvr = toHex(outcome.terminalVerificationResults);
  return { ...outcome, tvr, isLastRead: commands.length === 5 };
}

describe.each([
  ['application-version', { '9F08': '0030' }, { '9F09': '0020' }, 'application-version-differs', '0080000000'],
  ['effective-date', { '5F25': '160105' }, {}, 'card-not-yet-effective', '0020000000'],
  ['usage-control', { '9F07': '0000' }, {}, 'usage-not-allowed', '0010000000'],
] as const)('%s', (restriction, said, terminal, reason, tvr) => {
  test('off, as qPBOC has it (annex A): not looked at', () => {
    expect(tap(said, terminal, undefined)).toMatchObject({ reason: 'offline-data-authentication-failed' });
  });

  test('on: declined before the last record is read', () => {
    const ending = tap(said, terminal, [restriction]);
    expect(ending).toMatchObject({ outcome: 'declined', reason, debit: 'none', tvr, isLastRead: false });
  });

  test('a card that says nothing of it is not restricted', () => {
    expect(tap({}, terminal, [restriction])).toMatchObject({ isLastRead: true });
  });
});

test.each([
  ['application-version', { '9F08': '0030' }, { '9F09': '0030' }],
  ['application-version', { '9F08': '0030' }, {}],
  ['effective-date', { '5F25': '160104' }, {}],
] as const)('%s: allowed where both agree', (restriction, said, terminal) => {
  expect(tap(said, terminal, [restriction])).toMatchObject({ isLastRead: true });
});

test('an effective date that is none ends the transaction', () => {
  expect(tap({ '5F25': '161305' }, {}, ['effective-date'])).toMatchObject({ reason: 'answer-invalid', tag: '5F25' });
});

describe('usage control (EMV 4.3 Book 3 §10.4.2)', () => {
  const HERE = { '5F28': '0156' };
  const ABROAD = { '5F28': '0344' };
  const CASH = { '9C': '01' };
  const CASHBACK = { '9F03': '000000000100' };
  const TELLER = { '9F35': '14', '9F40': '8000000000' };

  test.each([
    ['domestic goods', '2100', HERE, {}, true],
    ['domestic services', '0900', HERE, {}, true],
    ['international goods do not count at home', '1100', HERE, {}, false],
    ['international goods', '1100', ABROAD, {}, true],
    ['international services', '0500', ABROAD, {}, true],
    ['domestic goods do not count abroad', '2100', ABROAD, {}, false],
    ['domestic cash', '8100', HERE, CASH, true],
    ['no domestic cash', '4100', HERE, CASH, false],
    ['international cash', '4100', ABROAD, CASH, true],
    ['no international cash', '8100', ABROAD, CASH, false],
    ['domestic cashback', '2180', HERE, CASHBACK, true],
    ['no domestic cashback', '2140', HERE, CASHBACK, false],
    ['international cashback', '1140', ABROAD, CASHBACK, true],
    ['no international cashback', '1180', ABROAD, CASHBACK, false],
    ['cashback by type', '2140', HERE, { '9C': '09' }, false],
    ['a refund stands in no row of the table', '0100', HERE, { '9C': '20' }, true],
    ['not at other terminals than tellers', '2000', HERE, {}, false],
    ['at a teller', '2200', HERE, TELLER, true],
    ['not at a teller', '2100', HERE, TELLER, false],
    ['14 without cash is no teller', '2100', HERE, { '9F35': '14' }, true],
    ['without the issuer’s country only the terminal counts', '0100', {}, {}, true],
    ['of another length', '21', HERE, {}, false],
  ])('%s', (_, control, country, terminal, allowed) => {
    const ending = tap({ '9F07': control, ...country }, terminal, ['usage-control']);
    expect(ending).toMatchObject(allowed ? { isLastRead: true } : { reason: 'usage-not-allowed', isLastRead: false });
  });
});

describe('a data object that comes again with the same value', () => {
  const said = { '57': '6228000100001117D3012220' };

  test('is allowed by default, as cards in the field do it', () => {
    expect(tap(said, {}, undefined)).toMatchObject({ isLastRead: true });
  });

  test('ends the transaction where the terminal refuses it, as the standard has it (7.5)', () => {
    const card = scriptedCard({
      options: options(),
      records: { '1.1': record(object('5F24', '301231'), object('57', said['57'])) },
    });
    const { outcome } = play(card, { repeatedData: 'refused' });
    expect(outcome).toMatchObject({ outcome: 'terminated', reason: 'data-conflict', tag: '57' });
  });
});
