import { expect, test } from 'vitest';
import { fromHex } from '../../../../emv/index.js';
import { timeReader } from '../../../../src/cli/tap/timing/time-reader.js';
import { timeRecording } from '../../../../src/cli/tap/timing/time-recording.js';
import { timeSoftwareCard } from '../../../../src/cli/tap/timing/time-software-card.js';
import { TimedChannel } from '../../../../src/cli/tap/timing/timed-channel.js';
import {
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

test('a software card has the time in which it worked, its channel the rest', async () => {
  const channel = new TimedChannel(createSoftwareChannel(new ScriptCard()));
  const keeper = timeSoftwareCard(channel);
  for (const command of [commands.count, commands.announced]) {
    const { cardUs, elapsedUs, readerUs } = keeper.time(await send(channel, command));
    expect(cardUs).toBeGreaterThanOrEqual(0);
    expect(cardUs! + readerUs!).toBe(elapsedUs);
  }
});

test('a reader has its measured time for each command that goes to it, GET RESPONSE too, and never more than there is', async () => {
  const channel = new TimedChannel(createSoftwareChannel(new ScriptCard()));
  const keeper = timeReader(channel, 10);
  const one = { ...(await send(channel, commands.count)), elapsedUs: 1000 };
  expect(keeper.time(one)).toMatchObject({ cardUs: 990, readerUs: 10 });
  const four = { ...(await send(channel, commands.announced)), elapsedUs: 1000 };
  expect(keeper.time(four)).toMatchObject({ cardUs: 960, readerUs: 40 });
  const quick = { ...(await send(channel, commands.count)), elapsedUs: 7 };
  expect(keeper.time(quick)).toMatchObject({ cardUs: 0, readerUs: 7 });
});

test('a reader that nobody measured is not told from its card', async () => {
  const channel = new TimedChannel(createSoftwareChannel(new ScriptCard()));
  const keeper = timeReader(channel, undefined);
  const exchange = await send(channel, commands.count);
  expect(keeper.method).toBe('card-with-reader');
  expect(keeper.time(exchange)).toEqual(exchange);
});

const COUNT = '8020000000';
const recorded = (transcript: readonly Exchange[]) => {
  const recording = {
    transcript: { transcript },
    terminal: {},
    timing: { method: 'software-card', decisionUs: 5 },
  } as const;
  const channel = createRecordedChannel(recording.transcript);
  return { channel, keeper: timeRecording(recording, channel) };
};

test('a recording gives its own times, and its own split', async () => {
  const { channel, keeper } = recorded([
    { command: COUNT, response: '019000', at: 1.5, elapsedUs: 900, cardUs: 800, readerUs: 100 },
    { command: COUNT, response: '029000', at: 4, elapsedUs: 700 },
  ]);
  const played = { name: 'any', command: fromHex(COUNT), at: 0, elapsedUs: 3 };
  await channel.transmit(played.command);
  expect(keeper.time(played)).toMatchObject({ at: 1.5, elapsedUs: 900, cardUs: 800, readerUs: 100 });
  await channel.transmit(played.command);
  expect(keeper.time(played)).toEqual({ ...played, at: 4, elapsedUs: 700 });
  expect(keeper.method).toBe('software-card');
  expect(keeper.afterwards({ decisionUs: 9, keptUs: 9 })).toEqual({ decisionUs: 5, keptUs: undefined });
});

test('an exchange that is several commands in the recording lasts from the first to the last of them', async () => {
  const { channel, keeper } = recorded([
    { command: '80400000', response: '6102', at: 10, elapsedUs: 400 },
    { command: '00C0000002', response: '01029000', at: 11, elapsedUs: 300 },
  ]);
  const command = fromHex('80400000');
  await withTransportRules(channel).transmit(command);
  expect(keeper.time({ name: 'any', command, at: 0, elapsedUs: 1 })).toMatchObject({ at: 10, elapsedUs: 1300 });
});

test('a recording without times keeps those of its playback, and says so', async () => {
  const { channel, keeper } = recorded([{ command: COUNT, response: '019000' }]);
  const exchange = await send(new TimedChannel(channel), fromHex(COUNT));
  expect(keeper.method).toBe('playback');
  expect(keeper.time(exchange)).toEqual(exchange);
  expect(keeper.afterwards({ decisionUs: 9 })).toEqual({ decisionUs: 9 });
});
