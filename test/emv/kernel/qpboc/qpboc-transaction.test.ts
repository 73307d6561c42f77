import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../../../../emv/bytes.js';
import { qpbocTransaction } from '../../../../emv/kernel/index.js';
import {
  converse,
  issuerData,
  ONLINE,
  offlineTerminal,
  options,
  type Played,
  play,
  SELECT_PPSE,
  scriptedCard,
  withData,
} from './card-script.js';
import { genuineSession, withObject } from './genuine-card.js';

const version00 = genuineSession('ses-tc-00');
const version01 = genuineSession('ses-tc-01');
const PROCESSING_OPTIONS = 2;

const marks = ({ outcome }: Played) => ({
  tvr: toHex(outcome.terminalVerificationResults),
  tsi: toHex(outcome.transactionStatusInformation),
});

/** The genuine card of version 00 with other qualifiers (9F6C), its answer at one place bent. */
function play00(
  qualifiers: string | undefined,
  terminalQualifiers: string,
  bend: (response: Uint8Array, place: number) => Uint8Array | undefined = (response) => response,
): Played {
  const card = version00.card((response, place) => {
    const answer = place === PROCESSING_OPTIONS ? withObject(response, '9F6C', qualifiers) : response;
    return bend(answer, place);
  });
  return converse(qpbocTransaction(version00.terminal({ '9F66': terminalQualifiers })), card);
}

/** One bit of the signature, which a key of this length lets stand in the answer to GET PROCESSING OPTIONS. */
const damageSignature = (response: Uint8Array, place: number): Uint8Array => {
  const text = toHex(response);
  const at = place < PROCESSING_OPTIONS ? -1 : text.indexOf('9F4B');
  if (at < 0) return response;
  const damaged = response.slice();
  damaged[at / 2 + 20]! ^= 0x01;
  return damaged;
};

describe('approved offline', () => {
  test.each([
    ['version 00', version00],
    ['version 01', version01],
  ])('%s: the commands in their order, the signature right', (_, session) => {
    const played = converse(qpbocTransaction(session.terminal()), session.card());
    expect(played.outcome).toMatchObject({
      outcome: 'approved-offline',
      reason: 'approved',
      tryAnotherInterface: false,
      cardholderVerification: 'none',
      offlineDataAuthentication: { ok: true },
    });
    expect(played.commands).toEqual(session.commands);
    expect(marks(played)).toEqual({ tvr: '0000000000', tsi: '8000' });
  });

  test('the outcome has the terminal data as they were sent and every record as it came', () => {
    const { outcome } = converse(qpbocTransaction(version01.terminal()), version01.card());
    expect(toHex(outcome.data.get('9F66')!)).toBe('28000080');
    expect(toHex(outcome.data.get('95')!)).toBe('0000000000');
    expect(outcome.records).toHaveLength(version01.commands.length - 3);
    expect(outcome.records.every(({ bytes }) => bytes[0] === 0x70)).toBe(true);
  });

  test('a card cannot answer for what the terminal said', () => {
    const card = version01.card((response, place) =>
      place === PROCESSING_OPTIONS ? withObject(response, '9F37', '00000000') : response,
    );
    const { outcome } = converse(qpbocTransaction(version01.terminal()), card);
    expect(outcome.outcome).toBe('approved-offline');
    expect(toHex(outcome.data.get('9F37')!)).toBe(toHex(version01.terminal().unpredictableNumber));
  });

  test('the signature covers what the terminal said: another number, amount or currency fails', () => {
    const terminal = version01.terminal();
    for (const changed of [
      { ...terminal, unpredictableNumber: fromHex('00000000') },
      version01.terminal({ '9F02': '000000000201' }),
      version01.terminal({ '5F2A': '0840' }),
    ]) {
      expect(converse(qpbocTransaction(changed), version01.card()).outcome).toMatchObject({
        outcome: 'declined',
        offlineDataAuthentication: { ok: false, reason: 'signed-dynamic-data-hash' },
      });
    }
  });
});

