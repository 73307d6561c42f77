import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReaderService } from '../../../simulator/index.js';
import { openPcsc } from '../../../src/readers/index.js';
import { requirePart } from '../../support/require-part.js';
import { startVirtualReaders } from '../virtual-readers.js';
import { cardOnReader, requireProgram, runForeign } from './lay-card.js';

/** OpenSC's programs find a software card as they find any other. */

const READER = 'Yongtap virtual reader 00 00';
const PPSE = '00A404000E325041592E5359532E444446303100';
const PSE = '00A404000E315041592E5359532E444446303100';

let service: ReaderService;
const hasPcsc = await requirePart('pcsc', async () => {
  service = await startVirtualReaders({ readers: [{ name: 'Yongtap virtual reader' }] });
});
const hasOpensc = await requirePart('opensc', () => requireProgram('opensc-tool', '--version'));

describe.runIf(hasPcsc && hasOpensc)('OpenSC', () => {
  let card: ReturnType<typeof cardOnReader>;
  beforeAll(() => {
    card = cardOnReader(service);
  });
  afterAll(async () => {
    await card?.end();
    await service?.stop();
  });
  const tool = async (...args: string[]) => {
    const { text, code } = await runForeign(service, 'opensc-tool', args);
    expect(code, text).toBe(0);
    return text;
  };

  test('lists the reader, with a card and without', async () => {
    await card.remove();
    expect(await tool('-l')).toMatch(/0 +No +Yongtap virtual reader 00 00/);
    await card.lay();
    expect(await tool('-l')).toMatch(/0 +Yes +Yongtap virtual reader 00 00/);
  });

  test.each([
    ['in the field', [], '3b:80:80:01:01'],
    ['in the field, by its answer to select', ['--ats', '0A788070026563686F21'], '3b:85:80:01:65:63:68:6f:21:24'],
    ['in a slot', ['--interface', 'contact'], '3b:e0:00:00:81:31:fe:45:eb'],
    ['in a slot, of protocol T=0', ['--protocol', 'T=0'], '3b:60:00:00'],
    ['as it is told', ['--atr', '3B6800000073C84000009000'], '3b:68:00:00:00:73:c8:40:00:00:90:00'],
  ])('reads the answer to reset of a card %s', async (_, options, answer) => {
    await card.lay(...options);
    expect(await tool('-a')).toContain(answer);
  });

  test('sends commands to the card, and to the reader', async () => {
    await card.lay('--uid', '04112233445566');
    const text = await tool('-s', PPSE, '-s', '00A4040007A0000000031010', '-s', 'FFCA000000');
    expect(text).toContain('PBOC DEBIT');
    expect(text).toMatch(/SW1=0x6A, SW2=0x82/);
    expect(text).toContain('04 11 22 33 44 55 66');
  });

  test('collects an answer over T=0, as its reader does', async () => {
    await card.lay('--protocol', 'T=0');
    const text = await tool('-s', PSE, '-s', '00B2010C00');
    expect(text).toMatch(/6F 1A 84 0E 31 50 41 59/);
    expect(text).toContain('PBOC DEBIT');
  });

  test('explores the card', async () => {
    await card.lay();
    const { text, code } = await runForeign(service, 'opensc-explorer', ['-m', ''], { input: `apdu ${PPSE}\nquit\n` });
    expect(code, text).toBe(0);
    expect(text).toContain('PBOC DEBIT');
    expect(text).toContain('Success!');
  });

  test('has no card while we have it alone, and shares it with us otherwise', async () => {
    await card.lay();
    const pcsc = openPcsc({ binding: 'smartcard' });
    const alone = await pcsc.waitForCard(READER, { timeoutMs: 5000, share: 'exclusive' });
    const refused = await runForeign(service, 'opensc-tool', ['-s', PPSE]);
    expect(refused.code).not.toBe(0);
    expect(refused.text).not.toContain('PBOC DEBIT');
    await alone.close();
    const shared = await pcsc.waitForCard(READER, { timeoutMs: 5000 });
    expect(await tool('-s', PPSE)).toContain('PBOC DEBIT');
    await shared.close();
    await pcsc.close();
  });
});
