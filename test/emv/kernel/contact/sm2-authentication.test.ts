import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../../../../emv/bytes.js';
import { createCertificationAuthorityKeyStore } from '../../../../emv/keys/index.js';
import { testCaKeys } from '../../../../simulator/index.js';
import { type CardLines, cryptogram, marks, object, play, terminal } from './contact-card.js';
import { AC, sm2Card as card, combined, pki, sign } from './sm2-card.js';

const at = (
  capabilities: string,
  data: Readonly<Record<string, string>> = { DF69: '01' },
  caKeys = testCaKeys(pki).filter(({ algorithm }) => algorithm === 'sm2'),
) => terminal({ '9F33': capabilities, ...data }, { caKeys: createCertificationAuthorityKeyStore(caKeys) });

describe('an SM2 card at an SM terminal (JR/T 0025.17-2013)', () => {
  test.each([
    ['SDA', '4C00', 'E0F880'],
    ['DDA', '2C00', 'E0F840'],
    ['DDA rather than SDA', '6C00', 'E0F8C0'],
  ])('%s', (_, profile, capabilities) => {
    const played = play(card(profile), {}, at(capabilities));
    expect(played.commands, 'DF69 is told').toContain('80A8000003830101' + '00');
    expect(played.outcome).toMatchObject({ outcome: 'approved-offline', offlineDataAuthentication: { ok: true } });
    expect(marks(played)).toMatchObject({ tvr: '0000000000', tsi: 'A800' });
  });

  test('CDA: hash by SM3, 32 bytes', () => {
    const played = play(card('0D00', { cryptograms: [combined('01', '40')] }), {}, at('E0F808'));
    expect(played.outcome).toMatchObject({ outcome: 'approved-offline', offlineDataAuthentication: { ok: true } });
    expect(marks(played)).toMatchObject({ tvr: '0000000000', tsi: 'A800' });
    expect(toHex(played.outcome.data.get('9F26')!)).toBe(AC);
  });

  test.each<[string, string, string, Partial<CardLines>]>([
    [
      'DDA over another number',
      '2C00',
      'E0F840',
      { sign: () => object('80', sign(fromHex('020001'), fromHex('01020305'))) },
    ],
    [
      'DDA with format 05',
      '2C00',
      'E0F840',
      { sign: (data) => object('80', sign(fromHex('020001'), data).replace(/^15/, '05')) },
    ],
  ])('%s fails', (_, profile, capabilities, more) => {
    const played = play(card(profile, more), {}, at(capabilities));
    expect(marks(played)).toMatchObject({ tvr: '0800000000', tsi: 'A800' });
  });

  test.each([
    ['another hash', (hash: Uint8Array) => hash.map((byte) => byte ^ 1)],
    ['a hash of 20 bytes', (hash: Uint8Array) => hash.subarray(0, 20)],
  ])('CDA with %s: the TC is refused', (_, bend) => {
    const played = play(card('0D00', { cryptograms: [combined('01', '40', bend)] }), {}, at('E0F808'));
    expect(played.outcome).toMatchObject({ outcome: 'declined', reason: 'offline-data-authentication-failed' });
    expect(marks(played).tvr).toBe('0400000000');
  });
});

describe('a single-SM card at an RSA terminal (JR/T 0025.17-2013 clause 10)', () => {
  const rsaOnly = (data = {}) =>
    at(
      'E0F8C8',
      data,
      testCaKeys(pki).filter(({ algorithm }) => algorithm === 'rsa'),
    );

  test('DF69 is 00; the key is unknown, authentication fails', () => {
    const played = play(card('2C00'), {}, rsaOnly());
    expect(played.commands).toContain('80A8000003830100' + '00');
    expect(played.outcome.offlineDataAuthentication).toMatchObject({ ok: false, reason: 'ca-key-missing' });
    expect(marks(played)).toMatchObject({ tvr: '0800000000', tsi: 'A800' });
  });

  test('it may go online, where the action codes say so', () => {
    const played = play(card('2C00', { cryptograms: [cryptogram('80')] }), {}, rsaOnly({ DF12: '0800000000' }));
    expect(played.outcome).toMatchObject({ outcome: 'online-requested', reason: 'online-requested-by-terminal' });
  });
});
