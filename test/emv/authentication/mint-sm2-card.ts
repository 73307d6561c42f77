import { concat, createCertificationAuthorityKeyStore, type DdaInput, fromHex } from '../../../emv/index.js';
import { createTestPki, testCaKeys } from '../../../simulator/index.js';
import { certifyCardSm2, signStaticDataSm2 } from '../../../simulator/personalization/pki/sm2-certificates.js';
import { generateSm2Key } from '../../../simulator/personalization/pki/sm2-chain.js';
import { signSm2 } from '../../../simulator/sm2/index.js';

const PAN = '6228000100001117';
const pki = createTestPki();
const issuer = pki.sm2.issuer('bank-of-china');

/** Signed dynamic data of format 15 (JR/T 0025.17-2013 clause 7). */
export function signDynamicDataSm2(seed: string, dynamicData: Uint8Array, terminalData: Uint8Array): Uint8Array {
  const body = concat(Uint8Array.of(0x15, dynamicData.length), dynamicData);
  return concat(body, signSm2(generateSm2Key(seed), concat(body, terminalData)));
}

export interface MintSm2Options {
  /** Application interchange profile in hex, signed with the static data. */
  readonly profile?: string;
  readonly dynamicData?: Uint8Array;
}

/** A card of the SM2 chain whose key comes from a seed; every verification takes it. */
export function mintSm2Card(
  seed: string,
  { profile = '7C00', dynamicData }: MintSm2Options = {},
): DdaInput & { staticData: Uint8Array } {
  const key = generateSm2Key(seed);
  const records = fromHex(`5A08${PAN}5F24033512319F4A0182`);
  const staticData = concat(records, fromHex(profile));
  const serialNumber = fromHex('00000A');
  const terminalData = fromHex('12345678');
  return {
    rid: 'A000000333',
    caKeys: createCertificationAuthorityKeyStore(testCaKeys(pki).filter(({ algorithm }) => algorithm === 'sm2')),
    date: '2016-01-04',
    staticData: records,
    terminalData,
    data: new Map([
      ['5A', fromHex(PAN)],
      ['82', fromHex(profile)],
      ['8F', fromHex(pki.sm2.keyIndex)],
      ['90', issuer.certificate],
      ['93', signStaticDataSm2(issuer.key, fromHex('DAC1'), staticData)],
      ['9F46', certifyCardSm2({ issuer: issuer.key, card: key, pan: PAN, expires: '1235', serialNumber, staticData })],
      ['9F4A', fromHex('82')],
      ['9F4B', signDynamicDataSm2(seed, dynamicData ?? fromHex('020ADC'), terminalData)],
    ]),
  };
}
