import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReaderService } from '../../../simulator/index.js';
import { requirePart } from '../../support/require-part.js';
import { startVirtualReaders } from '../virtual-readers.js';
import { cardOnReader, requireProgram, runForeign } from './lay-card.js';

/** The programs of pcsc-tools, which show what the service tells without any help of ours. */

let service: ReaderService;
const hasPcsc = await requirePart('pcsc', async () => {
  service = await startVirtualReaders({ readers: [{ name: 'Yongtap virtual reader' }] });
});
const hasTools = await requirePart('pcsc-tools', () => {
  requireProgram('pcsc_scan', '-V');
  requireProgram('scriptor', '-h');
});

describe.runIf(hasPcsc && hasTools)('pcsc-tools', () => {
  let card: ReturnType<typeof cardOnReader>;
  beforeAll(() => {
    card = cardOnReader(service);
  });
  afterAll(async () => {
    await card?.end();
    await service?.stop();
  });
  const script = async (...lines: string[]) => {
    const { text } = await runForeign(service, 'scriptor', [], { input: `${lines.join('\n')}\n` });
    return text;
  };

  test('scan the readers', async () => {
    await card.lay('--ats', '0A788070026563686F21');
    const { text } = await runForeign(service, 'pcsc_scan', ['-n', '-c']);
    expect(text).toContain('Yongtap virtual reader 00 00');
    expect(text).toMatch(/Card inserted/);
    expect(text).toContain('3B 85 80 01 65 63 68 6F 21 24');
  });

  test('see a card come and go', async () => {
    await card.remove();
    const seen: (() => void)[] = [];
    const [looks, comes, goes] = ['looks', 'comes', 'goes'].map(
      (_, index) => new Promise<void>((resolve) => (seen[index] = resolve)),
    );
    const scan = runForeign(service, 'pcsc_scan', ['-n'], {
      until: (text) => {
        const states = [...text.matchAll(/Card (inserted|removed)/g)].map(([, state]) => state).join();
        const step = ['removed', 'removed,inserted', 'removed,inserted,removed'].indexOf(states);
        seen[step]?.();
        return step === 2;
      },
    });
    await looks;
    await card.lay();
    await comes;
    await card.remove();
    await goes;
    await scan;
  });

  test('speak T=0 to a card by themselves: 61xx, GET RESPONSE, 6Cxx, reset', async () => {
    await card.lay('--protocol', 'T=0');
    const text = await script(
      '00 A4 04 00 0E 31 50 41 59 2E 53 59 53 2E 44 44 46 30 31',
      '00 C0 00 00 20',
      '00 C0 00 00 1C',
      '00 B2 01 0C 00',
      'reset',
      '00 C0 00 00 1C',
    );
    expect(text).toContain('Using T=0 protocol');
    expect(text).toMatch(/< 61 1C/);
    expect(text).toMatch(/< 6C 1C/);
    expect(text).toMatch(/< 6F 1A 84 0E 31 50 41 59 [^<]*90 00/);
    expect(text).toMatch(/< 6C 1D/);
    expect(text).toMatch(/< OK: 3B 60 00 00/);
    expect(text).toMatch(/< 69 85/);
  });

  test('speak T=1 to a card in the field, and to its reader', async () => {
    await card.lay('--uid', '01020304');
    const text = await script('00 A4 04 00 0E 32 50 41 59 2E 53 59 53 2E 44 44 46 30 31 00', 'FF CA 00 00 00');
    expect(text).toContain('Using T=1 protocol');
    expect(text).toMatch(/< 6F 30 84 0E [^<]*90 00/);
    expect(text).toMatch(/< 01 02 03 04 90 00/);
  });
});
