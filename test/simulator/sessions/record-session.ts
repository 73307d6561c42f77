import {
  type CardAnswer,
  createCertificationAuthorityKeyStore,
  decode,
  flatten,
  fromHex,
  type KernelCommand,
  qpbocTransaction,
  toHex,
} from '../../../emv/index.js';
import { createTestPki, openCard, type TestPki, testCaKeys, testRevocations } from '../../../simulator/index.js';
import { issueChanged, random, terminalData } from '../card-in-hand.js';
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
  const { profile = 'service-card-51', application = {}, card: changed } = scenario;
  const card = openCard(issueChanged(profile, application, { card: changed, chain: pki }), { random });
  card.powerOn();
  return card;
}

function trustedKeys({ caKeys, algorithms = ['rsa'] }: Scenario, pki: TestPki) {
  const keys =
    caKeys === 'none' ? [] : testCaKeys(pki).filter(({ algorithm = 'rsa' }) => algorithms.includes(algorithm));
  return caKeys === 'wrong-checksum' ? keys.map((key) => ({ ...key, sha1: '00'.repeat(20) })) : keys;
}

/** Taps a scenario's card and writes down what was said, as a vector of kind `session`. */
export function recordSession(scenario: Scenario) {
  const pki = chainOf(scenario);
  const caKeys = trustedKeys(scenario, pki);
  const revoked = scenario.knowsRevocations ? testRevocations(pki) : [];
  const date = scenario.date ?? TAP_DAY;
  const terminal = { ...TERMINAL, '9A': date.slice(2).replaceAll('-', ''), ...scenario.terminal };
  const kernel = qpbocTransaction({
    data: terminalData(terminal),
    unpredictableNumber: fromHex(UNPREDICTABLE_NUMBER),
    date,
    caKeys: createCertificationAuthorityKeyStore(scenario.caKeys === undefined ? caKeys : []),
    revoked: new Set(revoked),
  });
  const card = cardOf(scenario, pki);
  const transcript: { command: string; response: string }[] = [];
  for (let step = kernel.next(); !step.done; ) {
    const command = toHex(step.value.command);
    const bend = scenario.bend?.[command] ?? scenario.bend?.[transcript.length];
    const said = toHex(card.transmit(heard(step.value, scenario)));
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
    input: {
      kernel: 'qpboc',
      terminal,
      unpredictableNumber: UNPREDICTABLE_NUMBER,
      date,
      caKeys,
      ...(revoked.length > 0 && { revoked }),
      transcript,
    },
    expect: { ...scenario.expect, ...dataSaid(scenario, transcript) },
  };
}

/** GET PROCESSING OPTIONS begins its data with 9F66: all PDOLs of the cards in the box ask for it first. */
const QUALIFIERS_OFFSET = 7;

function heard({ name, command }: KernelCommand, { cardHears }: Scenario): Uint8Array {
  if (cardHears === undefined || name !== 'get-processing-options') return command;
  const bent = command.slice();
  bent.set(fromHex(cardHears), QUALIFIERS_OFFSET);
  return bent;
}

/** What the card decided with is what the terminal must have of it where the transaction came to a decision. */
function dataSaid({ expect }: Scenario, transcript: readonly { readonly response: string }[]) {
  if (expect.outcome === 'terminated') return {};
  const options = transcript.find(({ response }) => response.startsWith('77'))!;
  const said = flatten(decode(fromHex(options.response.slice(0, -4))));
  const data = Object.fromEntries(['82', '9F36', '9F10', '9F26'].map((tag) => [tag, toHex(said.get(tag)!)]));
  return { data: { ...data, ...(expect.data as object | undefined) } };
}
