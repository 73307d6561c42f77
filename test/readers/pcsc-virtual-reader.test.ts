import { once } from 'node:events';
import { statSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { presentCard, type ReaderService } from '../../simulator/index.js';
import { openPcsc, type Pcsc } from '../../src/readers/index.js';
import { requirePart } from '../support/require-part.js';
import { commands, ScriptCard } from './script-card.js';
import { startVirtualReaders } from './virtual-readers.js';

/** The driver of the virtual reader, spoken to by cards that keep to its protocol badly. */

let service: ReaderService;
const hasPcsc = await requirePart('pcsc', async () => {
  service = await startVirtualReaders({ cardTimeoutMs: 1000 });
});
afterAll(() => service?.stop());

const ANSWER_TO_RESET = [0x00, 0x05, 0x3b, 0x80, 0x80, 0x01, 0x01];

describe.runIf(hasPcsc)('the virtual reader', () => {
  const sockets: Socket[] = [];
  const opened: Pcsc[] = [];
  const socketPath = () => service.slots[0]!.socketPath;
  const waitForCard = () => {
    const pcsc = openPcsc({ binding: 'smartcard' });
    opened.push(pcsc);
    return pcsc.waitForCard('Front', { timeoutMs: 5000 });
  };
  /** A card that answers each command with these bytes, as they are, one at a time, and its power with nothing. */
  const layRawCard = async (answer: readonly number[], answerToReset = ANSWER_TO_RESET) => {
    const socket = connect({ path: socketPath(), noDelay: true });
    sockets.push(socket);
    socket.on('error', () => {});
    await once(socket, 'connect');
    socket.on('data', async (bytes) => {
      const isControl = bytes[1] === 1;
      if (isControl && bytes.at(-1) !== 4) return;
      for (const byte of isControl ? answerToReset : answer) {
        socket.write(Uint8Array.of(byte));
        await nextTurn();
      }
    });
    return socket;
  };
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await Promise.all(opened.splice(0).map((pcsc) => pcsc.close()));
  });

  test('lets nobody in but its own user', () => {
    expect(statSync(socketPath()).mode & 0o777).toBe(0o600);
  });

  test('puts together what comes byte by byte', async () => {
    await layRawCard([0x00, 0x03, 0x07, 0x90, 0x00]);
    const channel = await waitForCard();
    expect([...(await channel.transmit(commands.echo(7)))]).toEqual([0x07, 0x90, 0x00]);
    expect([...(await channel.transmit(commands.echo(7)))]).toEqual([0x07, 0x90, 0x00]);
  });

  test('takes a card away that falls silent in the middle of an answer', async () => {
    await layRawCard([0x00, 0x03, 0x07]);
    const channel = await waitForCard();
    await expect(channel.transmit(commands.echo(7))).rejects.toMatchObject({ code: 'card-removed' });
  });

  test('calls a card mute whose answer to reset is longer than any', async () => {
    await layRawCard([0x00, 0x02, 0x90, 0x00], [0x00, 0x22, ...new Array(34).fill(0x3b)]);
    const pcsc = openPcsc({ binding: 'smartcard' });
    opened.push(pcsc);
    await expect(pcsc.waitForCard('Front', { timeoutMs: 500 })).rejects.toMatchObject({ code: 'card-mute' });
  });

  test('has room for one card, and takes the next when that has gone', async () => {
    const first = await layRawCard([0x00, 0x03, 0x01, 0x90, 0x00]);
    const channel = await waitForCard();
    const next = await presentCard(new ScriptCard(), { socketPath: socketPath() });
    expect([...(await channel.transmit(commands.echo(7)))]).toEqual([0x01, 0x90, 0x00]);
    first.destroy();
    await expect(channel.transmit(commands.echo(7))).rejects.toMatchObject({ name: 'ChannelError' });
    await channel.close();
    expect([...(await (await waitForCard()).transmit(commands.echo(7)))]).toEqual([0x07, 0x90, 0x00]);
    await next.withdraw();
  });
});
