import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../../emv/bytes.js';
import { encodeCommand } from '../../emv/index.js';
import {
  type Front,
  type PresentableCard,
  type PresentedCard,
  type PresentOptions,
  presentCard,
  type ReaderService,
  readerModels,
  speakingT0,
  T0_ANSWER_TO_RESET,
} from '../../simulator/index.js';
import {
  askReader,
  openPcsc,
  type Pcsc,
  type PcscBindingName,
  readAts,
  readerOverhead,
  readUid,
  signal,
  withTransportRules,
} from '../../src/readers/index.js';
import { requirePart } from '../support/require-part.js';
import { commands, ScriptCard } from './script-card.js';
import { startVirtualReaders } from './virtual-readers.js';

/** Readers of several kinds, as their drivers show them to the PC/SC service. */

const ACR122 = `${readerModels.acr122.readerName} 00 00`;
const ACR1252 = `${readerModels.acr1252.readerName} 01 00`;
const SHORT = 'Short reader 02 00';

let service: ReaderService;
const hasPcsc = await requirePart('pcsc', async () => {
  service = await startVirtualReaders({
    readers: [
      { name: readerModels.acr122.readerName },
      { name: readerModels.acr1252.readerName, slots: 3 },
      { name: 'Short reader', extendedLength: false },
    ],
  });
});
afterAll(() => service?.stop());

const card = { uid: fromHex('04112233445566'), ats: fromHex('0578807002') };

describe.runIf(hasPcsc).each<PcscBindingName>(['smartcard', 'nfc-pcsc'])('through %s', (binding) => {
  const opened: Pcsc[] = [];
  const presented: PresentedCard[] = [];
  const present = async (slot: number, options: PresentOptions, what: PresentableCard = new ScriptCard()) => {
    presented.push(await presentCard(what, { socketPath: service.slots[slot]!.socketPath, ...options }));
  };
  const open = () => {
    const pcsc = openPcsc({ binding });
    opened.push(pcsc);
    return pcsc;
  };
  const layAndConnect = async (slot: number, name: string, options: PresentOptions = {}, what?: PresentableCard) => {
    await present(slot, options, what);
    return open().waitForCard(name, { timeoutMs: 5000 });
  };
  afterEach(async () => {
    await Promise.all(presented.splice(0).map((presentation) => presentation.withdraw()));
    await Promise.all(opened.splice(0).map((pcsc) => pcsc.close()));
    const pcsc = openPcsc({ binding: 'smartcard' });
    while ((await pcsc.readers()).some(({ card }) => card !== 'absent')) await sleep(5);
    await pcsc.close();
  });

  test('an ACR122U tells UID, ATS and firmware, and signals by lamp and buzzer', async () => {
    const fronts: Front[] = [];
    const model = readerModels.acr122.create(card, (front) => fronts.push(front));
    const channel = await layAndConnect(0, ACR122, { model });
    expect(toHex((await readUid(channel))!)).toBe('04112233445566');
    expect(toHex((await readAts(channel))!)).toBe('0578807002');
    expect(new TextDecoder().decode(await askReader(channel, 'firmware'))).toBe('ACR122U201');
    expect(toHex(await askReader(channel, 'picc-parameter'))).toBe('FF');
    expect(toHex(await askReader(channel, 'no-buzzer-on-detection'))).toBe('00');
    expect(await signal(channel, 'approved')).toBe(true);
    expect(toHex(await askReader(channel, 'lamp'))).toBe('02');
    expect(await signal(channel, 'declined')).toBe(true);
    expect(fronts).toEqual([
      { green: true, red: false, beeps: 1 },
      { green: false, red: true, beeps: 3 },
    ]);
    expect([...(await channel.transmit(commands.count))]).toEqual([1, 0x90, 0]);
  });

  test('an ACR1252U takes its own commands by control code', async () => {
    const fronts: Front[] = [];
    const model = readerModels.acr1252.create(card, (front) => fronts.push(front));
    const channel = await layAndConnect(1, ACR1252, { model });
    expect(new TextDecoder().decode(await askReader(channel, 'firmware'))).toBe('ACR1252U_V100');
    expect(await signal(channel, 'declined')).toBe(true);
    expect(toHex(await askReader(channel, 'lamp'))).toBe('01');
    expect(fronts.at(-1)).toEqual({ green: false, red: true, beeps: 2 });
    await expect(askReader(channel, 'buzzer-on-detection')).rejects.toMatchObject({
      code: 'reader-command-unsupported',
    });
  });

  test('a reader without lamps signals nothing, and one whose card has left neither', async () => {
    const without = await layAndConnect(4, SHORT);
    expect(await signal(without, 'approved')).toBe(false);
    expect(await readUid(without)).toBeUndefined();
    const model = readerModels.acr122.create(card);
    const channel = await layAndConnect(0, ACR122, { model });
    await presented[1]!.withdraw();
    expect(await signal(channel, 'approved')).toBe(false);
  });

  test('the overhead of a reader is measured where it answers something itself', async () => {
    const channel = await layAndConnect(0, ACR122, { model: readerModels.acr122.create(card) });
    expect(await readerOverhead(channel)).toBeGreaterThan(0);
    expect(await readerOverhead(await layAndConnect(4, SHORT))).toBeUndefined();
  });

  test('the slots of one reader hold a card each', async () => {
    for (const slot of [1, 2, 3])
      await present(slot, { answerToReset: Uint8Array.of(0x3b, slot, ...new Uint8Array(slot)) });
    const pcsc = open();
    const names = [0, 1, 2].map((slot) => `${readerModels.acr1252.readerName} 01 0${slot}`);
    while ((await pcsc.readers()).slice(1, 4).some(({ card }) => card !== 'present')) await sleep(5);
    expect((await pcsc.readers()).map(({ name }) => name)).toEqual([ACR122, ...names, SHORT]);
    for (const [slot, name] of names.entries()) {
      const channel = await pcsc.connect(name);
      expect(channel.answerToReset![1]).toBe(slot + 1);
      expect([...(await channel.transmit(commands.echo(slot)))]).toEqual([slot, 0x90, 0]);
      await channel.close();
    }
  });

  test('a reader that takes no extended length says so, and goes on', async () => {
    const channel = await layAndConnect(4, SHORT);
    await expect(channel.transmit(commands.extended)).rejects.toMatchObject({ code: 'extended-length-unsupported' });
    const asking = encodeCommand({ cla: 0x80, ins: 0x30, p1: 0, p2: 0, le: 300 });
    await expect(channel.transmit(asking)).rejects.toMatchObject({ code: 'extended-length-unsupported' });
    expect(await channel.transmit(commands.longest)).toHaveLength(258);
  });

  test('a card of T=0 is spoken to as one', async () => {
    const t0 = speakingT0(new ScriptCard());
    const channel = await layAndConnect(0, ACR122, { answerToReset: T0_ANSWER_TO_RESET }, t0);
    expect(channel.protocol).toBe('T=0');
    expect(toHex(await channel.transmit(commands.echo(1, 2)))).toBe('6102');
    expect(toHex(await channel.transmit(commands.count))).toBe('6C01');
    const heard = withTransportRules(channel);
    expect(toHex(await heard.transmit(commands.echo(1, 2, 3)))).toBe('0102039000');
    expect(toHex(await heard.transmit(commands.count))).toBe('029000');
    await expect(heard.transmit(commands.extended)).rejects.toMatchObject({ code: 'extended-length-unsupported' });
  });
});
