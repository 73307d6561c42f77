import { expect, test } from 'vitest';
import {
  createCertificationAuthorityKeyStore,
  type OdaRefusal,
  type OdaResult,
  odaRefusals,
  verifyCda,
  verifyDda,
  verifyFdda,
  verifySda,
} from '../../../emv/index.js';
import { odaInputSchema } from '../../../src/cli/replay/kinds/oda-input.js';
import { readVectors } from '../read-vectors.js';
import { cdaDynamicData, type MintOptions, mintCard } from './mint-card.js';

type Input = ReturnType<typeof mintCard>;

const sda = (options: MintOptions, change: Partial<Input> = {}) => verifySda({ ...mintCard(options), ...change });
const dda = (options: MintOptions, change: Partial<Input> = {}) => verifyDda({ ...mintCard(options), ...change });
const cda = (options: MintOptions, change: Partial<Input> = {}) => verifyCda({ ...mintCard(options), ...change });
/** Version and values from the data, as a terminal and the gateway have it. */
const fdda = (data: Record<string, string>, options: MintOptions = {}) =>
  verifyFdda({ ...mintCard({ ...options, data }), terminalData: undefined });

const without = (tag: string): MintOptions => ({ data: { [tag]: undefined } });
const withData = (tag: string, value: string): MintOptions => ({ data: { [tag]: value } });

/** An SM2 card of the vectors. */
const sm = (id: string) => {
  const vector = readVectors('oda-sm-minted', id.includes('fdda') ? 'oda.fdda' : 'oda.sda').find(
    (one) => one.id === id,
  )!;
  const { caKeys, ...input } = odaInputSchema.parse(vector.input);
  return { ...input, caKeys: createCertificationAuthorityKeyStore(caKeys), terminalData: new Uint8Array(0) };
};

/** One card for each refusal: the type holds that none is forgotten. */
const refused: Readonly<Record<OdaRefusal, () => OdaResult>> = {
  'ca-key-index-missing': () => sda(without('8F')),
  'ca-key-missing': () => sda(withData('8F', 'C2')),
  'ca-key-expired': () => sda({ caKey: { expires: '2015-12-31' } }),
  'pan-missing': () => sda(without('5A')),

  'issuer-certificate-missing': () => sda(without('90')),
  'issuer-exponent-missing': () => sda(without('9F32')),
  'issuer-exponent-invalid': () => sda(withData('9F32', '00')),
  'issuer-certificate-length': () => sda(withData('90', 'AA')),
  'issuer-certificate-header': () => sda({ issuer: { header: 0x6b } }),
  'issuer-certificate-trailer': () => sda({ issuer: { trailer: 0xcc } }),
  'issuer-certificate-format': () => sda({ issuer: { format: 0x04 } }),
  'issuer-certificate-hash-algorithm': () => sda({ issuer: { put: [10, '07'] } }),
  'issuer-certificate-key-algorithm': () => sda({ issuer: { put: [11, '04'] } }),
  'issuer-certificate-key-length': () => sda({ issuer: { put: [12, '00'] } }),
  'issuer-exponent-length': () => sda({ issuer: { put: [13, '03'] } }),
  'issuer-key-remainder-length': () => sda(without('92')),
  'issuer-certificate-hash': () => sda({ issuer: { hash: true } }),
  'issuer-certificate-signature': () => verifySda(sm('sm-a-sda-neg-02')),
  'issuer-key-invalid': () => sda({ issuer: { put: [14, '00'] } }),
  'issuer-identifier-mismatch': () => sda({ issuer: { put: [1, '62289999'] } }),
  'issuer-certificate-expired': () => sda({ issuer: { put: [5, '1215'] } }),
  'issuer-certificate-revoked': () => sda({}, { revoked: new Set(['A000000333C1000001']) }),

  'static-data-missing': () => verifySda({ ...mintCard(), staticData: undefined }),
  'static-data-tag-list': () => sda(withData('9F4A', '8282')),
  'application-interchange-profile-missing': () => sda(without('82')),

  'icc-certificate-missing': () => dda(without('9F46')),
  'icc-exponent-missing': () => dda(without('9F47')),
  'icc-exponent-invalid': () => dda(withData('9F47', '010003')),
  'icc-certificate-length': () => dda(withData('9F46', 'AA')),
  'icc-certificate-header': () => dda({ icc: { header: 0x60 } }),
  'icc-certificate-trailer': () => dda({ icc: { trailer: 0xbb } }),
  'icc-certificate-format': () => dda({ icc: { format: 0x02 } }),
  'icc-certificate-hash-algorithm': () => dda({ icc: { put: [16, '00'] } }),
  'icc-certificate-key-algorithm': () => dda({ icc: { put: [17, '02'] } }),
  'icc-certificate-key-length': () => dda({ icc: { put: [18, '81'] } }),
  'icc-exponent-length': () => dda({ icc: { put: [19, '00'] } }),
  'icc-key-remainder-length': () => dda(withData('9F48', 'BBBB')),
  'icc-certificate-hash': () => dda({ icc: { hash: true } }),
  'icc-certificate-signature': () => verifyFdda(sm('sm-a-fdda00-neg-13')),
  'icc-key-invalid': () => dda({ icc: { put: [20, '00'] } }),
  'pan-mismatch': () => dda({ icc: { put: [1, '6228000100001118'] } }),
  'icc-certificate-expired': () => dda({ icc: { put: [11, '1330'] } }),

  'signed-static-data-missing': () => sda(without('93')),
  'signed-static-data-length': () => sda(withData('93', '00')),
  'signed-static-data-header': () => sda({ staticSignature: { header: 0x4a } }),
  'signed-static-data-trailer': () => sda({ staticSignature: { trailer: 0x00 } }),
  'signed-static-data-format': () => sda({ staticSignature: { format: 0x05 } }),
  'signed-static-data-hash-algorithm': () => sda({ staticSignature: { put: [1, '02'] } }),
  'signed-static-data-hash': () => sda({ staticSignature: { hash: true } }),
  'signed-static-data-signature': () => verifySda(sm('sm-a-sda-neg-12')),

  'dda-not-supported': () => fdda({ '9F66': '28000000', '9F37': '12345678' }, { profile: '5C00' }),
  'fdda-data-missing': () => fdda({ '9F66': '28000000' }),
  'fdda-version-unknown': () => fdda({ '9F66': '28000080', '9F69': '02A1B2C3D4000000' }),
  'fdda-version-downgrade': () => fdda({ '9F66': '28000080', '9F08': '0030', '9F37': '12345678' }),

  'signed-dynamic-data-missing': () => dda(without('9F4B')),
  'signed-dynamic-data-length': () => dda(withData('9F4B', 'AA')),
  'signed-dynamic-data-header': () => dda({ dynamicSignature: { header: 0x6b } }),
  'signed-dynamic-data-trailer': () => dda({ dynamicSignature: { trailer: 0xbd } }),
  'signed-dynamic-data-format': () => dda({ dynamicSignature: { format: 0x95 } }),
  'signed-dynamic-data-hash-algorithm': () => dda({ dynamicSignature: { put: [1, '07'] } }),
  'signed-dynamic-data-hash': () => dda({}, { terminalData: new Uint8Array(4) }),
  'signed-dynamic-data-signature': () => verifyFdda(sm('sm-a-fdda00')),
  'icc-dynamic-data-length': () => dda({ dynamicSignature: { put: [2, 'FF'] } }),
  'icc-dynamic-number-length': () => dda({ dynamicData: '01AA' }),
  'cryptogram-information-mismatch': () => cda({ dynamicData: cdaDynamicData({ cid: '40' }) }),
  'application-cryptogram-mismatch': () => cda({ dynamicData: cdaDynamicData({ ac: '1122334455667789' }) }),
  'transaction-data-hash': () => cda({ dynamicData: cdaDynamicData({ hash: '00'.repeat(20) }) }),
};

