import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { type PresentableCard, type PresentedCard, presentCard, type ReaderService } from '../../simulator/index.js';
import { openPcsc, type Pcsc, type PcscBindingName, type ReaderEvent } from '../../src/readers/index.js';
import { requirePart } from '../support/require-part.js';
import { commands, ScriptCard } from './script-card.js';
import { startVirtualReaders } from './virtual-readers.js';

/** All readers at once: what happens on them, and who may use their cards. */

let service: ReaderService;
const hasPcsc = await requirePart('pcsc', async () => {
  service = await startVirtualReaders({ cardTimeoutMs: 1500 });
});
afterAll(() => service?.stop());

describe.runIf(hasPcsc).each<PcscBindingName>(['smartcard', 'nfc-pcsc'])('all readers through %s', (binding) => {
  const opened: Pcsc[] = [];
  const presented: PresentedCard[] = [];
  const open = () => {
    const pcsc = openPcsc({ binding });
    opened.push(pcsc);
    return pcsc;
  };
  const present = async (reader = 0, card: PresentableCard = new ScriptCard()) => {
    const presentation = await presentCard(card, { socketPath: service.slots[reader]!.socketPath });
    presented.push(presentation);
    return presentation;
  };
  /** The events one by one, as `event first-word-of-the-reader`. */
  const watch = (signal?: AbortSignal) => {
    const events = open().watch({ signal })[Symbol.asyncIterator]();
    const next = async () => {
      const { value, done } = (await events.next()) as IteratorResult<ReaderEvent>;
      return done ? 'end' : `${value.event} ${value.reader.name.split(' ')[0]}`;
    };
    return { next, end: () => events.return?.() };
  };
  const allAbsent = async () => {
    const pcsc = openPcsc({ binding: 'smartcard' });
    while ((await pcsc.readers()).some(({ card }) => card !== 'absent')) await sleep(5);
    await pcsc.close();
  };
  afterEach(async () => {
    await Promise.all(presented.splice(0).map((presentation) => presentation.withdraw()));
    await Promise.all(opened.splice(0).map((pcsc) => pcsc.close()));
    await allAbsent();
  });

  test('are watched from what there is, cards included', async () => {
    await present(1);
    while ((await open().readers())[1]!.card !== 'present') await sleep(5);
    const { next } = watch();
    expect([await next(), await next(), await next()]).toEqual([
      'reader-plugged Front',
      'reader-plugged Back',
      'card-inserted Back',
    ]);
    await present(0);
    expect(await next()).toBe('card-inserted Front');
    await presented[0]!.withdraw();
    expect(await next()).toBe('card-removed Back');
    await presented[1]!.withdraw();
    expect(await next()).toBe('card-removed Front');
  });

  test('tell of a card that was exchanged while nobody asked, and of its use between two events', async () => {
    const { next } = watch();
    await next();
    await next();
    const first = await present();
    expect(await next()).toBe('card-inserted Front');
    const channel = await opened[0]!.connect('Front virtual reader 00 00');
    expect([...(await channel.transmit(commands.count))]).toEqual([1, 0x90, 0]);
    await first.withdraw();
    await channel.close();
    await allAbsent();
    await present();
    expect(await next()).toBe('card-removed Front');
    expect(await next()).toBe('card-inserted Front');
  });

  test('are unplugged while the service is away, and plugged when it is back', async () => {
    const { next } = watch();
    await next();
    await next();
    await present();
    expect(await next()).toBe('card-inserted Front');
    await service.unplug();
    try {
      const gone = [await next(), await next(), await next()];
      expect(gone.sort()).toEqual(['card-removed Front', 'reader-unplugged Back', 'reader-unplugged Front']);
    } finally {
      await service.plugIn();
    }
    expect([await next(), await next()].sort()).toEqual(['reader-plugged Back', 'reader-plugged Front']);
  });

  test('are watched until the signal, or until the service is closed', async () => {
    const controller = new AbortController();
    const bySignal = watch(controller.signal);
    const byClose = watch();
    for (const { next } of [bySignal, byClose]) {
      await next();
      await next();
    }
    const ends = Promise.all([bySignal.next(), byClose.next()]);
    controller.abort();
    await opened[1]!.close();
    expect(await ends).toEqual(['end', 'end']);
    await expect(opened[1]!.watch()[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'channel-closed' });
  });

  test('can be had alone, which others are told', async () => {
    await present();
    const alone = await open().waitForCard('Front', { timeoutMs: 5000, share: 'exclusive' });
    const other = open();
    expect((await other.readers())[0]).toMatchObject({ card: 'present', use: 'exclusive' });
    await expect(other.waitForCard('Front', { timeoutMs: 200 })).rejects.toMatchObject({ code: 'card-in-use' });
    await expect(other.connect('Front virtual reader 00 00')).rejects.toMatchObject({
      code: 'card-in-use',
      message: 'another program uses the card on Front virtual reader 00 00 alone',
    });
    expect([...(await alone.transmit(commands.count))]).toEqual([1, 0x90, 0]);
    await alone.close();
    const next = await other.connect('Front virtual reader 00 00');
    expect([...(await next.transmit(commands.count))]).toEqual([2, 0x90, 0]);
    await expect(open().connect('Front virtual reader 00 00', { share: 'exclusive' })).rejects.toMatchObject({
      code: 'card-in-use',
    });
  });

  test('keep a card alone over a reset', async () => {
    await present();
    const alone = await open().waitForCard('Front', { timeoutMs: 5000, share: 'exclusive' });
    await alone.reset();
    await expect(open().connect('Front virtual reader 00 00')).rejects.toMatchObject({ code: 'card-in-use' });
    expect([...(await alone.transmit(commands.count))]).toEqual([1, 0x90, 0]);
  });

  test('tell the protocol, and refuse one that the card does not speak', async () => {
    await present();
    const channel = await open().waitForCard('Front', { timeoutMs: 5000 });
    expect(channel.protocol).toBe('T=1');
    await channel.close();
    await expect(open().connect('Front virtual reader 00 00', { protocol: 'T=0' })).rejects.toMatchObject({
      code: 'protocol-unsupported',
    });
    await expect(open().waitForCard('Front', { timeoutMs: 9000, protocol: 'T=0' })).rejects.toMatchObject({
      code: 'protocol-unsupported',
    });
  });

  test('say that there is no such reader, or no card on it', async () => {
    await expect(open().connect('Nowhere')).rejects.toMatchObject({ code: 'reader-lost' });
    await expect(open().connect('Front virtual reader 00 00')).rejects.toMatchObject({ code: 'card-removed' });
  });

  test('do not know a control code that their driver does not', async () => {
    await present();
    const channel = await open().waitForCard('Front', { timeoutMs: 5000 });
    await expect(channel.control(1, Uint8Array.of(0xe0, 0, 0, 0x18, 0))).rejects.toMatchObject({
      code: 'reader-command-unsupported',
    });
    expect([...(await channel.transmit(commands.count))]).toEqual([1, 0x90, 0]);
  });
});
