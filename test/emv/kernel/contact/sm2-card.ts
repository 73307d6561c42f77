import { concat, fromHex, toHex } from '../../../../emv/bytes.js';
import { sm3 } from '../../../../emv/cryptogram/index.js';
import { createTestPki } from '../../../../simulator/index.js';
import { certifyCardSm2, signStaticDataSm2 } from '../../../../simulator/personalization/pki/sm2-certificates.js';
import { generateSm2Key } from '../../../../simulator/personalization/pki/sm2-chain.js';
import { signSm2 } from '../../../../simulator/sm2/index.js';
import { CARD_DATA, type CardLines, object, objects, PAN } from './contact-card.js';

export const pki = createTestPki();
const issuer = pki.sm2.issuer('bank-of-china');
const key = generateSm2Key('contact card');
const SIGNED = `5A08${PAN}5F24033512319F4A0182`;
const PDOL = 'DF6901';
export const AC = '1122334455667788';
const UNPREDICTABLE_NUMBER = fromHex('01020304');

/** Signed dynamic data of format 15 (JR/T 0025.17-2013 clause 7). */
export function sign(dynamicData: Uint8Array, terminalData: Uint8Array): string {
  const body = concat(Uint8Array.of(0x15, dynamicData.length), dynamicData);
  return toHex(concat(body, signSm2(key, concat(body, terminalData))));
}

/** A single-SM card: whatever DF69 says, its locator leads to SM2 certificates (JR/T 0025.17-2013 clause 10). */
export function sm2Card(profile: string, more: Partial<CardLines> = {}): CardLines {
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
export const combined =
  (df69: string, information: string, bend = (hash: Uint8Array) => hash) =>
  (cdolData: Uint8Array): string => {
    const answer = objects({ '9F27': information, '9F36': '0001', '9F10': '07010103A0000004' });
    const hash = bend(sm3(concat(fromHex(df69), cdolData, fromHex(answer))));
    const dynamicData = concat(fromHex(`020001${information}${AC}`), hash);
    return object('77', answer, object('9F4B', sign(dynamicData, UNPREDICTABLE_NUMBER)));
  };
