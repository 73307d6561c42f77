import { describe, expect, test } from 'vitest';
import { fromHex } from '../../../../emv/bytes.js';
import { CardData } from '../../../../emv/kernel/card-data.js';
import { qualifiersOf } from '../../../../emv/kernel/qpboc/card-transaction-qualifiers.js';
import { cardholderVerification } from '../../../../emv/kernel/qpboc/cardholder-verification.js';
import { decideOffline, requestOnline } from '../../../../emv/kernel/qpboc/decide.js';
import type { PreliminaryResult } from '../../../../emv/kernel/qpboc/preliminary-processing.js';
import { dataMap } from './card-script.js';

const terminal = (abilities: Partial<PreliminaryResult> = {}): PreliminaryResult => ({
  terminalTransactionQualifiers: fromHex('20000080'),
  isOfflineOnly: false,
  authenticatesForOnline: false,
  supportsContact: false,
  supportsSignature: false,
  wantsCardholderVerification: false,
  ...abilities,
});

const online = terminal();
const onlineWithContact = terminal({ supportsContact: true });
const offline = terminal({ isOfflineOnly: true });
const offlineWithContact = terminal({ isOfflineOnly: true, supportsContact: true });

const failed = { ok: false, reason: 'signed-dynamic-data-hash', step: 'signed-dynamic-data' } as const;
const succeeded = { ok: true, issuerCertificate: {} as never, issuerPublicKey: fromHex('01') } as const;

function card(values: Record<string, string>, selection: Record<string, string> = {}): CardData {
  const data = new CardData(dataMap(selection));
  for (const [tag, value] of Object.entries(values)) data.set(tag, fromHex(value));
  return data;
}

describe('the signature is not right: 9F6C says what then, as far as the terminal can', () => {
  const goOnline = { outcome: 'online-requested', reason: 'online-after-failed-authentication' };
  const insert = { outcome: 'terminated', reason: 'contact-after-failed-authentication', tryAnotherInterface: true };
  const decline = {
    outcome: 'declined',
    reason: 'offline-data-authentication-failed',
    tryAnotherInterface: false,
  };

  test.each([
    ['0000', { online: decline, onlineWithContact: decline, offline: decline, offlineWithContact: decline }],
    ['2000', { online: goOnline, onlineWithContact: goOnline, offline: decline, offlineWithContact: decline }],
    ['1000', { online: decline, onlineWithContact: insert, offline: decline, offlineWithContact: insert }],
    ['3000', { online: goOnline, onlineWithContact: goOnline, offline: decline, offlineWithContact: insert }],
    ['CFFF', { online: decline, onlineWithContact: decline, offline: decline, offlineWithContact: decline }],
  ])('%s', (qualifiers, expected) => {
    const decide = (abilities: PreliminaryResult) =>
      decideOffline(card({ '9F6C': qualifiers }), new Map(), failed, abilities);
    expect(decide(online)).toMatchObject(expected.online);
    expect(decide(onlineWithContact)).toMatchObject(expected.onlineWithContact);
    expect(decide(offline)).toMatchObject(expected.offline);
    expect(decide(offlineWithContact)).toMatchObject(expected.offlineWithContact);
  });

  test('without 9F6C the card is declined', () => {
    for (const abilities of [online, onlineWithContact, offline, offlineWithContact]) {
      expect(decideOffline(card({}), new Map(), failed, abilities)).toMatchObject(decline);
      expect(decideOffline(card({ '9F6C': '' }), new Map(), failed, abilities)).toMatchObject(decline);
    }
  });
});

test('the signature is right: approved, whatever 9F6C says of a wrong one', () => {
  for (const qualifiers of ['0000', '2000', '1000', '3000']) {
    expect(decideOffline(card({ '9F6C': qualifiers }), new Map(), succeeded, offline)).toMatchObject({
      outcome: 'approved-offline',
      reason: 'approved',
      tryAnotherInterface: false,
    });
  }
});

describe('the segment deduction identifier that the card announced must be the one that it signed', () => {
  const signed = (identifier: string) => ({ '9F69': `01A5A5A5A50000${identifier}` });
  const decide = (announced: Record<string, string>, values: Record<string, string>, capp: Record<string, string>) =>
    decideOffline(card(values, announced), dataMap(capp), succeeded, offline);

  test.each([
    ['the same', { DF61: '01' }, signed('01'), { DF60: '01' }, 'approved'],
    ['another', { DF61: '02' }, signed('01'), { DF60: '01' }, 'segment-identifier-mismatch'],
    ['not announced', {}, signed('01'), { DF60: '01' }, 'approved'],
    ['nothing signed', { DF61: '02' }, {}, { DF60: '01' }, 'approved'],
    ['a terminal without the extension does not ask', { DF61: '02' }, signed('01'), {}, 'approved'],
    ['nor one that leaves it out this time', { DF61: '02' }, signed('01'), { DF60: '00' }, 'approved'],
  ])('%s', (_, announced, values, capp, reason) => {
    expect(decide(announced as Record<string, string>, values, capp)).toMatchObject({ reason });
  });

  test('a mismatch is a failed authentication: 9F6C decides', () => {
    const values = { ...signed('01'), '9F6C': '2000' };
    const ending = decideOffline(card(values, { DF61: '02' }), dataMap({ DF60: '01' }), succeeded, online);
    expect(ending).toMatchObject({ outcome: 'online-requested', reason: 'online-after-failed-authentication' });
  });
});

test('an ARQC goes online, and is declined where the terminal cannot', () => {
  expect(requestOnline(online)).toMatchObject({ outcome: 'online-requested', reason: 'online-requested-by-card' });
  expect(requestOnline(offline)).toMatchObject({ outcome: 'declined', reason: 'online-impossible' });
});

describe('verification of the holder', () => {
  test.each([
    ['8000', 'online-pin'],
    ['C000', 'online-pin'],
    ['4000', 'signature'],
    ['0000', 'none'],
    ['3FFF', 'none'],
  ])('9F6C %s: %s, whatever the terminal wanted', (qualifiers, expected) => {
    for (const wantsCardholderVerification of [true, false]) {
      const abilities = { wantsCardholderVerification, supportsSignature: true };
      expect(cardholderVerification(qualifiersOf(card({ '9F6C': qualifiers })), abilities)).toBe(expected);
    }
  });

  test('9F6C of another length is none', () => {
    for (const qualifiers of ['', '80', '800000']) expect(qualifiersOf(card({ '9F6C': qualifiers }))).toBeUndefined();
  });

  test.each([
    [true, true, 'signature'],
    [true, false, 'none'],
    [false, true, 'none'],
  ])('without 9F6C: wanted %s, signature possible %s', (wantsCardholderVerification, supportsSignature, expected) => {
    expect(cardholderVerification(undefined, { wantsCardholderVerification, supportsSignature })).toBe(expected);
  });
});