describe('the signature is wrong', () => {
  const CONTACT = '30000000';
  const OFFLINE = '28000000';

  test.each([
    ['0000', CONTACT, 'declined', 'offline-data-authentication-failed'],
    ['2000', CONTACT, 'online-requested', 'online-after-failed-authentication'],
    ['2000', OFFLINE, 'declined', 'offline-data-authentication-failed'],
    ['1000', CONTACT, 'terminated', 'contact-after-failed-authentication'],
    ['1000', OFFLINE, 'declined', 'offline-data-authentication-failed'],
    ['3000', CONTACT, 'online-requested', 'online-after-failed-authentication'],
    [undefined, CONTACT, 'declined', 'offline-data-authentication-failed'],
  ])('9F6C %s, 9F66 %s: %s', (qualifiers, terminalQualifiers, outcome, reason) => {
    const played = play00(qualifiers, terminalQualifiers, damageSignature);
    expect(played.outcome).toMatchObject({ outcome, reason, offlineDataAuthentication: { ok: false } });
    expect(played.commands).toHaveLength(version00.commands.length);
    expect(marks(played), 'authentication was performed and leaves no trace in 95').toEqual({
      tvr: '0000000000',
      tsi: '8000',
    });
  });

  test('9F6C says how the holder is verified, online with a TC as well', () => {
    expect(play00('6000', '22000000', damageSignature).outcome).toMatchObject({ cardholderVerification: 'signature' });
    expect(play00('6000', '22000000').outcome).toMatchObject({ cardholderVerification: 'signature' });
    expect(play00('4000', '22000000', damageSignature).outcome).toMatchObject({ cardholderVerification: 'none' });
  });
});

describe('authentication fails, and 9F6C decides, where', () => {
  const fails = (change: (response: Uint8Array, place: number) => Uint8Array, reason: string) => {
    const played = play00('2000', '20000000', change);
    expect(played.outcome).toMatchObject({
      outcome: 'online-requested',
      offlineDataAuthentication: { ok: false, reason },
    });
    expect(marks(played).tsi).toBe('8000');
  };
  const at = (place: number, tag: string, value: string | undefined) => (response: Uint8Array, current: number) =>
    current === place ? withObject(response, tag, value) : response;

  test('the profile promises no dynamic authentication', () => {
    const played = play00('2000', '20000000', at(PROCESSING_OPTIONS, '82', '5C00'));
    expect(played.outcome).toMatchObject({ outcome: 'online-requested', offlineDataAuthentication: { ok: false } });
  });

  test('the issuer certificate is revoked', () => {
    const terminal = version00.terminal({ '9F66': '20000000' });
    const { outcome } = converse(qpbocTransaction(terminal), version00.card());
    const { serialNumber } = outcome.offlineDataAuthentication!.issuerCertificate!;
    const revoked = new Set([`A000000333${toHex(outcome.data.get('8F')!)}${toHex(serialNumber)}`]);
    expect(converse(qpbocTransaction({ ...terminal, revoked }), version00.card()).outcome).toMatchObject({
      outcome: 'online-requested',
      offlineDataAuthentication: { ok: false, reason: 'issuer-certificate-revoked' },
    });
  });

  test('a signed record is no template 70', () => {
    const signed = version00.commands.indexOf('00B2011C00');
    fails(
      (response, place) => (place === signed ? Uint8Array.of(0x71, ...response.subarray(1)) : response),
      'pan-missing',
    );
  });
});

describe('the card is restricted', () => {
  test('expired: declined before the last record, 95 byte 2 bit 7', () => {
    const played = converse(qpbocTransaction({ ...version00.terminal(), date: '2031-01-01' }), version00.card());
    expect(played.outcome).toMatchObject({ outcome: 'declined', reason: 'card-expired', tryAnotherInterface: false });
    expect(played.outcome).not.toHaveProperty('offlineDataAuthentication');
    expect(played.commands.length).toBeLessThan(version00.commands.length);
    expect(marks(played)).toEqual({ tvr: '0040000000', tsi: '0000' });
  });

  test('on the exception file by the number in 57: declined before any record, 95 byte 1 bit 5', () => {
    const terminal = { ...version00.terminal(), isInExceptionFile: () => true };
    const played = converse(qpbocTransaction(terminal), version00.card());
    expect(played.outcome).toMatchObject({ outcome: 'declined', reason: 'exception-file' });
    expect(played.commands).toEqual(version00.commands.slice(0, 3));
    expect(marks(played)).toEqual({ tvr: '1000000000', tsi: '0000' });
  });
});

