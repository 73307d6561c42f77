import { describe, expect, test } from 'vitest';
import { concat, fromHex, toHex } from '../../../../emv/bytes.js';
import { createCertificationAuthorityKeyStore } from '../../../../emv/keys/index.js';
import { createTestPki, testCaKeys } from '../../../../simulator/index.js';
import { certifyCardSm2 } from '../../../../simulator/personalization/pki/sm2-certificates.js';
import { generateSm2Key } from '../../../../simulator/personalization/pki/sm2-chain.js';
import { signSm2 } from '../../../../simulator/sm2/index.js';
import {
  application,
  type Card,
  DEBIT,
  entry,
  issuerData,
  OFFLINE_DATA,
  object,
  PAN,
  play,
  ppse,
  TRACK_2,
  withData,
} from './card-script.js';

const pki = createTestPki();
const issuer = pki.sm2.issuer('bank-of-china');
const key = generateSm2Key('contactless card');
const PROFILE = '2000';
const SIGNED = `5A08${PAN}5F24033512319F4A0182`;
const TRANSACTION_COUNTER = '0007';
const CARD_DATA = `01A1B2C3D4${'0000'}00`;
const UNPREDICTABLE_NUMBER = '01020304';

const certificate = certifyCardSm2({
  issuer: issuer.key,
  card: key,
  pan: PAN,
  expires: '1235',
  serialNumber: fromHex('00000B'),
  staticData: fromHex(SIGNED + PROFILE),
});

/** Format 15 over the dynamic data, then 9F37, 9F02, 5F2A and 9F69 (JR/T 0025.17-2013, JR/T 0025.12-2013 annex B). */
function dynamicSignature(amount: string): string {
  const body = concat(fromHex(`150302${TRANSACTION_COUNTER}`));
  const signature = signSm2(key, concat(body, fromHex(`${UNPREDICTABLE_NUMBER}${amount}0156${CARD_DATA}`)));
  return toHex(concat(body, signature));
}

/** A card that knows the SM algorithms alone; without DF69 01 it has nothing to offer (JR/T 0025.17-2013 clause 10). */
const smCard = (bend: (answer: string) => string = (answer) => answer): Card => {
  const records: Readonly<Record<string, string>> = {
    '00B2010C00': object('70', SIGNED),
    '00B2011400': object('70', object('8F', pki.sm2.keyIndex), object('90', toHex(issuer.certificate))),
    '00B2021400': object('70', object('9F46', toHex(certificate))),
    '00B2031400': object('70', object('9F4B', dynamicSignature(OFFLINE_DATA['9F02']))),
    '00B2041400': object('70', object('9F74', '454343303031'), object('9F69', CARD_DATA)),
  };
  return ({ name, command }) => {
    const hex = toHex(command);
    if (name === 'select-ppse') return fromHex(`${ppse(entry(DEBIT, '01'))}9000`);
    if (name === 'select-application') {
      return fromHex(`${application(DEBIT, '9F66049F02069F37045F2A02DF6901')}9000`);
    }
    if (name === 'get-processing-options') return hex.endsWith('0100') ? fromHex(`${options}9000`) : fromHex('6985');
    return fromHex(`${bend(records[hex]!)}9000`);
  };
};

const options = object(
  '77',
  object('82', PROFILE),
  object('94', '0801010110010400'),
  object('9F36', TRANSACTION_COUNTER),
  object('57', TRACK_2),
  object('9F10', issuerData(1)),
  object('9F26', '1122334455667788'),
);

const withSm = {
  ...withData({ DF69: '01' }),
  caKeys: createCertificationAuthorityKeyStore(testCaKeys(pki)),
};
const rsaKeys = testCaKeys(pki).filter(({ algorithm }) => algorithm === 'rsa');
const withoutSm = { caKeys: createCertificationAuthorityKeyStore(rsaKeys) };

describe('a card with the SM algorithms', () => {
  test('is asked for them by a terminal that has them, and approved offline', () => {
    const { outcome } = play(smCard(), withSm);
    expect(outcome).toMatchObject({
      outcome: 'approved-offline',
      offlineDataAuthentication: { ok: true, iccDynamicNumber: fromHex(TRANSACTION_COUNTER) },
    });
  });

  test('answers 6985 to a terminal that has not: another interface', () => {
    const { outcome, commands } = play(smCard(), withoutSm);
    expect(commands.at(-1)).toMatch(/^80A8.*00$/);
    expect(outcome).toMatchObject({
      outcome: 'terminated',
      reason: 'processing-options-refused',
      statusWord: 0x6985,
      tryAnotherInterface: true,
    });
  });

  test.each([
    [
      'an amount that was not signed',
      (answer: string) => answer.replace(dynamicSignature(OFFLINE_DATA['9F02']), dynamicSignature('000000000100')),
      'signed-dynamic-data-signature',
    ],
    [
      'another record than was certified',
      (answer: string) => answer.replace('5F2403351231', '5F2403361231'),
      'icc-certificate-signature',
    ],
  ])('%s: declined', (_, bend, reason) => {
    const { outcome } = play(smCard(bend), withSm);
    expect(outcome).toMatchObject({ outcome: 'declined', offlineDataAuthentication: { ok: false, reason } });
  });
});
