import { createCertificationAuthorityKeyStore, fromHex } from '../../../../emv/index.js';
import {
  authorize,
  type CardFile,
  createIssuer,
  createTestPki,
  FaultPlan,
  issueCard,
  loadProfile,
  openAccount,
  openCard,
  parseFault,
  testCaKeys,
  testRevocations,
  withFaults,
} from '../../../../simulator/index.js';
import { createSoftwareChannel } from '../../../../src/readers/index.js';
import { runContactTransaction, tapCard } from '../../../../src/terminal/index.js';
import { SHOP } from '../../../terminal/contact/card-and-issuer.js';
import { validator } from '../../../terminal/tap/tap-fixture.js';
import { random, terminalData } from '../../card-in-hand.js';

const pki = createTestPki();
const caKeys = createCertificationAuthorityKeyStore(testCaKeys(pki));
const revoked = new Set(testRevocations(pki));
const DAY = '2026-03-02';

/** What a terminal answers, and at which check authentication failed. */
export interface Told {
  readonly reason: string;
  readonly authentication?: string;
}

const cards = new Map<string, CardFile>();

/** A card of a profile in the box, fresh from its issuer; issued once. */
export function freshCard(name: string): CardFile {
  const card = cards.get(name) ?? issueCard(loadProfile(name), pki);
  cards.set(name, card);
  return structuredClone(card);
}

const toldOf = (
  reason: string,
  authentication: { readonly ok: boolean; readonly reason?: string } | undefined,
): Told => ({
  reason,
  ...(authentication?.ok === false && authentication.reason !== undefined
    ? { authentication: authentication.reason }
    : {}),
});

function inHand(file: CardFile) {
  const card = openCard(file, { random });
  return withFaults(card, new FaultPlan(card.inspect().faults.map(parseFault)), { sleep: async () => {} });
}

/** At a bus validator: 2 yuan, offline only. */
export async function tapped(file: CardFile): Promise<Told> {
  const channel = createSoftwareChannel(inHand(file));
  const clock = () => new Date(`${DAY}T00:05:00Z`);
  const { reason, transaction } = await tapCard({ ...validator(channel), caKeys, revoked, clock });
  return toldOf(reason, transaction.offlineDataAuthentication);
}

/** In the slot of a shop that can go online: 10 yuan, PIN 123456, and an issuer that says yes. */
export async function inserted(file: CardFile): Promise<Told> {
  const channel = createSoftwareChannel(inHand(file), 'slot', { interface: 'contact' });
  const pan = file.applications[0]!.data['5A']!.replace(/F$/, '');
  const { issuerIdentifier, masterKeys } = pki.issuer('bank-of-china');
  const keySets = (['3des', 'sm4'] as const).map((algorithm) => ({ issuerIdentifier, algorithm, masterKeys }));
  const issuer = createIssuer({ keySets });
  const pin = '123456';
  const account = openAccount({
    pan,
    panSequenceNumber: '01',
    availableFen: 100_000,
    pin: { digits: pin, triesLeft: 3 },
  });
  const { outcome } = await runContactTransaction(
    {
      data: terminalData({ ...SHOP, DF69: '01', '9A': DAY.slice(2).replaceAll('-', '') }),
      unpredictableNumber: fromHex('01020304'),
      date: DAY,
      caKeys,
      revoked,
    },
    channel,
    {
      enterPin: () => pin,
      authorizeOnline: ({ data }) => authorize(issuer, account, { data, date: DAY }).answer,
    },
  );
  return toldOf(outcome.reason, outcome.offlineDataAuthentication);
}
