import { sm2 } from 'sm-crypto-v2';
import { describe, expect, test } from 'vitest';
import {
  applicationCryptogram,
  applicationCryptogramData,
  concat,
  createCertificationAuthorityKeyStore,
  deriveCardKey,
  deriveSessionKey,
  fromHex,
  toHex,
  verifyFdda,
} from '../../../emv/index.js';
import { openCard, testCaKeys } from '../../../simulator/index.js';
import { generateSm2Key } from '../../../simulator/personalization/pki/sm2-chain.js';
import {
  BUS,
  balanceSaid,
  issue,
  issueChanged,
  pki,
  random,
  staticDataOf,
  tap,
  terminalData,
} from '../card-in-hand.js';

const SM_TERMINAL = { ...BUS, DF69: '01' };
const VERSION_00 = { ...BUS, '9F66': '28000000' };

type Tapped = ReturnType<typeof tap>;

const open = (profile: string) => {
  const card = openCard(issue(profile), { random });
  card.powerOn();
  return card;
};

const authenticate = ({ data, records }: Tapped, terminal: Readonly<Record<string, string>>, date = '2016-01-04') =>
  verifyFdda({
    rid: 'A000000333',
    caKeys: createCertificationAuthorityKeyStore(testCaKeys(pki)),
    date,
    data: new Map([...terminalData(terminal), ...data]),
    staticData: staticDataOf(records),
  });

/** 9F26 as an issuer with its master keys computes it. */
function cryptogramOf({ data }: Tapped, algorithm: '3des' | 'sm4', terminal: Readonly<Record<string, string>>): string {
  const { applicationCryptogram: masterKey } = pki.issuer('bank-of-china').masterKeys;
  const pan = toHex(data.get('5A')!).replace(/F$/, '');
  const key = deriveCardKey({ method: 'option-a', algorithm, masterKey, pan, psn: '01' });
  const session = deriveSessionKey({ method: 'pboc', algorithm, key, atc: data.get('9F36')! });
  const all = new Map([...terminalData(terminal), ...data]);
  return toHex(applicationCryptogram({ algorithm, key: session, data: applicationCryptogramData('01', all) }));
}

const algorithmByte = ({ data }: Tapped) => data.get('9F10')![7];

describe('a card of SM2 alone', () => {
  test.each([
    ['01', SM_TERMINAL],
    ['00', { ...VERSION_00, DF69: '01' }],
  ])('proves itself with fDDA version %s, SM4 and SM3, without any object of RSA', (version, terminal) => {
    const tapped = tap(open('service-card-51-sm'), terminal);
    expect(authenticate(tapped, terminal)).toMatchObject({ ok: true });
    expect(tapped.data.has('9F69')).toBe(version === '01');
    expect(algorithmByte(tapped)).toBe(0x04);
    expect(toHex(tapped.data.get('9F26')!)).toBe(cryptogramOf(tapped, 'sm4', terminal));
    expect(toHex(tapped.data.get('8F')!)).toBe('C6');
    for (const tag of ['92', '9F32', '9F47', '9F48']) expect(tapped.data.has(tag)).toBe(false);
    expect(tapped.records.at(-1)!.bytes.length).toBeLessThanOrEqual(32);
  });

  test('gives its signature of 69 bytes with the answer, as a key of at most 1024 bits has to', () => {
    const { response, data, records } = tap(open('service-card-51-sm'), SM_TERMINAL);
    expect(toHex(response.data)).toContain(`9F4B45${toHex(data.get('9F4B')!)}`);
    expect(data.get('9F4B')).toHaveLength(2 + 3 + 64);
    for (const { bytes } of records) expect(toHex(bytes)).not.toContain('9F4B');
  });

  test('signs what another library verifies', () => {
    const { data } = tap(open('service-card-51-sm'), SM_TERMINAL);
    const signed = data.get('9F4B')!;
    const key = generateSm2Key('tests/card/6228000100000006006/sm2');
    const terminal = ['9F37', '9F02', '5F2A'].map((tag) => fromHex(BUS[tag]!));
    const message = concat(signed.subarray(0, -64), ...terminal, data.get('9F69')!);
    const options = { hash: true, der: false, userId: '1234567812345678' };
    const signature = toHex(signed.subarray(-64)).toLowerCase();
    expect(sm2.doVerifySignature(message, signature, `04${toHex(key.point)}`.toLowerCase(), options)).toBe(true);
  });

  test('refuses a terminal that says it has no SM2, and has spent nothing but a number', () => {
    const card = open('service-card-51-sm');
    const { response } = tap(card, { ...BUS, DF69: '00' });
    expect(response.statusWord.toString(16)).toBe('6985');
    expect(response.data).toHaveLength(0);
    expect(balanceSaid(card)).toBe(10_000);
    expect(card.inspect().applications[0]!.counters.applicationTransactionCounter).toBe(1);
    expect(authenticate(tap(card, SM_TERMINAL), SM_TERMINAL)).toMatchObject({ ok: true });
  });

  test('a PDOL without DF69 asks nothing, so that the card goes on with what it has', () => {
    const contactless = { '9F38': '9F66049F02069F03069F1A0295055F2A029A039C019F3704' };
    const dataObjects = { common: {}, contact: {}, contactless, electronicCash: {} };
    const card = openCard(issueChanged('service-card-51-sm', { dataObjects }), { random });
    card.powerOn();
    expect(authenticate(tap(card), BUS)).toMatchObject({ ok: true });
  });
});

