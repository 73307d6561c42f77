import { expect, test, vi } from 'vitest';
import {
  type CertificationAuthorityKey,
  createCertificationAuthorityKeyStore,
  createOfflineDataAuthenticator,
  toHex,
  verifyFdda,
} from '../../../emv/index.js';
import { hexField } from '../../../src/cli/replay/kinds/fields.js';
import { odaInputSchema } from '../../../src/cli/replay/kinds/oda-input.js';
import { readVectors } from '../read-vectors.js';
import { mintCard, pairs } from './mint-card.js';

const card = mintCard();

test('an issuer certificate is opened once, and the answer stays the same', () => {
  const authenticator = createOfflineDataAuthenticator({ caKeys: card.caKeys });
  const first = authenticator.verifyFdda(card);
  expect(first).toEqual(verifyFdda(card));
  expect(authenticator.verifyDda(card)).toEqual(first);
  expect(authenticator.verifySda(card).ok).toBe(true);
  expect(authenticator.verifyCda(card).ok).toBe(true);
  expect(authenticator.statistics).toEqual({ hits: 3, misses: 1 });
});

test('a kept certificate still expires, can be revoked and must fit the PAN', () => {
  const authenticator = createOfflineDataAuthenticator({ caKeys: card.caKeys });
  expect(authenticator.verifyFdda(card).ok).toBe(true);
  expect(authenticator.verifyFdda({ ...card, date: '2030-12-31' }).ok).toBe(true);
  expect(authenticator.verifyFdda({ ...card, date: '2031-01-01' })).toMatchObject({
    reason: 'issuer-certificate-expired',
  });
  const revoked = new Set(['A000000333C1000001']);
  expect(authenticator.verifyFdda({ ...card, revoked })).toMatchObject({ reason: 'issuer-certificate-revoked' });
  const data = new Map(card.data).set('5A', Uint8Array.from(card.data.get('5A')!).fill(0x11, 0, 1));
  expect(authenticator.verifyFdda({ ...card, data })).toMatchObject({ reason: 'issuer-identifier-mismatch' });
  expect(authenticator.statistics.misses).toBe(1);
});

test('no byte of certificate, remainder or exponent may differ from what is kept', () => {
  const authenticator = createOfflineDataAuthenticator({ caKeys: card.caKeys });
  expect(authenticator.verifyFdda(card).ok).toBe(true);
  for (const tag of ['90', '92', '9F32']) {
    const altered = Uint8Array.from(card.data.get(tag)!);
    altered[altered.length - 1]! ^= 0x02;
    expect(authenticator.verifyFdda({ ...card, data: new Map(card.data).set(tag, altered) }).ok).toBe(false);
    const missing = new Map(card.data);
    missing.delete(tag);
    expect(authenticator.verifyFdda({ ...card, data: missing }).ok).toBe(false);
  }
  const moved = new Map(card.data)
    .set('90', card.data.get('90')!.subarray(0, -1))
    .set('92', Uint8Array.from([card.data.get('90')!.at(-1)!, ...card.data.get('92')!]));
  expect(authenticator.verifyFdda({ ...card, data: moved }).ok).toBe(false);
});

test('no byte of a kept card certificate, its remainder, exponent or static data may differ', () => {
  const authenticator = createOfflineDataAuthenticator({ caKeys: card.caKeys });
  expect(authenticator.verifyFdda(card).ok).toBe(true);
  for (const tag of ['9F46', '9F48', '9F47']) {
    const altered = Uint8Array.from(card.data.get(tag)!);
    altered[altered.length - 1]! ^= 0x02;
    expect(authenticator.verifyFdda({ ...card, data: new Map(card.data).set(tag, altered) }).ok).toBe(false);
  }
  const staticData = Uint8Array.from(card.staticData!);
  staticData[0]! ^= 0x01;
  expect(authenticator.verifyFdda({ ...card, staticData })).toMatchObject({ reason: 'icc-certificate-hash' });
  expect(authenticator.verifyFdda(card).ok).toBe(true);
});

test('a kept card certificate still expires and must fit the PAN, and each signature is looked at', () => {
  const authenticator = createOfflineDataAuthenticator({ caKeys: card.caKeys });
  expect(authenticator.verifyFdda(card).ok).toBe(true);
  const unpredictableNumber = new Map(card.data).set('9F37', Uint8Array.of(0, 0, 0, 0));
  expect(
    authenticator.verifyFdda({ ...card, data: unpredictableNumber, terminalData: Uint8Array.of(0, 0, 0, 0) }),
  ).toMatchObject({ reason: 'signed-dynamic-data-hash' });
  const pan = Uint8Array.from(card.data.get('5A')!);
  pan[7]! ^= 0x01;
  expect(authenticator.verifyFdda({ ...card, data: new Map(card.data).set('5A', pan) })).toMatchObject({
    reason: 'pan-mismatch',
  });
});

