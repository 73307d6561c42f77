import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { fromHex } from '../../emv/bytes.js';
import {
  createTestPki,
  issueCard,
  loadProfile,
  openCard,
  type PresentableCard,
  type PresentedCard,
  type PresentOptions,
  presentCard,
  type ReaderService,
  readerModels,
  type SoftwareCard,
  speakingT0,
  T0_ANSWER_TO_RESET,
} from '../../simulator/index.js';
import { openPcsc } from '../../src/readers/index.js';
import { requirePart } from '../support/require-part.js';
import { runProgram } from './run-program.js';
import { ScriptCard } from './script-card.js';
import { startVirtualReaders } from './virtual-readers.js';

/** `yongtap readers` as its users meet it. */

const ACR122 = `${readerModels.acr122.readerName} 00 00`;
const SLOTS = [0, 1].map((slot) => `Two slots 01 0${slot}`);

let service: ReaderService;
const hasPcsc = await requirePart('pcsc', async () => {
  service = await startVirtualReaders({
    cardTimeoutMs: 1000,
    readers: [{ name: readerModels.acr122.readerName }, { name: 'Two slots', slots: 2 }],
  });
});

/** Answers everything with bytes that are no data objects, as if all went well. */
const garbage: PresentableCard = {
  powerOn: () => undefined,
  powerOff: () => {},
  transmit: () => fromHex('6F8190FFFF009000'),
};

