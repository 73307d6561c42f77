import { expect, test } from 'vitest';
import { vectorFileSchema } from '../../../../src/cli/replay/vector.js';
import { replay } from '../../../cli/support/replay.js';
import { recordContactSession } from '../contact/record-contact-session.js';
import { recordSession } from '../record-session.js';
import { contactScenarios } from './contact-scenarios.js';
import { contactlessScenarios } from './contactless-scenarios.js';

const file = vectorFileSchema.parse({
  suite: 'session-sm2-cards',
  source:
    'made by us: our own software cards of SM2 and of both algorithms, tapped and in the slot (test/simulator/sessions/sm2); the expected ends are by the rules of JR/T 0025.12-2013, JR/T 0025.6-2013 and JR/T 0025.17-2013',
  vectors: [
    ...contactlessScenarios.map(recordSession),
    ...(await Promise.all(contactScenarios.map(recordContactSession))),
  ],
});

test('the sessions of SM2 cards among the test vectors are what our cards say today', async () => {
  await expect(`${JSON.stringify(file, undefined, 1)}\n`).toMatchFileSnapshot(
    '../../../../test-vectors/session-sm2-cards.json',
  );
});

test('each transaction ends as the scenario says', async () => {
  const results = await replay(file);
  expect(results.filter(({ passed }) => !passed)).toEqual([]);
  expect(results).toHaveLength(contactlessScenarios.length + contactScenarios.length);
});
