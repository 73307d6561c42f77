import { expect, test } from 'vitest';
import { fromHex } from '../../../../emv/index.js';
import { ReaderOverheads } from '../../../../src/cli/tap/timing/reader-overheads.js';
import { timeReader } from '../../../../src/cli/tap/timing/time-reader.js';
import { timeRecording } from '../../../../src/cli/tap/timing/time-recording.js';
import { timeSoftwareCard } from '../../../../src/cli/tap/timing/time-software-card.js';
import { TimedChannel } from '../../../../src/cli/tap/timing/timed-channel.js';
import type { Timekeeper } from '../../../../src/cli/tap/timing/timekeeper.js';
import {
  type CardChannel,
  createRecordedChannel,
  createSoftwareChannel,
  type Exchange,
  withTransportRules,
} from '../../../../src/readers/index.js';
import { commands, ScriptCard } from '../../../readers/script-card.js';

/** Sends a command as a terminal does, and says how long it took in all. */
async function send(channel: TimedChannel, command: Uint8Array) {
  const start = performance.now();
  await withTransportRules(channel).transmit(command);
  return { name: 'any', command, at: 0, elapsedUs: Math.round((performance.now() - start) * 1000) };
}

/** What is known of exchanges that come one after the other. */
async function split(keeper: Timekeeper, channel: TimedChannel, ...sent: readonly [Uint8Array, elapsedUs?: number][]) {
  const exchanges = [];
  for (const [command, elapsedUs] of sent) {
    const exchange = await send(channel, command);
    exchanges.push({ ...exchange, ...(elapsedUs !== undefined && { elapsedUs }) });
    keeper.note(exchanges.at(-1)!);
  }
  return { sent: exchanges, ...(await keeper.split(exchanges)) };
}

const onCard = () => new TimedChannel(createSoftwareChannel(new ScriptCard()));

test('the card is reached as without a stopwatch: its protocol, name and answer to reset are told', () => {
  const inner = {
    ...createSoftwareChannel(new ScriptCard()),
    name: 'x',
    protocol: 'T=0',
    answerToReset: fromHex('3B00'),
  };
  const { answerToReset, name, protocol } = new TimedChannel(inner as CardChannel);
  expect({ answerToReset, name, protocol }).toEqual({ answerToReset: fromHex('3B00'), name: 'x', protocol: 'T=0' });
});

test('a software card has the time in which it worked, its channel the rest', async () => {
  const channel = onCard();
  const { exchanges, method } = await split(timeSoftwareCard(channel), channel, [commands.count], [commands.announced]);
  expect(method).toBe('software-card');
  for (const { cardUs, elapsedUs, readerUs } of exchanges) {
    expect(cardUs).toBeGreaterThanOrEqual(0);
    expect(cardUs! + readerUs!).toBe(elapsedUs);
  }
});

test('a reader has its measured time for each command that goes to it, GET RESPONSE too, and never more than there is', async () => {
  const channel = onCard();
  const keeper = timeReader(channel, async () => 10);
  const { exchanges, method } = await split(
    keeper,
    channel,
    ...(
      [
        [commands.count, 1000],
        [commands.announced, 1000],
        [commands.count, 7],
      ] as const
    ).map(([command, elapsedUs]): [Uint8Array, number] => [command, elapsedUs]),
  );
  expect(method).toBe('reader-measured');
  expect(exchanges).toMatchObject([
    { cardUs: 990, readerUs: 10 },
    { cardUs: 960, readerUs: 40 },
    { cardUs: 0, readerUs: 7 },
  ]);
});

test('a reader that nobody measured is not told from its card', async () => {
  const channel = onCard();
  const { exchanges, method, sent } = await split(
    timeReader(channel, async () => undefined),
    channel,
    [commands.count],
  );
  expect(method).toBe('card-with-reader');
  expect(exchanges).toEqual(sent);
});

/** Answers the command for its reader, as often as it is asked. */
class CardOnContactlessReader extends ScriptCard {
  asked = 0;
  constructor(private readonly answer: readonly number[]) {
    super();
  }
  override transmit(command: Uint8Array) {
    if (command[0] !== 0xff) return super.transmit(command);
    this.asked++;
    return Uint8Array.from(this.answer);
  }
}

test.each([
  ['that has a number of its card', [1, 2, 3, 4, 0x90, 0x00], true],
  ['that hands the command on', [0x6e, 0x00], false],
])('a reader %s is measured once for all taps', async (_, answer, isMeasured) => {
  const overheads = new ReaderOverheads();
  const card = new CardOnContactlessReader(answer);
  const channel = createSoftwareChannel(card);
  const measured = await overheads.of(channel);
  expect(measured !== undefined).toBe(isMeasured);
  const { asked } = card;
  expect(asked).toBeGreaterThan(0);
  expect(await overheads.of(channel)).toBe(measured);
  expect(card.asked).toBe(asked);
});

test('a card that has gone leaves its reader to be measured with the next', async () => {
  const overheads = new ReaderOverheads();
  const gone = createSoftwareChannel(new CardOnContactlessReader([]));
  expect(await overheads.of(gone)).toBeUndefined();
  expect(await overheads.of(createSoftwareChannel(new CardOnContactlessReader([1, 0x90, 0x00])))).toBeGreaterThan(0);
});

const COUNT = '8020000000';
const recorded = (transcript: readonly Exchange[]) => {
  const timing = { method: 'software-card', decisionUs: 5 } as const;
  const channel = createRecordedChannel({ transcript });
  return {
    channel: new TimedChannel(channel),
    keeper: timeRecording({ transcript: { transcript }, terminal: {}, timing }, channel),
  };
};

test('a recording gives its own times, and its own split', async () => {
  const { channel, keeper } = recorded([
    { command: COUNT, response: '019000', at: 1.5, elapsedUs: 900, cardUs: 800, readerUs: 100 },
    { command: COUNT, response: '029000', at: 4, elapsedUs: 700 },
  ]);
  const { exchanges, method } = await split(keeper, channel, [fromHex(COUNT)], [fromHex(COUNT)]);
  expect(method).toBe('software-card');
  expect(exchanges).toMatchObject([
    { at: 1.5, elapsedUs: 900, cardUs: 800, readerUs: 100 },
    { at: 4, elapsedUs: 700 },
  ]);
  expect(exchanges[1]).not.toHaveProperty('cardUs');
  expect(keeper.afterwards({ decisionUs: 9, keptUs: 9 })).toEqual({ decisionUs: 5, keptUs: undefined });
});

test('an exchange that is several commands in the recording lasts from the first to the last of them', async () => {
  const { channel, keeper } = recorded([
    { command: '80400000', response: '6102', at: 10, elapsedUs: 400, cardUs: 1, readerUs: 399 },
    { command: '00C0000002', response: '01029000', at: 11, elapsedUs: 300 },
  ]);
  const { exchanges } = await split(keeper, channel, [fromHex('80400000')]);
  expect(exchanges).toMatchObject([{ at: 10, elapsedUs: 1300 }]);
  expect(exchanges[0]).not.toHaveProperty('cardUs');
});

test('a recording without times keeps those of its playback, and says so', async () => {
  const { channel, keeper } = recorded([{ command: COUNT, response: '019000' }]);
  const { exchanges, method, sent } = await split(keeper, channel, [fromHex(COUNT)]);
  expect(method).toBe('playback');
  expect(exchanges).toEqual(sent);
  expect(keeper.afterwards({ decisionUs: 9 })).toEqual({ decisionUs: 9 });
});
