import fc from 'fast-check';
import { sm2 } from 'sm-crypto-v2';
import { expect, test } from 'vitest';
import { sm3 } from '../../../emv/cryptogram/index.js';
import {
  concat,
  createCertificationAuthorityKeyStore,
  type DdaInput,
  fromHex,
  type OdaResult,
  openChain,
  toHex,
  verifyCda,
  verifyDda,
  verifyFdda,
  verifySda,
} from '../../../emv/index.js';
import { createTestPki, testSm2CaKeys } from '../../../simulator/index.js';
import { issuerNames } from '../../../simulator/personalization/pki/issuers.js';
import { certifyCardSm2, signStaticDataSm2 } from '../../../simulator/personalization/pki/sm2-certificates.js';
import { generateSm2Key } from '../../../simulator/personalization/pki/sm2-chain.js';
import knownPoints from '../../../simulator/personalization/pki/sm2-points.json';
import { type Sm2Key, signSm2, sm2KeyOf } from '../../../simulator/sm2/index.js';

const chain = createTestPki().sm2;
const PAN = '6228000100001117';
const records = fromHex(`5A08${PAN}5F24033512319F4A0182`);
const profile = fromHex('7C00');
const unpredictableNumber = fromHex('12345678');

/** A card of the chain, signed with the dynamic data given. */
function card(seed: string, dynamicData: Uint8Array): DdaInput {
  const issuer = chain.issuer('bank-of-china');
  const key = generateSm2Key(seed);
  const staticData = concat(records, profile);
  const serialNumber = fromHex('00000A');
  const body = concat(Uint8Array.of(0x15, dynamicData.length), dynamicData);
  return {
    rid: 'A000000333',
    caKeys: createCertificationAuthorityKeyStore(testSm2CaKeys(createTestPki())),
    date: '2016-01-04',
    staticData: records,
    terminalData: unpredictableNumber,
    data: new Map([
      ['5A', fromHex(PAN)],
      ['82', profile],
      ['8F', fromHex(chain.keyIndex)],
      ['90', issuer.certificate],
      ['93', signStaticDataSm2(issuer.key, fromHex('DAC1'), staticData)],
      ['9F46', certifyCardSm2({ issuer: issuer.key, card: key, pan: PAN, expires: '1235', serialNumber, staticData })],
      ['9F4A', fromHex('82')],
      ['9F4B', concat(body, signSm2(key, concat(body, unpredictableNumber)))],
    ]),
  };
}

const counter = fromHex('020ADC');

test('a card of the SM2 chain is authentic for each method', () => {
  const plain = card('one', counter);
  const results: OdaResult[] = [verifySda(plain), verifyDda(plain), verifyFdda(plain)];
  const transaction = { pdolData: fromHex('A1'), cdolData: fromHex('B2'), responseData: fromHex('9F270180') };
  const hash = sm3(concat(transaction.pdolData, transaction.cdolData, transaction.responseData));
  const combined = card('one', concat(counter, fromHex('801122334455667788'), hash));
  const cryptogramInformationData = fromHex('80');
  results.push(verifyCda({ ...combined, ...transaction, unpredictableNumber, cryptogramInformationData }));
  for (const result of results) expect(result).toMatchObject({ ok: true });
  expect(results[0]).toMatchObject({ dataAuthenticationCode: fromHex('DAC1') });
  expect(results[1]).toMatchObject({ iccDynamicNumber: fromHex('0ADC') });
  expect(results[3]).toMatchObject({ applicationCryptogram: fromHex('1122334455667788') });
});

test('each signature of the chain is one for sm-crypto-v2 too', () => {
  const { data } = card('two', counter);
  const issuer = chain.issuer('bank-of-china');
  const signed = [
    [chain.certificationAuthority.point, data.get('90')!, new Uint8Array()],
    [issuer.key.point, data.get('9F46')!, concat(records, profile)],
    [issuer.key.point, data.get('93')!, concat(records, profile)],
    [generateSm2Key('two').point, data.get('9F4B')!, unpredictableNumber],
  ] as const;
  for (const [point, bytes, withIt] of signed) {
    const message = concat(bytes.subarray(0, -64), withIt);
    const signature = toHex(bytes.subarray(-64)).toLowerCase();
    const options = { hash: true, der: false, userId: '1234567812345678' };
    expect(sm2.doVerifySignature(message, signature, `04${toHex(point)}`.toLowerCase(), options)).toBe(true);
  }
});

