import fc from 'fast-check';
import { sm2 } from 'sm-crypto-v2';
import { expect, test } from 'vitest';
import { sm3 } from '../../../emv/cryptogram/index.js';
import {
  concat,
  fromHex,
  type OdaResult,
  openChain,
  toHex,
  verifyCda,
  verifyDda,
  verifyFdda,
  verifySda,
} from '../../../emv/index.js';
import { createTestPki } from '../../../simulator/index.js';
import { issuerNames } from '../../../simulator/personalization/pki/issuers.js';
import { generateSm2Key } from '../../../simulator/personalization/pki/sm2-chain.js';
import knownPoints from '../../../simulator/personalization/pki/sm2-points.json';
import { type Sm2Key, signSm2, sm2KeyOf } from '../../../simulator/sm2/index.js';
import { mintSm2Card } from '../../emv/authentication/mint-sm2-card.js';

const chain = createTestPki().sm2;
test('a card of the SM2 chain is authentic for each method', () => {
  const plain = mintSm2Card('one');
  const results: OdaResult[] = [verifySda(plain), verifyDda(plain), verifyFdda(plain)];
  const transaction = { pdolData: fromHex('A1'), cdolData: fromHex('B2'), responseData: fromHex('9F270180') };
  const hash = sm3(concat(transaction.pdolData, transaction.cdolData, transaction.responseData));
  const dynamicData = concat(fromHex('020ADC801122334455667788'), hash);
  const combined = mintSm2Card('one', { dynamicData });
  const cryptogramInformationData = fromHex('80');
  const unpredictableNumber = combined.terminalData;
  results.push(verifyCda({ ...combined, ...transaction, unpredictableNumber, cryptogramInformationData }));
  for (const result of results) expect(result).toMatchObject({ ok: true });
  expect(results[0]).toMatchObject({ dataAuthenticationCode: fromHex('DAC1') });
  expect(results[1]).toMatchObject({ iccDynamicNumber: fromHex('0ADC') });
  expect(results[3]).toMatchObject({ applicationCryptogram: fromHex('1122334455667788') });
});

test('each signature of the chain is one for sm-crypto-v2 too', () => {
  const { data, staticData, terminalData } = mintSm2Card('two');
  const signedWithKeys = concat(staticData, data.get('82')!);
  const issuer = chain.issuer('bank-of-china');
  const signed = [
    [chain.certificationAuthority.point, data.get('90')!, new Uint8Array()],
    [issuer.key.point, data.get('9F46')!, signedWithKeys],
    [issuer.key.point, data.get('93')!, signedWithKeys],
    [generateSm2Key('two').point, data.get('9F4B')!, terminalData],
  ] as const;
  for (const [point, bytes, withIt] of signed) {
    const message = concat(bytes.subarray(0, -64), withIt);
    const signature = toHex(bytes.subarray(-64)).toLowerCase();
    const options = { hash: true, der: false, userId: '1234567812345678' };
    expect(sm2.doVerifySignature(message, signature, `04${toHex(point)}`.toLowerCase(), options)).toBe(true);
  }
});

test('a byte that changes anywhere in certificates or signatures is found', () => {
  const { data, ...input } = mintSm2Card('three');
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
const fields = [
  ['90', 'format', 0, '02', 'issuer-certificate-format'],
  ['90', 'issuer identifier', 1, '62289999', 'issuer-identifier-mismatch'],
  ['90', 'expiry', 5, '1215', 'issuer-certificate-expired'],
  ['90', 'no month', 5, '1335', 'issuer-certificate-expired'],
  ['90', 'signature algorithm', 10, '01', 'issuer-certificate-key-algorithm'],
  ['90', 'encryption algorithm', 11, '04', 'issuer-certificate-key-algorithm'],
  ['90', 'curve', 12, '01', 'issuer-certificate-key-algorithm'],
  ['90', 'key length', 13, '41', 'issuer-certificate-key-length'],
  ['90', 'key', 14, '11', 'issuer-key-invalid'],
  ['9F46', 'format', 0, '04', 'icc-certificate-format'],
  ['9F46', 'PAN', 1, '6228000100001118', 'pan-mismatch'],
  ['9F46', 'expiry', 11, '1215', 'icc-certificate-expired'],
  ['9F46', 'signature algorithm', 16, '01', 'icc-certificate-key-algorithm'],
  ['9F46', 'encryption algorithm', 17, '01', 'icc-certificate-key-algorithm'],
  ['9F46', 'curve', 18, '10', 'icc-certificate-key-algorithm'],
  ['9F46', 'key length', 19, '3F', 'icc-certificate-key-length'],
  ['9F46', 'key', 20, '11', 'icc-key-invalid'],
] as const;

test.each(fields)('SM2 certificate %s, %s: that check alone fails', (tag, _, offset, bytes, reason) => {
  const { data, ...input } = mintSm2Card('four');
  const body = data.get(tag)!.slice(0, -64);
  body.set(fromHex(bytes), offset);
  const signature =
    tag === '90'
      ? signSm2(chain.certificationAuthority, body)
      : signSm2(chain.issuer('bank-of-china').key, concat(body, input.staticData, data.get('82')!));
  const changed = { ...input, data: new Map(data).set(tag, concat(body, signature)) };
  expect(verifyDda(changed)).toMatchObject({ ok: false, reason });
  expect(openChain({ method: 'dda', ...changed }).failures.map((failure) => failure.reason)).toEqual([reason]);
});
