import { describe, expect, test } from 'vitest';
import { createCertificationAuthorityKeyStore, decode, flatten, toHex } from '../../../emv/index.js';
import { testCaKeys } from '../../../simulator/index.js';
import { CardAndIssuer, type Meeting } from '../../terminal/contact/card-and-issuer.js';
import { issueChanged, type Personalized, pki } from '../card-in-hand.js';

const keysOf = (algorithm: 'rsa' | 'sm2') => testCaKeys(pki).filter((key) => key.algorithm === algorithm);
const rsaAlone = { caKeys: createCertificationAuthorityKeyStore(keysOf('rsa')) };
const SM = { DF69: '01' };
/** The terminal pays from the electronic cash where it can. */
const CASH = { '9F7A': '01', '9F7B': '000000100000', '9F1B': '00000000' };
/** The terminal wants the issuer to decide. */
const ONLINE = { DF12: 'FFFFFFFFFF', '9F1B': '00000000' };

const inSlot = (profile: string, changed: Personalized = {}, orders?: ConstructorParameters<typeof CardAndIssuer>[1]) =>
  new CardAndIssuer(issueChanged(profile, changed), orders);

/** Objects of every answer of the conversation. */
function said(trace: Awaited<ReturnType<CardAndIssuer['meet']>>['trace']): ReadonlyMap<string, Uint8Array> {
  const answers = trace.flatMap(({ response }) => (response === undefined || response.length < 4 ? [] : [response]));
  return new Map(answers.flatMap((response) => [...flatten(decode(response.subarray(0, -2)))]));
}

const purchase = async (card: CardAndIssuer, { data = {}, ...meeting }: Meeting = {}) => {
  const run = await card.meet({ ...meeting, data: { ...SM, ...data } });
  return { ...run, said: said(run.trace) };
};

describe.each(['service-card-51-sm', 'dual-algorithm'])('%s in the slot of a terminal with SM2', (profile) => {
  test.each([
    ['SDA', ['static'], '80'],
    ['DDA', ['dynamic'], '40'],
    ['CDA', ['combined'], '08'],
  ] as const)('is authentic by %s', async (_, offlineAuthentication, capability) => {
    const card = inSlot(profile, { offlineAuthentication: [...offlineAuthentication] });
    const { outcome, tvr, said } = await purchase(card, { data: { '9F33': `E0F8${capability}` }, pins: ['123456'] });
    expect(outcome).toMatchObject({ outcome: 'approved-offline', offlineDataAuthentication: { ok: true } });
    expect(tvr).toBe('0000000000');
    expect(toHex(said.get('8F')!)).toBe('C6');
    for (const tag of ['92', '9F32', '9F47', '9F48']) expect(said.has(tag)).toBe(false);
  });

  test('signs both cryptograms with SM3 inside, and meets its issuer in SM4', async () => {
    const card = inSlot(profile, { offlineAuthentication: ['combined'] });
    const { outcome, trace } = await purchase(card, { data: ONLINE, pins: ['123456'] });
    expect(outcome).toMatchObject({ outcome: 'approved-online', offlineDataAuthentication: { ok: true } });
    const cryptograms = trace.filter(({ name }) => name === 'generate-ac').map((exchange) => said([exchange]));
    expect(cryptograms).toHaveLength(2);
    for (const answer of cryptograms) {
      expect(answer.get('9F4B')).toHaveLength(2 + 3 + 1 + 8 + 32 + 64);
      expect(answer.get('9F10')![7]).toBe(0x04);
    }
  });

  test('takes the issuer’s scripts under SM4', async () => {
    const limit = '000000009000';
    const card = inSlot(profile, {}, [{ kind: 'put-data', tag: '9F78', value: limit }]);
    const { outcome } = await purchase(card, { data: ONLINE, pins: ['123456'] });
    expect(outcome.outcome).toBe('approved-online');
    expect(card.card.inspect().applications[0]!.purse.singleTransactionLimitFen).toBe(9_000);
  });

  test('pays from its electronic cash under a certificate of its own profile', async () => {
    const card = inSlot(profile);
    const { outcome, said } = await purchase(card, { data: CASH, pins: ['123456'] });
    expect(outcome).toMatchObject({ outcome: 'approved-offline', offlineDataAuthentication: { ok: true } });
    expect(toHex(said.get('8F')!)).toBe('C6');
    expect(card.balanceFen).toBe(9_000);
  });
});

describe('a terminal that knows RSA alone', () => {
  test('gets RSA and 3DES from a card of both', async () => {
    const card = inSlot('dual-algorithm');
    const { outcome, said } = await purchase(card, { data: { DF69: '00' }, terminal: rsaAlone, pins: ['123456'] });
    expect(outcome).toMatchObject({ outcome: 'approved-offline', offlineDataAuthentication: { ok: true } });
    expect(toHex(said.get('8F')!)).toBe('C5');
    expect(said.get('9F10')![7]).toBe(0x01);
  });

  test('gets SM2 from a card that has nothing else, finds no key, and asks the issuer, which declines', async () => {
    const card = inSlot('service-card-51-sm');
    const data = { ...ONLINE, DF69: '00' };
    const { outcome, tvr, said } = await purchase(card, { data, terminal: rsaAlone, pins: ['123456'] });
    expect(outcome).toMatchObject({
      reason: 'declined-by-issuer',
      offlineDataAuthentication: { ok: false, reason: 'ca-key-missing' },
    });
    expect(tvr).toBe('0400008000');
    expect(toHex(said.get('8F')!)).toBe('C6');
  });
});
