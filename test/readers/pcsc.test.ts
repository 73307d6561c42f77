import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { type PresentableCard, type PresentedCard, presentCard, type ReaderService } from '../../simulator/index.js';
import {
  type CardChannel,
  type ChannelError,
  openPcsc,
  type Pcsc,
  type PcscBindingName,
  type ReaderStatus,
} from '../../src/readers/index.js';
import { requirePart } from '../support/require-part.js';
import { channelContract } from './channel-contract.js';
import { commands, ScriptCard } from './script-card.js';
import { startVirtualReaders } from './virtual-readers.js';

let service: ReaderService;
const hasPcsc = await requirePart('pcsc', async () => {
  service = await startVirtualReaders({ cardTimeoutMs: 1500 });
});
afterAll(() => service?.stop());

/** Answers after the promise, so that a test can act while a command is under way. */
class SlowCard extends ScriptCard {
  readonly asked: Promise<void>;
  #isAsked: () => void = () => {};
  constructor(private readonly until: Promise<unknown>) {
    super();
    this.asked = new Promise((resolve) => {
      this.#isAsked = resolve;
    });
  }
  override async transmit(command: Uint8Array): Promise<Uint8Array> {
    this.#isAsked();
    await this.until;
    return super.transmit(command);
  }
}
const never = new Promise<never>(() => {});

/** Gives no answer to reset the first times that it is powered up. */
class SleepyCard extends ScriptCard {
  constructor(private resetsMissed: number) {
    super();
  }
  override powerOn(): Uint8Array | undefined {
    return this.resetsMissed-- > 0 ? new Uint8Array(0) : super.powerOn();
  }
}

