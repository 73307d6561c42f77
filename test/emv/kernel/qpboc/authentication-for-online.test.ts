import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../../../../emv/bytes.js';
import { qpbocTransaction } from '../../../../emv/kernel/index.js';
import { converse, issuerData } from './card-script.js';
import { genuineSession, withObject } from './genuine-card.js';

/** A genuine card; its 9F10, which no signature covers, says ARQC. */
const session = genuineSession('ses-tc-01');
const OPTIONS = 2;
const CARD_AND_OPTIONS = 3;

function tap(
  qualifiers: string,
  bend: (response: Uint8Array, place: number) => Uint8Array | undefined = (response) => response,
  terminal: { date?: string; isInExceptionFile?: () => boolean } = {},
) {
  const card = session.card((response, place) => {
    const asking = place === OPTIONS ? withObject(response, '9F10', issuerData(2)) : response;
    return bend(asking, place);
  });
  return converse(qpbocTransaction({ ...session.terminal({ '9F66': qualifiers }), ...terminal }), card);
}

const only = (tag: string) => (response: Uint8Array, place: number) =>
  place === OPTIONS ? withObject(response, tag, undefined) : response;

describe('an ARQC with 94 and 9F4B', () => {
  test('9F66 byte 1 bit 1: every record is read, the signature checked, and the card goes online', () => {
    const { outcome, commands } = tap('21000080');
    expect(outcome).toMatchObject({
      outcome: 'online-requested',
      reason: 'online-requested-by-card',
      offlineDataAuthentication: { ok: true },
      debit: 'none',
    });
    expect(commands).toHaveLength(session.commands.length);
    expect(commands.slice(CARD_AND_OPTIONS)).toEqual(session.commands.slice(CARD_AND_OPTIONS));
    expect(toHex(outcome.transactionStatusInformation)).toBe('8000');
  });

  test('without that bit, as the standard has it: nothing is read', () => {
    const { outcome, commands } = tap('20000080');
    expect(outcome).toMatchObject({ outcome: 'online-requested', reason: 'online-requested-by-card' });
    expect(outcome).not.toHaveProperty('offlineDataAuthentication');
    expect(commands).toHaveLength(CARD_AND_OPTIONS);
  });

  test('a wrong signature goes online too, and says so', () => {
    const { outcome } = tap('21000080', (response, place) =>
      place === session.commands.length - 1 ? withObject(response, '9F69', '01A5A5A5A5000000') : response,
    );
    expect(outcome).toMatchObject({
      outcome: 'online-requested',
      reason: 'online-after-failed-authentication',
      offlineDataAuthentication: { ok: false },
      debit: 'none',
    });
  });

  test('an offline-only terminal declines an ARQC without reading', () => {
    const { outcome, commands } = tap('29000080');
    expect(outcome).toMatchObject({ outcome: 'declined', reason: 'online-impossible' });
    expect(commands).toHaveLength(CARD_AND_OPTIONS);
  });

  test('what was read may still end it: expired, on the exception file, a record that is not there', () => {
    expect(tap('21000080', undefined, { date: '2031-01-01' }).outcome).toMatchObject({ reason: 'card-expired' });
    expect(tap('21000080', undefined, { isInExceptionFile: () => true }).outcome).toMatchObject({
      outcome: 'declined',
      reason: 'exception-file',
    });
    const missing = tap('21000080', (response, place) => (place === CARD_AND_OPTIONS ? fromHex('6A83') : response));
    expect(missing.outcome).toMatchObject({ outcome: 'terminated', reason: 'record-unreadable', debit: 'none' });
  });
});

test('an ARQC without 94 goes online unread, whatever the terminal would do', () => {
  const { outcome, commands } = tap('21000080', only('94'));
  expect(outcome).toMatchObject({ outcome: 'online-requested', reason: 'online-requested-by-card' });
  expect(outcome).not.toHaveProperty('offlineDataAuthentication');
  expect(commands).toHaveLength(CARD_AND_OPTIONS);
});
