import { expect, test } from 'vitest';
import {
  applicationCryptogram,
  applicationCryptogramData,
  checksum,
  concat,
  createCertificationAuthorityKeyStore,
  decode,
  deriveCardKey,
  deriveSessionKey,
  flatten,
  fromHex,
  getProcessingOptions,
  issuerDiscretionaryDataMac,
  readRecord,
  select,
  toHex,
  verifyFdda,
  verifySda,
} from '../../../emv/index.js';
import { createTestPki, issueCard, loadProfile, openCard, profileNames, testCaKeys } from '../../../simulator/index.js';
import {
  APPLICATION,
  BUS,
  open,
  pki,
  random,
  recordsOf,
  send,
  staticDataOf,
  tap,
  terminalData,
} from '../card-in-hand.js';

const TAP_DAY = '2016-01-04';

function authenticate(tapped: ReturnType<typeof tap>, chain = pki, date = TAP_DAY, terminal = BUS) {
  const { data, records } = tapped;
  return verifyFdda({
    rid: 'A000000333',
    caKeys: createCertificationAuthorityKeyStore(testCaKeys(chain)),
    date,
    data: new Map([...terminalData(terminal), ...data]),
    staticData: staticDataOf(records),
  });
}

test.each(['service-card-51', 'service-card-51-rural-credit', 'lost-card', 'two-applications'])(
  '%s proves itself',
  (profile) => {
    const result = authenticate(tap(open(profile)));
    expect(result).toMatchObject({ ok: true });
    expect(result.ok && toHex(result.iccDynamicNumber!)).toBe('0001');
  },
);

test('a card of the largest keys proves itself, one of the smallest as well', () => {
  for (const [ca, issuer, card] of [
    [1984, 1968, 1968],
    [1152, 1152, 1152],
  ] as const) {
    const chain = createTestPki('sizes', { certificationAuthorityBits: ca, issuerBits: issuer });
    const profile = { ...loadProfile('service-card-51-rural-credit'), keyBits: card };
    const software = openCard(issueCard(profile, chain), { random });
    software.powerOn();
    const tapped = tap(software);
    expect(authenticate(tapped, chain)).toMatchObject({ ok: true });
    expect(Math.max(...tapped.records.map(({ bytes }) => bytes.length))).toBeLessThanOrEqual(254);
    expect(tapped.records.at(-1)!.bytes.length).toBeLessThanOrEqual(32);
  }
});

test('the signature covers amount and unpredictable number', () => {
  const tapped = tap(open('service-card-51'));
  for (const changed of [{ '9F02': '000000000201' }, { '9F37': '01020305' }]) {
    expect(authenticate(tapped, pki, TAP_DAY, { ...BUS, ...changed })).toMatchObject({
      ok: false,
      reason: 'signed-dynamic-data-hash',
    });
  }
});

test('a certificate that ended with 2015 was good on its last day', () => {
  const tapped = tap(open('expired-certificate'));
  expect(authenticate(tapped, pki, '2015-12-31')).toMatchObject({ ok: true });
  expect(authenticate(tapped, pki, '2016-01-01')).toMatchObject({ ok: false, reason: 'icc-certificate-expired' });
  expect(toHex(tapped.data.get('5F24')!)).toBe('351231');
});

test('a forged card shows a genuine certificate and fails at its signature alone', () => {
  const forged = tap(open('wrong-signature'));
  expect(authenticate(forged)).toMatchObject({ ok: false, tag: '9F4B', iccCertificate: {} });
});

test('another chain does not trust a card, not even under the same index', () => {
  expect(
    authenticate(
      tap(open('service-card-51')),
      createTestPki('stranger', { certificationAuthorityBits: 1408, issuerBits: 1408 }),
    ),
  ).toMatchObject({ ok: false });
});

test('an old card answers to static authentication over contact only', () => {
  const card = open('old-card-pboc2');
  send(card, select(APPLICATION));
  const options = send(card, getProcessingOptions(new Uint8Array(23)));
  const answer = flatten(decode(options.data)).get('80')!;
  const records = recordsOf(answer.subarray(2)).map((record) => ({
    ...record,
    bytes: send(card, readRecord(record.shortFileIdentifier, record.recordNumber)).data,
  }));
  const data = new Map([['82', answer.subarray(0, 2)], ...records.flatMap(({ bytes }) => [...flatten(decode(bytes))])]);
  const signed = records.filter((record) => record.signed);
  expect(signed).not.toHaveLength(0);
  const caKeys = createCertificationAuthorityKeyStore(testCaKeys(pki));
  const staticData = concat(...signed.map(({ bytes }) => decode(bytes)[0]!.value));
  expect(verifySda({ rid: 'A000000333', caKeys, date: TAP_DAY, data, staticData })).toMatchObject({ ok: true });
  expect(
    verifySda({ rid: 'A000000333', caKeys, date: TAP_DAY, data, staticData: staticData.map((byte) => byte ^ 1) }),
  ).toMatchObject({ ok: false });
});

test.each([
  ['service-card-51', APPLICATION, '01', '6228000100000000017', '01', 9_800],
  ['two-applications', fromHex('A000000333010106'), '17', '6228000100000000090', '02', 1_800],
] as const)('the issuer of %s finds cryptogram and balance true', (profile, name, version, pan, psn, balance) => {
  const card = open(profile);
  const { data } = tap(card, BUS, name);
  const { masterKeys } = pki.issuer('bank-of-china');
  const atc = data.get('9F36')!;
  const key = (masterKey: Uint8Array) =>
    deriveSessionKey({
      method: 'pboc',
      algorithm: '3des',
      atc,
      key: deriveCardKey({ method: 'option-a', algorithm: '3des', masterKey, pan, psn }),
    });
  const signed = applicationCryptogramData(version, new Map([...terminalData(BUS), ...data]));
  const expected = applicationCryptogram({
    algorithm: '3des',
    key: key(masterKeys.applicationCryptogram),
    data: signed,
  });
  expect(toHex(data.get('9F26')!)).toBe(toHex(expected));
  const issuerApplicationData = data.get('9F10')!;
  expect(toHex(issuerApplicationData.subarray(0, 15))).toBe(
    `0701${version}03900000010A01${balance.toString().padStart(10, '0')}`,
  );
  const mac = issuerDiscretionaryDataMac({
    algorithm: '3des',
    key: key(masterKeys.messageAuthentication),
    atc,
    values: [issuerApplicationData.subarray(10, 15)],
  });
  expect(toHex(issuerApplicationData.subarray(15))).toBe(toHex(mac));
});

test('the keys to trust carry their checksum and no index that UnionPay uses', () => {
  const [key] = testCaKeys(pki);
  const { rid, index, modulus, exponent } = key!;
  const computed = checksum(fromHex(rid), fromHex(index), fromHex(modulus!), fromHex(exponent!));
  expect(toHex(computed)).toBe(key!.sha1);
  expect(['01', '02', '03', '04', '08', '09', '0A', '0B', '0C', '18', '80']).not.toContain(key!.index);
});

test('the same seed gives the same card, another seed another', () => {
  for (const profile of profileNames()) {
    const issued = JSON.stringify(issueCard(loadProfile(profile), pki));
    expect(JSON.stringify(issueCard(loadProfile(profile), pki))).toBe(issued);
    expect(JSON.stringify(issueCard(loadProfile(profile), pki, { seed: 'another' }))).not.toBe(issued);
  }
});
