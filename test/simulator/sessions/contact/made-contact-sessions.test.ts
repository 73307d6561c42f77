import { expect, test } from 'vitest';
import { vectorFileSchema } from '../../../../src/cli/replay/vector.js';
import { replay } from '../../../cli/support/replay.js';
import { recordContactSession } from './record-contact-session.js';
import { contactScenarios } from './scenarios.js';

const file = vectorFileSchema.parse({
  suite: 'session-contact-made',
  source:
    'made by us: our own software cards in a slot, with our own issuer (test/simulator/sessions/contact); the expected ends are by the rules of JR/T 0025.6-2013 and JR/T 0025.13-2013',
  vectors: await Promise.all(contactScenarios.map(recordContactSession)),
});

test('the contact sessions among the test vectors are what our cards say today', async () => {
  await expect(`${JSON.stringify(file, undefined, 1)}\n`).toMatchFileSnapshot(
    '../../../../test-vectors/session-contact-made.json',
  );
});

test('each transaction ends as the scenario says', async () => {
  const results = await replay(file);
  expect(results.filter(({ passed }) => !passed)).toEqual([]);
  expect(new Set(results.map(({ id }) => id)).size).toBe(contactScenarios.length);
});

test('another answer of the card fails the vector: the kernel says something else', async () => {
  const [offline] = file.vectors;
  const input = structuredClone(offline!.input) as { transcript: { command: string; response: string }[] };
  input.transcript.find(({ command }) => command.startsWith('0020'))!.response = '63C2';
  const results = await replay({ ...file, vectors: [{ ...offline!, input }] });
  expect(results).toMatchObject([{ passed: false, differences: [{ path: 'transcript[12].command' }] }]);
});
