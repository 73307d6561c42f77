import { expect, test } from 'vitest';
import { vectorFileSchema } from '../../../src/cli/replay/vector.js';
import { replay } from '../../cli/support/replay.js';
import { recordSession } from './record-session.js';
import { scenarios } from './scenarios/index.js';

const file = vectorFileSchema.parse({
  suite: 'session-qpboc-made',
  source:
    'made by us: taps of our own software cards (test/simulator/sessions), what a card says bent where the title says so; the expected ends are by the rules of JR/T 0025.12-2013',
  vectors: scenarios.map(recordSession),
});

test('the sessions among the test vectors are what our cards say today', async () => {
  await expect(`${JSON.stringify(file, undefined, 1)}\n`).toMatchFileSnapshot(
    '../../../test-vectors/session-qpboc-made.json',
  );
});

test('each tap ends as the scenario says', async () => {
  const results = await replay(file);
  expect(results.filter(({ passed }) => !passed)).toEqual([]);
  expect(results).toHaveLength(scenarios.length);
  expect(new Set(results.map(({ id }) => id)).size).toBe(scenarios.length);
});