describe.runIf(hasPcsc)('yongtap readers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yongtap-readers-command-'));
  const inField = { uid: fromHex('04112233445566'), ats: fromHex('0578807002') };
  let card: SoftwareCard;
  const presented: PresentedCard[] = [];
  const present = async (slot: number, what: PresentableCard, options: PresentOptions = {}) => {
    presented.push(await presentCard(what, { socketPath: service.slots[slot]!.socketPath, ...options }));
    const pcsc = openPcsc({ binding: 'smartcard' });
    while ((await pcsc.readers())[slot]!.card === 'absent') await sleep(5);
    await pcsc.close();
  };
  const readers = async (...options: string[]) => {
    const run = runProgram('bin/yongtap.js', ['readers', ...options], { YONGTAP_STATE: folder });
    expect(await run.ended).toBe(0);
    return run.lines.join('\n');
  };
  const first = async (...options: string[]) => JSON.parse(await readers('--json', ...options))[0];

  beforeAll(() => {
    const issued = issueCard(loadProfile('service-card-51'), createTestPki());
    card = openCard(issued, { random: (length) => new Uint8Array(length) });
  });
  afterEach(async () => {
    await Promise.all(presented.splice(0).map((presentation) => presentation.withdraw()));
    const pcsc = openPcsc({ binding: 'smartcard' });
    while ((await pcsc.readers()).some((reader) => reader.card !== 'absent')) await sleep(5);
    await pcsc.close();
  });
  afterAll(async () => {
    await service?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('tells what card it is, and what is on it, but not its number', async () => {
    await present(0, card, { model: readerModels.acr122.create(inField) });
    const json = await readers('--json');
    expect(JSON.parse(json)).toMatchObject([
      {
        name: ACR122,
        device: 'ACS ACR122U PICC Interface 00',
        slot: 0,
        reader: 'ACR122U',
        firmware: 'ACR122U201',
        interface: 'contactless',
        card: 'present',
        use: 'free',
        answerToReset: '3B80800101',
        kind: 'contactless',
        protocol: 'T=1',
        uid: '04112233445566',
        ats: '0578807002',
        standard: 'ISO/IEC 14443 A',
        directory: 'PPSE',
        applications: [
          { applicationIdentifier: 'A000000333010101', scheme: 'UnionPay debit', label: 'PBOC DEBIT', priority: 1 },
        ],
      },
      { name: SLOTS[0], device: 'Two slots 01', slot: 0, card: 'absent' },
      { name: SLOTS[1], device: 'Two slots 01', slot: 1, card: 'absent' },
    ]);
    const text = await readers('--explain');
    expect(text).toMatch(/TD2 Next characters and protocol +01 +T=1/);
    expect(text).toMatch(/1 +A000000333010101 +UnionPay debit +PBOC DEBIT/);
    expect(text).toContain('slot 2 of 2');
    const { pan } = card.inspect().applications[0]!;
    expect(`${json}${text}`).not.toContain(pan.slice(6, -4));
  });

  test('asks nothing when it shall only look', async () => {
    await present(0, card, { model: readerModels.acr122.create(inField) });
    const reader = await first('--no-probe');
    expect(reader).toMatchObject({ card: 'present', kind: 'contactless' });
    expect(reader).not.toHaveProperty('uid');
    expect(reader).not.toHaveProperty('applications');
  });

  test('reads the directory of a card in a slot, over T=0 as well', async () => {
    const options = { interface: 'contact', answerToReset: T0_ANSWER_TO_RESET } as const;
    await present(1, speakingT0(card), options);
    const [, reader] = JSON.parse(await readers('--json'));
    expect(reader).toMatchObject({ kind: 'contact', protocol: 'T=0', directory: 'PSE' });
    expect(reader.applications).toMatchObject([{ applicationIdentifier: 'A000000333010101' }]);
  });

  test.each([
    [
      'a storage card, which takes no commands',
      { answerToReset: '3B8F8001804F0CA000000306030001000000006A', typeB: false },
      { kind: 'storage', description: expect.stringMatching(/MIFARE Classic 1K/), uid: '04112233445566' },
    ],
    [
      'a card of type B, which has no answer to select',
      { answerToReset: '3B88800100000000338181003A', typeB: true },
      { kind: 'contactless', standard: 'ISO/IEC 14443 B', directory: 'none', applications: [] },
    ],
  ])('tells %s', async (_, { answerToReset, typeB }, expected) => {
    const model = readerModels.contactless.create(inField);
    const shown = typeB
      ? { ...model, transmit: (command: Uint8Array) => (command[2] === 1 ? fromHex('6A81') : model.transmit(command)) }
      : model;
    await present(0, new ScriptCard(), { answerToReset: fromHex(answerToReset), model: shown });
    const reader = await first();
    expect(reader).toMatchObject({ card: 'present', ...expected });
    if (!typeB) expect(reader).not.toHaveProperty('applications');
  });

  test('makes nothing of a card that answers garbage', async () => {
    await present(0, garbage);
    expect(await first()).toMatchObject({ directory: 'PPSE', applications: [] });
  });

  test('says that a card is used by another program, and leaves it alone', async () => {
    await present(0, card);
    const pcsc = openPcsc({ binding: 'smartcard' });
    const alone = await pcsc.waitForCard(ACR122, { timeoutMs: 5000, share: 'exclusive' });
    expect(await first()).toMatchObject({
      use: 'exclusive',
      problem: { code: 'card-in-use', message: expect.stringMatching(/for itself/) },
    });
    await alone.close();
    const shared = await pcsc.waitForCard(ACR122, { timeoutMs: 5000 });
    const told = await first();
    expect(told).toMatchObject({ use: 'shared', problem: { code: 'card-in-use' } });
    expect(told).not.toHaveProperty('applications');
    await shared.close();
    await pcsc.close();
  });

  test('says that a card is mute, at once or at its first command', async () => {
    await present(0, { ...garbage, powerOn: () => new Uint8Array(0) });
    expect(await readers()).toMatch(/card mute.*\n.*no answer to reset/);
    await presented.pop()!.withdraw();
    await present(1, { ...garbage, transmit: () => new Promise<never>(() => {}) });
    const [, reader] = JSON.parse(await readers('--json'));
    expect(reader).toMatchObject({ card: 'present', problem: { code: 'card-mute' } });
  });

  test.each(['smartcard', 'nfc-pcsc'])('follows what happens through %s until Ctrl-C', async (binding) => {
    const run = runProgram('bin/yongtap.js', ['readers', '--watch', '--json', '--binding', binding]);
    const until = async (count: number) => {
      while (run.lines.length < count) await run.said('{').then(() => sleep(10));
    };
    await until(3);
    await present(0, card, { model: readerModels.acr122.create(inField) });
    await until(4);
    await presented.pop()!.withdraw();
    await until(5);
    await service.unplug();
    await until(8);
    await service.plugIn();
    await until(11);
    run.process.kill('SIGINT');
    expect(await run.ended).toBe(0);
    const events = run.lines.map((line) => JSON.parse(line));
    expect(events.map(({ event, name }) => `${event} ${name}`)).toEqual([
      ...[ACR122, ...SLOTS].map((name) => `reader-plugged ${name}`),
      `card-inserted ${ACR122}`,
      `card-removed ${ACR122}`,
      ...[ACR122, ...SLOTS].map((name) => `reader-unplugged ${name}`),
      ...[ACR122, ...SLOTS].map((name) => `reader-plugged ${name}`),
    ]);
    expect(events[3]).toMatchObject({ uid: '04112233445566', applications: [{ scheme: 'UnionPay debit' }] });
    expect(events.every(({ at }) => !Number.isNaN(Date.parse(at)))).toBe(true);
  });

  test('follows for people', async () => {
    const run = runProgram('bin/yongtap.js', ['readers', '--watch', '--no-probe']);
    while (run.lines.length < 3) await run.said('').then(() => sleep(10));
    await present(2, card);
    while (run.lines.length < 6) await sleep(10);
    run.process.kill('SIGINT');
    expect(await run.ended).toBe(0);
    expect(run.lines[3]).toMatch(/^\d\d:\d\d:\d\d\.\d{3} {2}card-inserted +Two slots 01 01$/);
    expect(run.lines[4]).toMatch(/a contactless chip card/);
  });
});
