import { describe, expect, test } from 'vitest';
import { concat, fromHex, toHex } from '../../../../emv/bytes.js';
import { sm3 } from '../../../../emv/cryptogram/index.js';
import { createCertificationAuthorityKeyStore } from '../../../../emv/keys/index.js';
import { createTestPki, testCaKeys, testSm2CaKeys } from '../../../../simulator/index.js';
import { certifyCardSm2, signStaticDataSm2 } from '../../../../simulator/personalization/pki/sm2-certificates.js';
import { generateSm2Key } from '../../../../simulator/personalization/pki/sm2-chain.js';
import { signSm2 } from '../../../../simulator/sm2/index.js';
import { CARD_DATA, type CardLines, cryptogram, marks, object, objects, PAN, play, terminal } from './contact-card.js';

const pki = createTestPki();
const issuer = pki.sm2.issuer('bank-of-china');
const key = generateSm2Key('contact card');
const SIGNED = `5A08${PAN}5F24033512319F4A0182`;
const PDOL = 'DF6901';
const AC = '1122334455667788';
const UNPREDICTABLE_NUMBER = fromHex('01020304');

/** Signed dynamic data of format 15 (JR/T 0025.17-2013 clause 7). */
function sign(dynamicData: Uint8Array, terminalData: Uint8Array): string {
  const body = concat(Uint8Array.of(0x15, dynamicData.length), dynamicData);
  return toHex(concat(body, signSm2(key, concat(body, terminalData))));
}

/** A single-SM card: whatever DF69 says, its locator leads to SM2 certificates (JR/T 0025.17-2013 clause 10). */
function card(profile: string, more: Partial<CardLines> = {}): CardLines {
  const staticData = fromHex(SIGNED + profile);
  const { '5A': _pan, '5F24': _expiry, ...rest } = CARD_DATA;
  const certificate = certifyCardSm2({
    issuer: issuer.key,
    card: key,
    pan: PAN,
    expires: '1235',
    serialNumber: fromHex('00000A'),
    staticData,
  });
  return {
    profile,
    pdol: PDOL,
    locator: '0801010110010400',
    records: {
      '1.1': object('70', SIGNED),
      '2.1': object('70', objects({ '90': toHex(issuer.certificate), '8F': pki.sm2.keyIndex })),
      '2.2': object('70', objects({ '93': toHex(signStaticDataSm2(issuer.key, fromHex('DAC1'), staticData)) })),
      '2.3': object('70', objects({ '9F46': toHex(certificate) })),
      '2.4': object('70', objects(rest)),
    },
    sign: (data) => object('80', sign(fromHex('020001'), data)),
    ...more,
  };
}

/** A cryptogram under the signature of combined authentication; its hash is SM3 over PDOL, CDOL1 and answer. */
const combined =
  (df69: string, information: string, bend = (hash: Uint8Array) => hash) =>
  (cdolData: Uint8Array): string => {
    const answer = objects({ '9F27': information, '9F36': '0001', '9F10': '07010103A0000004' });
    const hash = bend(sm3(concat(fromHex(df69), cdolData, fromHex(answer))));
    const dynamicData = concat(fromHex(`020001${information}${AC}`), hash);
    return object('77', answer, object('9F4B', sign(dynamicData, UNPREDICTABLE_NUMBER)));
  };

const at = (
  capabilities: string,
  data: Readonly<Record<string, string>> = { DF69: '01' },
  caKeys = testSm2CaKeys(pki),
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
  const rsaOnly = (data = {}) => at('E0F8C8', data, testCaKeys(pki));

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
