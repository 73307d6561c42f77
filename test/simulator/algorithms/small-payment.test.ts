import { expect, test } from 'vitest';
import { createCertificationAuthorityKeyStore, toHex } from '../../../emv/index.js';
import {
  type ApplicationProfile,
  issueCard,
  loadProfile,
  openCard,
  ProfileError,
  testCaKeys,
} from '../../../simulator/index.js';
import { benchSmallPayment } from '../../../src/cli/tap/small-payment/bench-small-payment.js';
import { createSoftwareChannel } from '../../../src/readers/index.js';
import { tapCard, terminalProfiles } from '../../../src/terminal/index.js';
import { gate, pki as gatePki, seededRandom } from '../../terminal/tap/tap-fixture.js';

const rsaKeys = testCaKeys(gatePki).filter(({ algorithm }) => algorithm === 'rsa');
const rsaAlone = { caKeys: createCertificationAuthorityKeyStore(rsaKeys) };
const places = { entry: { line: '1', station: '鼓楼' }, exit: { line: '2', station: '客运中心' } };

function rideOf(publicKeyAlgorithms: ApplicationProfile['publicKeyAlgorithms'], responseMac: boolean, trust: object) {
  const card = openCard(riderCard(publicKeyAlgorithms, responseMac), { random: seededRandom() });
  const channel = createSoftwareChannel(card, 'rider');
  const pass = (event: 'entry' | 'exit', minute: number) =>
    tapCard({
      ...gate(channel),
      profile: terminalProfiles['metro-gate-offline'],
      smallPayment: benchSmallPayment(),
      event,
      place: places[event],
      clock: () => new Date(`2015-10-03T00:${minute.toString().padStart(2, '0')}:00Z`),
      ...trust,
    });
  return { card, pass };
}

function riderCard(publicKeyAlgorithms: ApplicationProfile['publicKeyAlgorithms'], responseMac: boolean) {
  const profile = loadProfile('small-payment');
  const [application] = profile.applications;
  const smallPayment = { ...application!.smallPayment!, responseMac };
  return issueCard({ ...profile, applications: [{ ...application!, publicKeyAlgorithms, smallPayment }] }, gatePki);
}

test.each([
  ['SM2 alone', ['sm2'] as const, false, {}, 0x04],
  ['SM2 alone, answers protected', ['sm2'] as const, true, {}, 0x04],
  ['both, the gate knows SM2', ['rsa', 'sm2'] as const, false, {}, 0x04],
  ['both, the gate knows RSA alone', ['rsa', 'sm2'] as const, false, rsaAlone, 0x01],
])('a ride with %s: the record is updated at both gates', async (_, algorithms, responseMac, trust, byte) => {
  const { card, pass } = rideOf([...algorithms], responseMac, trust);
  expect(await pass('entry', 5)).toMatchObject({ accepted: true });
  const exit = await pass('exit', 25);
  expect(exit).toMatchObject({ accepted: true, transaction: { offlineDataAuthentication: { ok: true } } });
  expect(exit.transaction.data.get('9F10')![7]).toBe(byte);
  expect(toHex(exit.transaction.data.get('8F')!)).toBe(byte === 0x04 ? 'C6' : 'C5');
  expect(card.inspect().applications[0]!.purse.balanceFen).toBeLessThan(10_000);
});

test('answers cannot be protected before the terminal has chosen', () => {
  expect(() => riderCard(['rsa', 'sm2'], true)).toThrow(ProfileError);
});