test('the CA key that opened it belongs to what is kept', () => {
  const expired = { rid: 'A000000333', index: 'C1', modulus: toHex(pairs.ca.modulus), exponent: '03' };
  const other: CertificationAuthorityKey = { ...expired, index: 'C2' };
  const caKeys = createCertificationAuthorityKeyStore([{ ...expired, expires: '2016-01-04' }, other]);
  const authenticator = createOfflineDataAuthenticator({ caKeys });
  expect(authenticator.verifyFdda(card).ok).toBe(true);
  expect(authenticator.verifyFdda({ ...card, date: '2016-01-05' })).toMatchObject({ reason: 'ca-key-expired' });
  expect(authenticator.verifyFdda({ ...card, rid: 'A000000003' })).toMatchObject({ reason: 'ca-key-missing' });
});

test('refusals are not kept, and the least recently used certificate goes first', () => {
  const [one, two, three] = ['000001', '000002', '000003'].map((serial) => mintCard({ issuer: { put: [7, serial] } }));
  const authenticator = createOfflineDataAuthenticator({ caKeys: card.caKeys, cacheSize: 2 });
  const missesAfter = (input: typeof card) => {
    authenticator.verifyFdda(input);
    return authenticator.statistics.misses;
  };
  expect(missesAfter(one!)).toBe(1);
  expect(missesAfter(two!)).toBe(2);
  const forged = mintCard({ issuer: { hash: true } });
  expect([missesAfter(forged), missesAfter(forged), missesAfter(forged)]).toEqual([3, 4, 5]);
  expect(missesAfter(one!)).toBe(5);
  expect(missesAfter(three!)).toBe(6);
  expect(missesAfter(one!)).toBe(6);
  expect(missesAfter(two!)).toBe(7);
});

/** Public key operations and keys made ready for them: each takes one number apart (exponent 3). */
function numbersTakenApart(work: () => unknown): number {
  const convert = vi.spyOn(globalThis, 'BigInt');
  try {
    work();
    return convert.mock.calls.length;
  } finally {
    convert.mockRestore();
  }
}

test('a card’s second tap costs one public key operation, the first one three and two keys', () => {
  const authenticator = createOfflineDataAuthenticator({ caKeys: card.caKeys });
  const tap = () => numbersTakenApart(() => expect(authenticator.verifyFdda(card).ok).toBe(true));
  expect([tap(), tap(), tap()]).toEqual([5, 1, 1]);
  const { issuer, card: ofCards } = authenticator.keptCertificates();
  expect(issuer).toEqual({ hits: 2, misses: 1, size: 1, sizeMax: 256 });
  expect(ofCards).toEqual({ hits: 2, misses: 1, size: 1, sizeMax: 1024 });
});

test('hostile certificates, each another one, take no room and push no good one out', () => {
  const authenticator = createOfflineDataAuthenticator({ caKeys: card.caKeys, cacheSize: 4, cardCacheSize: 4 });
  const good = [card, ...['0000A1', '0000A2', '0000A3'].map((serial) => mintCard({ icc: { put: [13, serial] } }))];
  for (const each of good) expect(authenticator.verifyFdda(each).ok).toBe(true);
  const forge = (tag: string, number: number) => {
    const certificate = Uint8Array.from(card.data.get(tag)!);
    new DataView(certificate.buffer).setUint32(certificate.length - 4, number);
    return authenticator.verifyFdda({ ...card, data: new Map(card.data).set(tag, certificate) });
  };
  for (let number = 0; number < 200; number++) {
    expect(forge('9F46', number).ok).toBe(false);
    expect(forge('90', number).ok).toBe(false);
  }
  const { issuer, card: ofCards } = authenticator.keptCertificates();
  expect([issuer.size, ofCards.size]).toEqual([1, 4]);
  for (const each of good) expect(numbersTakenApart(() => authenticator.verifyFdda(each))).toBe(1);
});

test('more good cards than are kept hold no more than the bound, and the regular one stays open', () => {
  const authenticator = createOfflineDataAuthenticator({ caKeys: card.caKeys, cardCacheSize: 3 });
  authenticator.verifyFdda(card);
  for (let number = 0; number < 12; number++) {
    const passing = mintCard({ icc: { put: [13, `0000${String(number).padStart(2, '0')}`] } });
    expect(authenticator.verifyFdda(passing).ok).toBe(true);
    expect(numbersTakenApart(() => authenticator.verifyFdda(card))).toBe(1);
  }
  expect(authenticator.keptCertificates().card.size).toBe(3);
});

const fddaSchema = odaInputSchema.extend({ terminalData: hexField });

test.each(['oda-minted', 'oda-sm-minted'])(
  'with a warm cache every fDDA vector of %s comes out as it does cold',
  (file) => {
    const inputs = readVectors(file, 'oda.fdda').map(({ input }) => fddaSchema.parse(input));
    const authenticators = new Map<string, ReturnType<typeof createOfflineDataAuthenticator>>();
    for (const { caKeys: keys, ...input } of [...inputs, ...inputs]) {
      const caKeys = createCertificationAuthorityKeyStore(keys);
      const name = JSON.stringify(keys);
      const authenticator = authenticators.get(name) ?? createOfflineDataAuthenticator({ caKeys });
      authenticators.set(name, authenticator);
      expect(authenticator.verifyFdda(input)).toEqual(verifyFdda({ ...input, caKeys }));
    }
    const hits = [...authenticators.values()].reduce((sum, { statistics }) => sum + statistics.hits, 0);
    expect(hits).toBeGreaterThan(inputs.length);
  },
);