describe('a card of both', () => {
  test.each([
    ['SM2 where the terminal has it', SM_TERMINAL, 'C6', 0x04, 'sm4'],
    ['RSA where it has not', { ...BUS, DF69: '00' }, 'C5', 0x01, '3des'],
    ['RSA where it fills with zeros what it does not know', BUS, 'C5', 0x01, '3des'],
  ] as const)('takes %s, each with its own locator, certificates and keys', (_, terminal, index, byte, algorithm) => {
    const tapped = tap(open('dual-algorithm'), terminal);
    expect(authenticate(tapped, terminal)).toMatchObject({ ok: true });
    expect(toHex(tapped.data.get('8F')!)).toBe(index);
    expect(algorithmByte(tapped)).toBe(byte);
    expect(toHex(tapped.data.get('9F26')!)).toBe(cryptogramOf(tapped, algorithm, terminal));
  });

  test('changes from tap to tap with one purse and one counter', () => {
    const card = open('dual-algorithm');
    for (const terminal of [SM_TERMINAL, BUS, SM_TERMINAL]) {
      expect(authenticate(tap(card, terminal), terminal)).toMatchObject({ ok: true });
    }
    expect(balanceSaid(card)).toBe(9_400);
    expect(card.inspect().applications[0]!.counters.applicationTransactionCounter).toBe(3);
  });

  test('leads through each record once, and never through one of the other algorithm', () => {
    const [sm, rsa] = [SM_TERMINAL, BUS].map((terminal) => tap(open('dual-algorithm'), terminal).records);
    const names = (records: typeof sm) => records!.map((one) => `${one.shortFileIdentifier}.${one.recordNumber}`);
    expect(new Set(names(sm)).size).toBe(sm!.length);
    expect(names(sm).filter((name) => names(rsa).includes(name))).toEqual(['3.1']);
  });
});

test('a card of RSA alone does not ask, and stays with RSA at a terminal of SM2', () => {
  const tapped = tap(open('service-card-51'), SM_TERMINAL);
  expect(authenticate(tapped, SM_TERMINAL)).toMatchObject({ ok: true });
  expect(toHex(tapped.data.get('8F')!)).toBe('C5');
  expect(algorithmByte(tapped)).toBe(0x01);
});

test('a forged card fails at its SM2 signature alone', () => {
  const tapped = tap(open('wrong-signature-sm'), SM_TERMINAL);
  expect(authenticate(tapped, SM_TERMINAL)).toMatchObject({ ok: false, reason: 'signed-dynamic-data-signature' });
});

test('the same profile and seed give the same card and the same signature, byte for byte', () => {
  const [one, other] = [issueChanged('dual-algorithm', {}), issueChanged('dual-algorithm', {})];
  expect(other).toEqual(one);
  const [first, second] = [one, other].map((file) => {
    const card = openCard(file, { random });
    card.powerOn();
    return tap(card, SM_TERMINAL);
  });
  expect(second!.response.data).toEqual(first!.response.data);
});
