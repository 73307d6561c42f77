import { concat, fromHex, toHex } from '../../../../emv/bytes.js';
import { sm3 } from '../../../../emv/cryptogram/index.js';
import { createTestPki } from '../../../../simulator/index.js';
import { mintSm2Card, signDynamicDataSm2 } from '../../authentication/mint-sm2-card.js';
import { CARD_DATA, type CardLines, object, objects } from './contact-card.js';

export const pki = createTestPki();
const SEED = 'contact card';
const PDOL = 'DF6901';
export const AC = '1122334455667788';
const UNPREDICTABLE_NUMBER = fromHex('01020304');

export const sign = (dynamicData: Uint8Array, terminalData: Uint8Array): string =>
  toHex(signDynamicDataSm2(SEED, dynamicData, terminalData));

/** A single-SM card: whatever DF69 says, its locator leads to SM2 certificates (JR/T 0025.17-2013 clause 10). */
export function sm2Card(profile: string, more: Partial<CardLines> = {}): CardLines {
  const { data, staticData } = mintSm2Card(SEED, { profile });
  const take = (tag: string) => object(tag, toHex(data.get(tag)!));
  const { '5A': _pan, '5F24': _expiry, ...rest } = CARD_DATA;
  return {
    profile,
    pdol: PDOL,
    locator: '0801010110010400',
    records: {
      '1.1': object('70', toHex(staticData)),
      '2.1': object('70', take('90'), take('8F')),
      '2.2': object('70', take('93')),
      '2.3': object('70', take('9F46')),
      '2.4': object('70', objects(rest)),
    },
    sign: (terminalData) => object('80', sign(fromHex('020001'), terminalData)),
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
