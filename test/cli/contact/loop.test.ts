import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  createTestPki,
  issueCard,
  loadProfile,
  openCard,
  type PresentableCard,
  type PresentedCard,
  type ReaderService,
  type SoftwareCard,
} from '../../../simulator/index.js';
import { startVirtualReaders } from '../../readers/virtual-readers.js';
import { requirePart } from '../../support/require-part.js';
import { seededRandom } from '../../terminal/tap/tap-fixture.js';
import { hasProgram } from '../support/has-program.js';
import { benchOfReaders } from '../tap/bench-of-readers.js';
import { meanwhile } from '../tap/meanwhile.js';
import type { SteppedProgram } from '../tap/run-in-steps.js';

/** A shop's day: cards are put into the slots of two readers of the real PC/SC service, and taken out again. */

let service: ReaderService;
const hasPcsc = await requirePart('pcsc', async () => {
  service = await startVirtualReaders({ readers: [{ name: 'Front slot' }, { name: 'Back slot' }] });
});

const PIN = '123456';
const cardOf = (profile: string): SoftwareCard =>
  openCard(issueCard(loadProfile(profile), createTestPki()), { random: seededRandom(1) });

describe.runIf(hasPcsc)('cards in a slot, one after the other', () => {
  const { folder, yongtap, run: begin, lay: layOn } = benchOfReaders(() => service);
  const lay = (card: PresentableCard, slot: 0 | 1 = 0, by: 'contact' | 'contactless' = 'contact') =>
    layOn(card, slot, { interface: by });
  const tap = (...options: string[]) => yongtap('tap', '--interface', 'contact', ...options);
  const start = (line: readonly string[], input: 'ignore' | 'pipe' = 'ignore') => begin(line, { TERM: 'xterm' }, input);
  const documentsOf = ({ lines }: SteppedProgram) => lines.map((line) => JSON.parse(line));

  test('a card is loaded, pulled half way and put in again, until Ctrl-C; each is told, recorded and counted', async () => {
    const recording = join(folder, 'slots.json');
    const loading = ['--type', 'load', '--amount', '20', '--pin', PIN, '--issuer', 'simulator'];
    const run = start(tap('--count', 'endless', '--json', '--trace', '--record', recording, ...loading));
    await run.says(/waiting for a card in Front slot 00 00, Back slot 01 00\n/);
    const card = cardOf('service-card-51');
    const first = await lay(card);
    await run.says(/take the card out of Front slot 00 00; waiting for a card in Back slot 01 00\n/);
    await first.withdraw();
    await run.says(/waiting for a card in Front slot/);
    const pulled: PresentedCard = await lay(meanwhile(card, 4, () => pulled.withdraw()));
    await run.says(/"reason":"card-removed"/);
    await run.says(/waiting for a card in Front slot/);
    await lay(card);
    await run.says(/take the card out of Front slot/);
    run.process.kill('SIGINT');
    expect(await run.ended).toBe(1);
    const [summary, ...taps] = documentsOf(run).reverse();
    expect(taps.reverse()).toMatchObject([
      { reader: 'Front slot 00 00', outcome: 'approved-online', electronicCashFen: 12_000 },
      { reader: 'Front slot 00 00', outcome: 'terminated', tear: 'card-removed' },
      { reader: 'Front slot 00 00', outcome: 'approved-online', electronicCashFen: 14_000 },
    ]);
    expect(summary).toMatchObject({
      summary: { taps: 3, approved: 2, debitedFen: 4_000, reasons: { 'card-removed': 1 }, timing: { taps: 3 } },
    });
    expect(JSON.parse(readFileSync(recording, 'utf8')).vectors).toHaveLength(3);
  });

  test('cards by radio are left alone with a word, by the loop and by a script', async () => {
    await lay(cardOf('service-card-51'), 1, 'contactless');
    const word = /Back slot 01 00: a contactless chip card .*; it is tapped without --interface contact\n/;
    const run = start(tap('--count', '2', '--amount', '5', '--pin', PIN));
    await run.says(word);
    await run.says(/^waiting for a card in Front slot 00 00\n/m);
    const first = await lay(cardOf('service-card-51'));
    await run.says(/ tap 1 {2}Front slot 00 00\n/);
    await run.says(/take the card out of Front slot 00 00\n/);
    await first.withdraw();
    await run.says(/waiting for a card in Front/);
    const second = await lay(cardOf('service-card-51'));
    expect(await run.ended).toBe(0);
    expect(run.lines.at(-1)).toBe('2 taps, 2 approved, 10.00 yuan');
    await second.withdraw();

    const script = start(tap('--json', '--amount', '5', '--pin', PIN));
    await script.says(word);
    await script.says(/present a card/);
    await lay(cardOf('service-card-51'));
    expect(await script.ended).toBe(0);
    expect(JSON.parse(script.lines.join('\n'))).toMatchObject({ accepted: true });
  });

  test.runIf(hasProgram('script'))('on a terminal each holder is asked for the PIN', async () => {
    const line = tap('--amount', '300', '--issuer', 'simulator')
      .map((word) => `'${word}'`)
      .join(' ');
    const run = start(['script', '-qec', line, '/dev/null'], 'pipe');
    await run.says(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] waiting for a card in Front.* {2}Ctrl-C ends/);
    const card = cardOf('service-card-51');
    for (const told of ['1 tap, 1 approved, 300.00 yuan', '2 taps, 2 approved, 600.00 yuan']) {
      const presented = await lay(card);
      await run.says(/Front slot 00 00: PIN \(offline, 3 tries left; Enter passes it over\): $/);
      run.process.stdin!.write(`${PIN}\r`);
      await run.says(new RegExp(`take the card out of Front.* {2}${told}`));
      await presented.withdraw();
      await run.says(/waiting for a card in Front/);
    }
    await lay(card);
    await run.says(/Enter passes it over\): $/);
    run.process.stdin!.write('\u0003');
    expect(await run.ended).toBe(1);
    expect(run.output).toMatch(/2 taps, 2 approved, 600\.00 yuan.*\r\n.*called off/);
    expect(run.output).not.toContain(PIN);
  });
});
