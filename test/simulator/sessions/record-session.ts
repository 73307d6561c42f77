import {
  type CardAnswer,
  createCertificationAuthorityKeyStore,
  fromHex,
  qpbocTransaction,
  toHex,
} from '../../../emv/index.js';
import { createTestPki, issueCard, loadProfile, openCard, type TestPki, testCaKeys } from '../../../simulator/index.js';
import { random } from '../card-in-hand.js';
import { fen, OFFLINE, type Scenario } from './scenario.js';

const UNPREDICTABLE_NUMBER = '01020304';
const TAP_DAY = '2016-01-04';

/** Offline only, 2 yuan, dynamic authentication of version 01. */
const TERMINAL = {
  '9F66': OFFLINE,
  '9F02': fen(200),
  '9F03': fen(0),
  '9F1A': '0156',
  '5F2A': '0156',
  '9C': '00',
  '9F35': '26',
};

function chainOf({ chain: [certificationAuthorityBits, issuerBits] = [1408, 1408] }: Scenario): TestPki {
  return createTestPki('made-sessions', { certificationAuthorityBits, issuerBits });
}

function cardOf(scenario: Scenario, pki: TestPki) {
  const profile = loadProfile(scenario.profile ?? 'service-card-51');
  const [first, ...others] = profile.applications;
  const applications = [{ ...first!, ...scenario.application }, ...others];
  const card = openCard(issueCard({ ...profile, ...scenario.card, applications }, pki), { random });
  card.powerOn();
  return card;
}

function trustedKeys({ caKeys }: Scenario, pki: TestPki) {
  const keys = caKeys === 'none' ? [] : testCaKeys(pki);
  return caKeys === 'wrong-checksum' ? keys.map((key) => ({ ...key, sha1: '00'.repeat(20) })) : keys;
}

/** Taps a scenario's card and writes down what was said, as a vector of kind `session`. */
export function recordSession(scenario: Scenario) {
  const pki = chainOf(scenario);
  const caKeys = trustedKeys(scenario, pki);
  const date = scenario.date ?? TAP_DAY;
  const terminal = { ...TERMINAL, '9A': date.slice(2).replaceAll('-', ''), ...scenario.terminal };
  const kernel = qpbocTransaction({
    data: new Map(Object.entries(terminal).map(([tag, value]) => [tag, fromHex(value)])),
    unpredictableNumber: fromHex(UNPREDICTABLE_NUMBER),
    date,
    caKeys: createCertificationAuthorityKeyStore(scenario.caKeys === undefined ? caKeys : []),
  });
  const card = cardOf(scenario, pki);
  const transcript: { command: string; response: string }[] = [];
  for (let step = kernel.next(); !step.done; ) {
    const command = toHex(step.value.command);
    const bend = scenario.bend?.[command] ?? scenario.bend?.[transcript.length];
    const said = toHex(card.transmit(step.value.command));
    const response = bend === undefined ? said : bend(said);
    transcript.push({ command, response });
    const answer: CardAnswer =
      response === '' ? { kind: 'no-response' } : { kind: 'response', response: fromHex(response) };
    step = kernel.next(answer);
  }
  return {
    id: `ses-made-${scenario.id}`,
    kind: 'session',
    title: scenario.title,
    input: { kernel: 'qpboc', terminal, unpredictableNumber: UNPREDICTABLE_NUMBER, date, caKeys, transcript },
    expect: scenario.expect,
  };
}