describe.runIf(hasPcsc).each<PcscBindingName>(['smartcard', 'nfc-pcsc'])('PC/SC through %s', (binding) => {
  const opened: Pcsc[] = [];
  const presented: PresentedCard[] = [];
  const open = (options: { commandTimeoutMs?: number } = {}) => {
    const pcsc = openPcsc({ binding, ...options });
    opened.push(pcsc);
    return pcsc;
  };
  const present = async (card: PresentableCard, reader = 0) => {
    const presentation = await presentCard(card, { socketPath: service.slots[reader]!.socketPath });
    presented.push(presentation);
    return presentation;
  };
  const presentAndConnect = async (card: PresentableCard, options = {}): Promise<CardChannel> => {
    await present(card);
    return open(options).waitForCard('Front', { timeoutMs: 5000 });
  };
  const allAbsent = async () => {
    const pcsc = openPcsc({ binding });
    while ((await pcsc.readers()).some(({ card }) => card !== 'absent')) await sleep(5);
    await pcsc.close();
  };
  const statusOfFront = async (isAwaited: (card: ReaderStatus['card']) => boolean) => {
    for (const pcsc = open(); ; await sleep(5)) {
      const [front] = await pcsc.readers();
      if (front && isAwaited(front.card)) return front.card;
    }
  };
  /**
   * Cards first: a command that still waits for one would give the reader back, which blocks this process, while the
   * service waits for the next card's answer to reset, which comes from this process.
   */
  afterEach(async () => {
    await Promise.all(presented.splice(0).map((presentation) => presentation.withdraw()));
    await Promise.all(opened.splice(0).map((pcsc) => pcsc.close()));
    await allAbsent();
  });

  describe('a channel', () => {
    test.each(Object.entries(channelContract))('%s', async (_, part) => {
      await part(await presentAndConnect(new ScriptCard()));
    });

    test('calls an answer without status word a communication error, and goes on', async () => {
      const channel = await presentAndConnect(new ScriptCard());
      await expect(channel.transmit(commands.stump)).rejects.toMatchObject({ code: 'communication-error' });
      expect([...(await channel.transmit(commands.echo(5)))]).toEqual([5, 0x90, 0]);
    });

    test('says that the card was removed in the middle of a command', async () => {
      const card = new SlowCard(never);
      const channel = await presentAndConnect(card);
      const answer = channel.transmit(commands.count);
      const refused = expect(answer).rejects.toMatchObject({ code: 'card-removed' });
      await card.asked;
      await presented[0]!.withdraw();
      await refused;
      await expect(channel.transmit(commands.count)).rejects.toMatchObject({ code: 'card-removed' });
    });

    test('says that the card was removed between two commands', async () => {
      const channel = await presentAndConnect(new ScriptCard());
      await channel.transmit(commands.count);
      await presented[0]!.withdraw();
      await expect(channel.transmit(commands.count)).rejects.toMatchObject({ code: 'card-removed' });
    });

    test('is not taken over by the next card', async () => {
      const channel = await presentAndConnect(new ScriptCard());
      await channel.transmit(commands.count);
      await presented[0]!.withdraw();
      await allAbsent();
      await present(new ScriptCard());
      await expect(channel.transmit(commands.count)).rejects.toMatchObject({ code: expect.any(String) });
      await channel.close();
      const next = await open().waitForCard('Front', { timeoutMs: 5000 });
      expect([...(await next.transmit(commands.count))]).toEqual([1, 0x90, 0]);
    });

    test('says that a card is mute, by the reader or by its own limit', async () => {
      const slow = await presentAndConnect(new SlowCard(never));
      await expect(slow.transmit(commands.count)).rejects.toMatchObject({ code: 'card-mute' });
      const impatient = await open({ commandTimeoutMs: 50 }).waitForCard('Front', { timeoutMs: 5000 });
      await expect(impatient.transmit(commands.count)).rejects.toMatchObject({ code: 'card-mute' });
    });

    test('closes while a command is under way', async () => {
      const card = new SlowCard(never);
      const channel = await presentAndConnect(card);
      const answer = channel.transmit(commands.count).catch((error: unknown) => error);
      await card.asked;
      await channel.close();
      await presented[0]!.withdraw();
      expect(await answer).toMatchObject({ name: 'ChannelError' });
    });

    test('says that the service has ended, in the middle of a command and after', async () => {
      const card = new SlowCard(never);
      const channel = await presentAndConnect(card);
      const refused = expect(channel.transmit(commands.count)).rejects.toMatchObject({ code: 'service-absent' });
      await card.asked;
      await service.unplug();
      try {
        await refused;
        await expect(channel.transmit(commands.count)).rejects.toMatchObject({ code: 'service-absent' });
        await channel.close();
      } finally {
        await service.plugIn();
      }
    });

    test('shares the card with another program', async () => {
      const first = await presentAndConnect(new ScriptCard());
      const second = await open().waitForCard('Front', { timeoutMs: 5000 });
      await first.transmit(commands.count);
      expect([...(await second.transmit(commands.count))]).toEqual([2, 0x90, 0]);
    });
  });

  describe('the service', () => {
    test('lists readers and what lies on them', async () => {
      const pcsc = open();
      expect((await pcsc.readers()).map(({ name, card }) => [name, card])).toEqual([
        ['Front virtual reader 00 00', 'absent'],
        ['Back virtual reader 01 00', 'absent'],
      ]);
      await present(new ScriptCard(), 1);
      await pcsc.waitForCard('Back', { timeoutMs: 5000 });
      const [front, back] = await pcsc.readers();
      expect(front).toMatchObject({ card: 'absent' });
      expect(back).toMatchObject({ card: 'present', answerToReset: Uint8Array.of(0x3b, 0x80, 0x80, 1, 1) });
    });

    test('waits for a card on any reader, or on the named one', async () => {
      await present(new ScriptCard(), 1);
      expect((await open().waitForCard(undefined, { timeoutMs: 5000 })).name).toBe('Back virtual reader 01 00');
      const named = open().waitForCard('fRONT', { timeoutMs: 5000 });
      await present(new ScriptCard(), 0);
      expect((await named).name).toBe('Front virtual reader 00 00');
    });

    test('wakes up a card that gave no answer to reset at first', async () => {
      await present(new SleepyCard(1));
      expect(await statusOfFront((card) => card !== 'absent')).toBe('mute');
      const channel = await open().waitForCard('Front', { timeoutMs: 5000 });
      expect([...(await channel.transmit(commands.count))]).toEqual([1, 0x90, 0]);
    });

    test('waits for a card that never gives an answer to reset no longer than told', async () => {
      await present(new SleepyCard(Number.POSITIVE_INFINITY));
      await expect(open().waitForCard('Front', { timeoutMs: 1500 })).rejects.toMatchObject({
        code: 'card-mute',
        message: 'the card on Front virtual reader 00 00 gives no answer to reset',
      });
    });

    test('waits as long as told, and says what it waited for', async () => {
      await expect(open().waitForCard(undefined, { timeoutMs: 30 })).rejects.toMatchObject({ code: 'no-card' });
      await expect(open().waitForCard('Front', { timeoutMs: 0 })).rejects.toMatchObject({ code: 'no-card' });
      await expect(open().waitForCard('ACR122', { timeoutMs: 30 })).rejects.toMatchObject({ code: 'reader-not-found' });
    });

    test('calls a wait off by signal or by close, at its first look as well', async () => {
      const controller = new AbortController();
      const pcsc = open();
      let bySignal!: Promise<CardChannel>;
      let byClose!: Promise<CardChannel>;
      const wait = (service: Pcsc, signal?: AbortSignal) =>
        service.waitForCard(undefined, { timeoutMs: 60_000, signal });
      await new Promise((onWaiting) => {
        bySignal = open().waitForCard(undefined, { timeoutMs: 60_000, signal: controller.signal, onWaiting });
        byClose = wait(pcsc);
      });
      const hasty = open();
      const all = Promise.all(
        [bySignal, byClose, wait(hasty)].map((each) => expect(each).rejects.toMatchObject({ code: 'aborted' })),
      );
      controller.abort();
      await Promise.all([pcsc.close(), hasty.close()]);
      await all;
      await expect(
        open().waitForCard(undefined, { timeoutMs: 60_000, signal: AbortSignal.abort() }),
      ).rejects.toMatchObject({ code: 'aborted' });
      await expect(pcsc.readers()).rejects.toMatchObject({ code: 'channel-closed' });
    });

    test('is told to be absent at once, and is waited for within a wait', async () => {
      const pcsc = open();
      let waiting!: Promise<CardChannel>;
      const reason = await new Promise<ChannelError>((onWaiting) => {
        waiting = pcsc.waitForCard('Front', { timeoutMs: 20_000, onWaiting });
        waiting.catch(() => {});
      });
      expect(reason).toMatchObject({ code: 'no-card' });
      await service.unplug();
      try {
        await expect(open().readers()).rejects.toMatchObject({ code: 'service-absent' });
        await expect(open().waitForCard(undefined, { timeoutMs: 60_000 })).rejects.toMatchObject({
          code: 'service-absent',
        });
      } finally {
        await service.plugIn();
      }
      await present(new ScriptCard());
      expect([...(await (await waiting).transmit(commands.count))]).toEqual([1, 0x90, 0]);
    });

    test('closes the channels that were left open', async () => {
      const channel = await presentAndConnect(new ScriptCard());
      await opened[0]!.close();
      await expect(channel.transmit(commands.count)).rejects.toMatchObject({ code: 'channel-closed' });
    });
  });
});
