import { expect, test } from 'vitest';
import type { CertificationAuthorityKey } from '../../../emv/keys/index.js';
import type { Vector } from '../../../src/cli/replay/vector.js';
import { benchTerminal } from '../../../src/cli/tap/bench-terminal.js';
import { recordingsOf } from '../../../src/cli/tap/recording/recording.js';
import { sessionVector } from '../../../src/cli/tap/recording/session-vector.js';
import { trustedKeys } from '../../../src/cli/trusted-keys.js';
import type { CardChannel } from '../../../src/readers/index.js';
import { createRecordedChannel } from '../../../src/readers/index.js';
import { type TapResult, tapCard } from '../../../src/terminal/index.js';
import { answering, caKeys, cardOf, seededRandom, type Tear, tearing } from '../../terminal/tap/tap-fixture.js';
import { replay as replayFile } from '../support/replay.js';

const at = new Date('2016-01-05T00:26:31.000Z');
/** The keys of the command: more than a card asks for. */
const trusted = trustedKeys({ testCards: true });
const bus = benchTerminal({ profile: 'bus-validator' });

/** Taps and records, through JSON as a file would have it. */
async function record(channel: CardChannel) {
  const random = seededRandom(3);
  const result = await tapCard({ ...bus, channel, sequence: 1, clock: () => at, random, caKeys });
  const vector: Vector = JSON.parse(
    JSON.stringify(sessionVector('tap-1', { result, bench: bus, at, channel, caKeys: trusted })),
  );
  return { result, vector };
}

const replay = async (vector: Vector) => (await replayFile({ suite: 'recorded', vectors: [vector] }))[0]!;

/** The same terminal again, with the recording in the place of the card. */
async function playAgain(vector: Vector) {
  const [recording] = recordingsOf({ suite: 'recorded', vectors: [vector] });
  const { terminal, transcript } = recording!;
  const channel = createRecordedChannel(transcript);
  const bench = benchTerminal({ ...terminal, profile: terminal.profile!, amount: terminal.amountFen });
  const result = await tapCard({
    ...{ ...bench, channel, sequence: 1, caKeys },
    clock: () => terminal.at!,
    random: () => terminal.unpredictableNumber!,
  });
  return { result, remaining: channel.remaining };
}

const whatCame = ({ outcome, reason, tapRecord }: TapResult) => ({ outcome, reason, tapRecord });

test.each([
  ['service-card-51', 'approved'],
  ['wrong-signature', 'offline-data-authentication-failed'],
  ['empty-purse', 'declined-by-card'],
  ['old-card-pboc2', 'no-payment-directory'],
  ['lost-card', 'approved'],
])('a tap of %s, %s, replays against the kernel and is played again', async (profile, reason) => {
  const { result, vector } = await record(cardOf(profile).channel);
  expect(vector.expect).toMatchObject({ reason });
  expect(await replay(vector)).toMatchObject({ passed: true, differences: [] });
  const again = await playAgain(vector);
  expect(whatCame(again.result)).toEqual(whatCame(result));
  expect(again.remaining).toBe(0);
});

test('torn at any command, the recording is torn there too', async () => {
  const { result } = await record(cardOf('service-card-51').channel);
  for (let command = 0; command < result.trace.length; command++) {
    const tear: Tear = { command, when: 'before', code: 'communication-error' };
    const { vector } = await record(tearing(cardOf('service-card-51').channel, tear));
    expect(vector.expect).toMatchObject({ outcome: 'terminated', reason: 'card-removed' });
    expect(await replay(vector)).toMatchObject({ passed: true, differences: [] });
    const again = await playAgain(vector);
    expect(again.result).toMatchObject({ outcome: 'torn', reason: 'communication-error' });
    expect(again.result.mayHaveDebited).toBe(command === result.trace.length - 1);
  }
});

test('an answer or an expectation that was altered does not pass', async () => {
  const { vector } = await record(cardOf('service-card-51').channel);
  const altered = structuredClone(vector) as Vector & { input: { transcript: { response: string }[] } };
  const [longest] = [...altered.input.transcript].sort((one, other) => other.response.length - one.response.length);
  longest!.response = longest!.response.replace(/.(?=.{20}9000$)/, (digit) => (digit === '0' ? '1' : '0'));
  expect(await replay(altered)).toMatchObject({ passed: false });
  expect(await replay({ ...vector, expect: { ...vector.expect, outcome: 'declined' } })).toMatchObject({
    passed: false,
    differences: [{ path: 'outcome', expected: 'declined', actual: 'approved-offline' }],
  });
});

test('nonsense of a card is recorded as it came', async () => {
  const { vector } = await record(answering(cardOf('service-card-51').channel, () => Uint8Array.of(0x6c, 0x05)));
  expect(await replay(vector)).toMatchObject({ passed: true });
  expect((await playAgain(vector)).result).toMatchObject({ reason: vector.expect.reason });
});

test('only the keys that the card asks for are kept', async () => {
  const { vector } = await record(cardOf('service-card-51').channel);
  const [key, ...others] = vector.input.caKeys as CertificationAuthorityKey[];
  expect(others).toEqual([]);
  const { prepared: _, ...known } = caKeys.find(key!.rid, key!.index)[0]!;
  expect(key).toEqual(known);
  const { vector: neverAsked } = await record(cardOf('empty-purse').channel);
  expect(neverAsked.input.caKeys).toEqual([]);
});

test('the card number stands nowhere but in what the card said', async () => {
  const { vector } = await record(cardOf('service-card-51').channel);
  const { transcript, ...terminal } = vector.input;
  const PAN = '6228000100000000017';
  expect(JSON.stringify(transcript)).toContain(PAN);
  expect(JSON.stringify({ ...vector, input: terminal })).not.toContain(PAN);
});
