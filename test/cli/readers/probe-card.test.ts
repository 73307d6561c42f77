import { expect, test } from 'vitest';
import { fromAscii, fromHex } from '../../../emv/index.js';
import { probeCard } from '../../../src/cli/readers/probe-card.js';
import type { ReaderChannel } from '../../../src/readers/index.js';

/** An ACR122U with a storage card, which says this of its firmware. */
const readerThatSays = (firmware: string): ReaderChannel => ({
  name: 'ACS ACR122U PICC Interface 00 00',
  answerToReset: fromHex('3B8F8001804F0CA000000306030001000000006A'),
  protocol: 'T=1',
  transmit: async (command) => (command[2] === 0x48 ? fromAscii(firmware) : fromHex('6A81')),
  control: async () => new Uint8Array(),
  reset: async () => {},
  close: async () => {},
});

test.each([
  ['ACR122U201', 'ACR122U201'],
  ['\u001B[2JACR122', undefined],
  ['\u0000\u0000\u0000', undefined],
])('of a firmware that calls itself %j is told %j', async (said, told) => {
  const channel = readerThatSays(said);
  const found = await probeCard({ connect: async () => channel }, channel.name);
  expect(found.firmware).toBe(told);
});
