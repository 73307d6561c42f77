import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { fromHex } from '../../../emv/index.js';
import {
  createTestPki,
  type Front,
  issueCard,
  loadProfile,
  openCard,
  type PresentableCard,
  type PresentedCard,
  type ReaderModel,
  type ReaderService,
  readerModels,
  type SoftwareCard,
} from '../../../simulator/index.js';
import { startVirtualReaders } from '../../readers/virtual-readers.js';
import { requirePart } from '../../support/require-part.js';
import { seededRandom } from '../../terminal/tap/tap-fixture.js';
import { hasProgram } from '../support/has-program.js';
import { benchOfReaders } from './bench-of-readers.js';
import { meanwhile } from './meanwhile.js';

/** An engineer's day at a bench: cards come and go on two readers of the real PC/SC service. */

let service: ReaderService;
const hasPcsc = await requirePart('pcsc', async () => {
  service = await startVirtualReaders({ readers: [{ name: 'Front virtual reader' }, { name: 'Back ACR122U' }] });
});

const image = (profile: string) => issueCard(loadProfile(profile), createTestPki());
const cardOf = (profile: string): SoftwareCard => openCard(image(profile), { random: seededRandom(1) });

describe.runIf(hasPcsc)('taps one after the other', () => {
  const { yongtap, run: begin, lay: layOn } = benchOfReaders(() => service);
  const slots = { front: 0, back: 1 };
  const lay = (card: PresentableCard, reader: keyof typeof slots = 'front', model?: ReaderModel) =>
    layOn(card, slots[reader], { model });
  const command = (...options: string[]) => yongtap('tap', '--profile', 'bus-validator', ...options);
  const start = (...options: string[]) => begin(command(...options));
  const waitingOnBoth = /waiting for a card on Front virtual reader 00 00, Back ACR122U 01 00\n/;

  test('each card on either reader is tapped and named, until Ctrl-C; a pulled card and an unplugged reader are waited out', async () => {
    const run = start('--count', 'endless', '--json');
    await run.says(waitingOnBoth);
    const first = await lay(cardOf('service-card-51'));
    await run.says(/take the card away from Front .*; waiting for a card on Back /);
    await lay(cardOf('empty-purse'), 'back');
    await run.says(/take the card away from Front .*, Back .*\n/);
    await first.withdraw();
    await run.says(/waiting for a card on Front /);
    const pulled: PresentedCard = await lay(meanwhile(cardOf('service-card-51'), 3, () => pulled.withdraw()));
    await run.says(/"reason":"card-removed"/);
    await run.says(/waiting for a card on Front /);
    await service.unplug();
    await run.says(/waiting for a reader\n/);
    await service.plugIn();
    await run.says(waitingOnBoth);
    await lay(cardOf('service-card-51'));
    await run.says(/take the card away from Front /);
    run.process.kill('SIGINT');
    expect(await run.ended).toBe(1);
    const taps = run.lines.map((line) => JSON.parse(line));
    expect(taps.map(({ reader, reason }) => [reader, reason])).toEqual([
      ['Front virtual reader 00 00', 'approved'],
      ['Back ACR122U 01 00', 'declined-by-card'],
      ['Front virtual reader 00 00', 'card-removed'],
      ['Front virtual reader 00 00', 'approved'],
    ]);
  });

  test('a service that ends amid a tap has torn it: what the card may have paid is told', async () => {
    const run = start('--count', 'endless', '--json');
    await run.says(waitingOnBoth);
    await lay(meanwhile(cardOf('service-card-51'), 8, () => service.unplug()));
    await run.says(/"reason":"service-absent"/);
    await service.plugIn();
    await run.says(waitingOnBoth);
    run.process.kill('SIGINT');
    expect(await run.ended).toBe(1);
    expect(run.lines.map((line) => JSON.parse(line))).toMatchObject([{ outcome: 'torn', mayHaveDebited: true }]);
  });

  test('a card with contacts and one without commands are left alone', async () => {
    const withContacts = '3B6800000073C84000009000';
    const storage = '3B8F8001804F0CA000000306030001000000006A';
    for (const [slot, answerToReset] of [withContacts, storage].map(fromHex).entries()) {
      await layOn(cardOf('service-card-51'), slot, { answerToReset });
    }
    const run = start('--count', '2');
    await run.says(/Front virtual reader 00 00: a chip with contacts/);
    await run.says(/Back ACR122U 01 00: a storage card, MIFARE Classic 1K/);
    await run.says(/^take the card away from Back ACR122U 01 00\n/m);
    run.process.kill('SIGINT');
    expect(await run.ended).toBe(0);
    expect(run.lines.at(-1)).toBe('0 taps, 0 approved, 0.00 yuan');
  });

  test('two cards on two readers are tapped at the same time, and no two taps get one number', async () => {
    const run = start('--count', '2', '--json');
    await run.says(waitingOnBoth);
    await lay(meanwhile(cardOf('service-card-51'), 2, () => run.says(/"reader":"Back ACR122U 01 00"/)));
    await lay(cardOf('service-card-51'), 'back');
    expect(await run.ended).toBe(0);
    const sequences = run.lines.map((line) => JSON.parse(line).record.sequence);
    expect(new Set(sequences).size).toBe(2);
  });

  test('people see which tap it is, what to do, and what it came to; another reader is left alone', async () => {
    await lay(cardOf('service-card-51'), 'back');
    const run = start('--reader', 'front', '--count', '2', '--trace');
    await run.says(/waiting for a card on Front virtual reader 00 00\n/);
    const first = await lay(cardOf('service-card-51'));
    expect(await run.says(/ tap 1 {2}Front virtual reader 00 00\n/)).toBeDefined();
    await run.says(/take the card away from Front /);
    await first.withdraw();
    await run.says(/waiting for a card on Front /);
    await lay(cardOf('service-card-51'));
    expect(await run.ended).toBe(0);
    expect(run.output).not.toContain('tap 3');
    expect(run.output).not.toMatch(/tap \d {2}Back/);
    expect(run.lines.at(-1)).toBe('2 taps, 2 approved, 4.00 yuan');
  });

  test('a card that lies there when it begins is tapped; then none comes in time', async () => {
    await lay(cardOf('service-card-51'));
    const run = start('--count', '2', '--timeout', '0.5');
    expect(await run.ended).toBe(1);
    expect(run.lines.at(-1)).toBe('1 tap, 1 approved, 2.00 yuan');
    expect(run.output).toMatch(/\[no-card\]/);
  });

  test('through nfc-pcsc too', async () => {
    const run = start('--count', '2', '--json', '--binding', 'nfc-pcsc');
    await run.says(waitingOnBoth);
    const first = await lay(cardOf('service-card-51'));
    await run.says(/take the card away/);
    await first.withdraw();
    await run.says(waitingOnBoth);
    await lay(cardOf('service-card-51'), 'back');
    expect(await run.ended).toBe(0);
    expect(run.lines).toHaveLength(2);
  });

  test('a gateway that takes nothing stops no tap, and all are kept', async () => {
    const gateway = createServer((_, response) => response.writeHead(401).end('{"code":"key-unknown"}'));
    await once(gateway.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
    try {
      const run = start('--count', '2', '--terminal', 'kept', '--post', url, '--key', 'x');
      await run.says(waitingOnBoth);
      await lay(cardOf('service-card-51'));
      await run.says(/1 tap is kept/);
      await lay(cardOf('service-card-51'), 'back');
      await run.says(/2 taps are kept/);
      expect(await run.ended).toBe(1);
      expect(run.output).toContain('2 taps, 2 approved, 4.00 yuan');
    } finally {
      gateway.close();
    }
  });

  test('a reader that answers for itself is measured, and tells the holder by lamp and buzzer', async () => {
    const run = start('--count', '2', '--json', '--feedback');
    await run.says(waitingOnBoth);
    const fronts: Front[] = [];
    const inField = { uid: Uint8Array.of(1, 2, 3, 4), ats: Uint8Array.of(5, 0x78, 0x80, 0x70, 2) };
    const model = readerModels.acr122.create(inField, (front) => fronts.push(front));
    const first = await lay(cardOf('service-card-51'), 'back', model);
    await run.says(/take the card away/);
    expect(fronts.at(-1)).toMatchObject({ green: true, red: false, beeps: 1 });
    await first.withdraw();
    await run.says(waitingOnBoth);
    await lay(cardOf('service-card-51'));
    expect(await run.ended).toBe(0);
    const [measured, unmeasured] = run.lines.map((line) => JSON.parse(line).timing);
    expect(measured).toMatchObject({ method: 'reader-measured' });
    expect(measured.readerUs).toBeGreaterThan(0);
    expect(measured.cardUs + measured.readerUs).toBe(measured.elapsedUs);
    expect(unmeasured.method, 'it hands the command on to its card').toBe('card-with-reader');
  });

  test.runIf(hasProgram('script'))('on a terminal it goes on by itself, with a line that lives', async () => {
    const line = command()
      .map((word) => `'${word}'`)
      .join(' ');
    const run = begin(['script', '-qec', line, '/dev/null'], { TERM: 'xterm' });
    await run.says(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] waiting for a card on Front.* {2}Ctrl-C ends/);
    const first = await lay(cardOf('service-card-51'));
    await run.says(/take the card away from Front.* {2}1 tap, 1 approved, 2\.00 yuan/);
    await first.withdraw();
    await run.says(/waiting for a card on Front.* {2}1 tap, 1 approved, 2\.00 yuan/);
    await lay(cardOf('service-card-51'));
    await run.says(/2 taps, 2 approved, 4\.00 yuan/);
    run.process.kill('SIGINT');
    await run.ended;
  });
});