test('the card that the faults are put into is good for every method', () => {
  const card = mintCard();
  for (const result of [verifySda(card), verifyDda(card), verifyFdda(card), verifyCda(card)]) {
    expect(result).toMatchObject({ ok: true });
  }
});

test.each(Object.entries(refused))('%s', (reason, run) => {
  const { step, tag } = odaRefusals[reason as OdaRefusal];
  expect(run()).toMatchObject({ ok: false, reason, step, ...(tag === undefined ? {} : { tag }) });
});

test.each([
  ['0030', 'fdda-version-downgrade'],
  ['0031', 'fdda-version-downgrade'],
  ['30', 'fdda-version-downgrade'],
  ['000030', 'fdda-version-downgrade'],
  ['002F', 'none'],
  ['0020', 'none'],
  ['', 'none'],
])('application version "%s" and fDDA 00 for a terminal that asked for 01: %s', (version, reason) => {
  const result = fdda({ '9F66': '28000080', '9F08': version, '9F37': '12345678' });
  expect(result.ok ? 'none' : result.reason).toBe(reason);
});

test('an exponent is as long as its certificate says', () => {
  const one = Uint8Array.of(1);
  const longer = { reason: 'issuer-exponent-length', tag: '9F32', expected: one, found: Uint8Array.of(3) };
  expect(sda({ issuer: { put: [13, '03'] } })).toMatchObject(longer);
  expect(dda({ icc: { put: [19, '00'] } })).toMatchObject({
    reason: 'icc-exponent-length',
    tag: '9F47',
    expected: one,
  });
  expect(sda(withData('9F32', '000003'))).toMatchObject({ reason: 'issuer-exponent-length' });
});

test('a refusal whose table names no tag names the one that was missing', () => {
  const values = { '9F66': '28000080', '9F69': '01A1B2C3D4000000', '9F37': '12345678' };
  expect(fdda({ '9F66': '280000' })).toMatchObject({ reason: 'fdda-data-missing', tag: '9F66' });
  expect(fdda({ '9F66': '28000000', '9F37': '1234' })).toMatchObject({ tag: '9F37' });
  expect(fdda(values)).toMatchObject({ reason: 'fdda-data-missing', tag: '9F02' });
  expect(fdda({ ...values, '9F02': '000000000200' })).toMatchObject({ tag: '5F2A' });
});

test('what had been opened before a refusal stays visible', () => {
  const expired = sda({ issuer: { put: [5, '1215'] } });
  expect(expired).toHaveProperty('issuerCertificate.serialNumber', Uint8Array.of(0, 0, 1));
  const stranger = dda({ icc: { put: [1, '6228000100001118'] } });
  expect(stranger).toHaveProperty('iccCertificate.format', 4);
  expect(sda({ issuer: { hash: true } })).not.toHaveProperty('issuerCertificate');
});
