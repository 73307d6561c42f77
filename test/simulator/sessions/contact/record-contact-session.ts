import { createCertificationAuthorityKeyStore, toHex } from '../../../../emv/index.js';
import { testCaKeys, testRevocations } from '../../../../simulator/index.js';
import { CardAndIssuer, DATE, type Meeting, SHOP } from '../../../terminal/contact/card-and-issuer.js';
import { issueChanged, pki } from '../../card-in-hand.js';
import type { ContactScenario } from './scenarios.js';

function cardOf({ profile = 'service-card-51', application = {}, card, orders }: ContactScenario): CardAndIssuer {
  return new CardAndIssuer(issueChanged(profile, application, { card }), orders);
}

/** Puts a scenario's card into the slot and writes down what was said, as a vector of kind `session`. */
export async function recordContactSession(scenario: ContactScenario) {
  const both = cardOf(scenario);
  const { algorithms = ['rsa'], knowsRevocations } = scenario;
  const keys = testCaKeys(pki).filter(({ algorithm = 'rsa' }) => algorithms.includes(algorithm));
  const revoked = knowsRevocations ? testRevocations(pki) : [];
  const trust = { caKeys: createCertificationAuthorityKeyStore(keys), revoked: new Set(revoked) };
  const meet = (meeting: Meeting = {}) => both.meet({ ...meeting, terminal: { ...trust, ...meeting.terminal } });
  for (const meeting of scenario.before ?? []) await meet(meeting);
  const { trace } = await meet(scenario.meeting);
  const said = trace.map(({ name, command, response = new Uint8Array(0) }) => ({
    name,
    command: toHex(command),
    response: toHex(response),
  }));
  const request = said.findIndex(({ name }) => name === 'generate-ac');
  const transcript = said
    .slice(0, scenario.upToRequest ? request + 1 : said.length)
    .filter(({ name }) => !scenario.withoutDirectory || (name !== 'select-pse' && name !== 'read-directory'))
    .map(({ command, response }) => ({ command, response }));
  return {
    id: `ses-contact-${scenario.id}`,
    kind: 'session',
    title: scenario.title,
    input: {
      kernel: 'contact',
      terminal: { ...SHOP, ...scenario.meeting?.data },
      unpredictableNumber: '01020304',
      date: scenario.meeting?.terminal?.date ?? DATE,
      caKeys: keys,
      ...(revoked.length > 0 && { revoked }),
      ...scenario.input,
      transcript,
    },
    expect: scenario.expect,
  };
}