describe('the card decides', () => {
  test.each([
    ['AAC', 0, offlineTerminal, 'declined', 'declined-by-card'],
    ['AAC at an online terminal', 0, { ...offlineTerminal, ...ONLINE }, 'declined', 'declined-by-card'],
    ['ARQC', 2, { ...offlineTerminal, ...ONLINE }, 'online-requested', 'online-requested-by-card'],
    ['ARQC at an offline-only terminal', 2, offlineTerminal, 'declined', 'online-impossible'],
  ])('%s: nothing is read, authenticated or restricted', (_, type, terminal, outcome, reason) => {
    const card = scriptedCard({ options: options({ '9F10': issuerData(type), '94': undefined, '5F24': '000101' }) });
    const played = play(card, { ...terminal, isInExceptionFile: () => true });
    expect(played.outcome).toMatchObject({ outcome, reason, tryAnotherInterface: false });
    expect(played.outcome).not.toHaveProperty('offlineDataAuthentication');
    expect(played.commands).toHaveLength(3);
    expect(marks(played)).toEqual({ tvr: '0000000000', tsi: '0000' });
  });

  test('an ARQC tells how the holder is to be verified; a decline asks nobody', () => {
    const answer = (type: number) => options({ '9F10': issuerData(type), '9F6C': '8000' });
    expect(play(scriptedCard({ options: answer(2) }), ONLINE).outcome.cardholderVerification).toBe('online-pin');
    expect(play(scriptedCard({ options: answer(0) }), ONLINE).outcome.cardholderVerification).toBe('none');
  });
});

describe('the field stays off', () => {
  test.each([
    ['an amount of 0 at an offline-only terminal', { '9F02': '000000000000' }, 'zero-amount'],
    ['an amount at the transaction limit', { DF20: '000000000200' }, 'above-transaction-limit'],
    ['no amount', { '9F02': '' }, 'terminal-data-missing'],
  ])('%s', (_, values, reason) => {
    const played = play(scriptedCard(), withData(values));
    expect(played.outcome).toMatchObject({ outcome: 'terminated', reason, tryAnotherInterface: true, records: [] });
    expect(played.commands).toEqual([]);
  });
});

test('byte 2 of the qualifiers that the card hears and that the outcome tells is that of this transaction', () => {
  const card = scriptedCard({ options: options({ '9F10': issuerData(2) }) });
  const { outcome, commands } = play(
    card,
    withData({ '9F66': '36FF0080', DF19: '000000000100', DF21: '000000000200' }),
  );
  expect(commands[2]).toMatch(/^80A8000010830E36C00080/);
  expect(toHex(outcome.data.get('9F66')!)).toBe('36C00080');
});

test('an unpredictable number of another length is a mistake of the caller', () => {
  const start = () => qpbocTransaction({ ...offlineTerminal, unpredictableNumber: fromHex('010203') }).next();
  expect(start).toThrow(RangeError);
});

test('wherever the card leaves, the transaction ends at once and may be tried again', () => {
  for (let place = 0; place < version00.commands.length; place++) {
    const card = version00.card((response, current) => (current === place ? undefined : response));
    const { outcome, commands } = converse(qpbocTransaction(version00.terminal()), card);
    expect(outcome).toMatchObject({ outcome: 'terminated', reason: 'card-removed', tryAnotherInterface: false });
    expect(outcome).not.toHaveProperty('offlineDataAuthentication');
    expect(commands).toHaveLength(place + 1);
  }
});

test('the same answers lead to the same end, and what was handed in stays as it was', () => {
  const terminal = version01.terminal();
  const before = JSON.stringify([...terminal.data].map(([tag, value]) => [tag, toHex(value)]));
  const [one, other] = [0, 1].map(() => converse(qpbocTransaction(terminal), version01.card()));
  expect(one).toEqual(other);
  expect(JSON.stringify([...terminal.data].map(([tag, value]) => [tag, toHex(value)]))).toBe(before);
  expect(one!.commands[0]).toBe(SELECT_PPSE);
});