test('a byte that changes anywhere in certificates or signatures is found', () => {
  const { data, ...input } = card('three', counter);
  const tags = ['90', '9F46', '9F4B'] as const;
  fc.assert(
    fc.property(fc.constantFrom(...tags), fc.nat(), fc.integer({ min: 1, max: 255 }), (tag, position, change) => {
      const bytes = Uint8Array.from(data.get(tag)!);
      bytes[position % bytes.length]! ^= change;
      expect(verifyDda({ ...input, data: new Map(data).set(tag, bytes) })).toMatchObject({ ok: false });
    }),
    { numRuns: 60 },
  );
});

test('the public keys that are known beforehand are the ones of the private keys, and the keys follow from the seed', () => {
  const { certificationAuthority } = chain;
  const keys: [string, Sm2Key][] = [
    ['yongtap/ca/sm2', certificationAuthority],
    ...issuerNames.map((name): [string, Sm2Key] => [`yongtap/issuer/${name}/sm2`, chain.issuer(name).key]),
  ];
  expect(keys.map(([seed]) => seed).sort()).toEqual(Object.keys(knownPoints).sort());
  for (const [, { privateKey, point }] of keys) expect(sm2KeyOf(privateKey).point).toEqual(point);
  expect(generateSm2Key('any').privateKey).toBe(generateSm2Key('any').privateKey);
  expect(createTestPki('other').sm2.certificationAuthority.point).not.toEqual(certificationAuthority.point);
});

/** Where a field lies, what is put there, and the one check that fails when everything is signed anew with it. */
const issuerFields = [
  ['format', 0, '02', 'issuer-certificate-format'],
  ['issuer identifier', 1, '62289999', 'issuer-identifier-mismatch'],
  ['expiry', 5, '1215', 'issuer-certificate-expired'],
  ['no month', 5, '1335', 'issuer-certificate-expired'],
  ['signature algorithm', 10, '01', 'issuer-certificate-key-algorithm'],
  ['encryption algorithm', 11, '04', 'issuer-certificate-key-algorithm'],
  ['curve', 12, '01', 'issuer-certificate-key-algorithm'],
  ['key length', 13, '41', 'issuer-certificate-key-length'],
  ['key', 14, '11', 'issuer-key-invalid'],
] as const;

test.each(issuerFields)('SM2 issuer certificate, %s: that check alone fails', (_, offset, bytes, reason) => {
  const { data, ...input } = card('four', counter);
  const body = data.get('90')!.slice(0, -64);
  body.set(fromHex(bytes), offset);
  const certificate = concat(body, signSm2(chain.certificationAuthority, body));
  const changed = { ...input, data: new Map(data).set('90', certificate) };
  expect(verifyDda(changed)).toMatchObject({ ok: false, reason });
  expect(openChain({ method: 'dda', ...changed }).failures.map((failure) => failure.reason)).toEqual([reason]);
});

const cardFields = [
  ['format', 0, '04', 'icc-certificate-format'],
  ['PAN', 1, '6228000100001118', 'pan-mismatch'],
  ['expiry', 11, '1215', 'icc-certificate-expired'],
  ['signature algorithm', 16, '01', 'icc-certificate-key-algorithm'],
  ['encryption algorithm', 17, '01', 'icc-certificate-key-algorithm'],
  ['curve', 18, '10', 'icc-certificate-key-algorithm'],
  ['key length', 19, '3F', 'icc-certificate-key-length'],
  ['key', 20, '11', 'icc-key-invalid'],
] as const;

test.each(cardFields)('SM2 card certificate, %s: that check alone fails', (_, offset, bytes, reason) => {
  const { data, ...input } = card('five', counter);
  const body = data.get('9F46')!.slice(0, -64);
  body.set(fromHex(bytes), offset);
  const signature = signSm2(chain.issuer('bank-of-china').key, concat(body, records, profile));
  const changed = { ...input, data: new Map(data).set('9F46', concat(body, signature)) };
  expect(openChain({ method: 'dda', ...changed }).failures.map((failure) => failure.reason)).toEqual([reason]);
});
