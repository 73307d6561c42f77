import fc from 'fast-check';
import pc from 'picocolors';
import { expect, test } from 'vitest';
import { drawBar } from '../../../../src/cli/tap/timing/draw-bar.js';
import { printStatistics } from '../../../../src/cli/tap/timing/print-statistics.js';
import { printTiming } from '../../../../src/cli/tap/timing/print-timing.js';
import type { TapTiming } from '../../../../src/cli/tap/timing/split-time.js';
import { TapStatistics } from '../../../../src/cli/tap/timing/tap-statistics.js';

const plain = pc.createColors(false);
const part = (from: number, to: number, glyph: string) => ({ from, to, glyph, paint: (text: string) => text });

test.each([
  [[part(0, 50, 'a'), part(50, 100, 'b')], 'aaaaabbbbb'],
  [[part(20, 40, 'a'), part(60, 80, 'b')], '  aa  bb'],
  [[part(90, 91, 'a')], '         a'],
  [[part(100, 100, 'a')], ''],
  [[part(99.9, 100, 'a'), part(99.99, 100, 'b')], '         a'],
])('%j is drawn as %j', (parts, drawn) => {
  expect(drawBar(parts, 100, 10)).toBe(drawn);
});

test('a bar never leaves its columns, and whatever has length is seen', () => {
  const lengths = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(lengths, fc.nat(1_000_000), fc.integer({ min: 1, max: 80 }), (parts, startAt, columns) => {
      let end = startAt;
      const drawn = parts.map((length) => {
        end += length;
        return part(end - length, end, 'x');
      });
      const bar = drawBar(drawn, end, columns);
      expect(bar.length).toBeLessThanOrEqual(columns);
      expect(bar.includes('x')).toBe(end > startAt);
    }),
  );
});

const timing: TapTiming = {
  method: 'software-card',
  commands: [
    {
      name: 'a',
      title: 'SELECT PPSE',
      startUs: 0,
      terminalUs: 100_000,
      cardUs: 90_000,
      readerUs: 10_000,
      elapsedUs: 100_000,
    },
    {
      name: 'b',
      title: 'GET DATA 9F79',
      startUs: 200_000,
      terminalUs: 0,
      cardUs: 150_000,
      readerUs: 50_000,
      elapsedUs: 200_000,
    },
  ],
  cardUs: 240_000,
  readerUs: 60_000,
  terminalUs: 100_000,
  elapsedUs: 300_000,
  fieldUs: 400_000,
  decisionUs: 100_000,
  keptUs: 40_000,
  holderUs: 540_000,
  slowest: 1,
};

test('the table gives each its part, draws it where it lies, and marks the slowest', () => {
  const limits = [{ limit: 'gate', limitUs: 300_000, tookUs: 540_000, isWithin: false }] as const;
  expect(printTiming(timing, limits, plain, 'en')).toEqual([
    '',
    '  Timing, ms                    card   reader terminal    total',
    '  SELECT PPSE                   90.0     10.0    100.0    200.0  ░░░░░░░██████',
    '▸ GET DATA 9F79                150.0     50.0      0.0    200.0               ██████████▓▓▓▓',
    '  in the field                 240.0     60.0    100.0    400.0',
    '  authentication, decision                       100.0    100.0                             ░░░░░░',
    '  kept on the disk                                40.0     40.0                                   ░░░',
    '  the holder waits             240.0     60.0    240.0    540.0',
    '',
    '  █ card  ▓ reader  ░ terminal',
    '  ▸ slowest: GET DATA 9F79, 200.0 ms, 37% of what the holder waits',
    '  the holder ▕████████████████████▏ 540.0 over 300 ms, 180%',
    "  split: the card's time is that in which the software card worked, the reader's that of the channel to it",
  ]);
});

test('what is not told apart stands in one column', () => {
  const { cardUs: _, readerUs: __, ...rest } = timing;
  const commands = timing.commands.map(({ cardUs: _card, readerUs: _reader, ...command }) => command);
  const unsplit: TapTiming = { ...rest, method: 'card-with-reader', commands };
  const lines = printTiming(unsplit, [], plain, 'en');
  expect(lines[1]).toMatch(/card and reader +terminal +total$/);
  expect(lines[2]).toMatch(/SELECT PPSE +100\.0 +100\.0 +200\.0 {2}░+▒+$/);
});

test('quantiles are times that were measured', () => {
  const statistics = new TapStatistics();
  for (let tap = 1; tap <= 20; tap++) {
    const commands = [timing.commands[0]!, timing.commands[0]!].map((command) => ({
      ...command,
      elapsedUs: tap * 1000,
    }));
    statistics.add({ ...timing, commands, holderUs: tap * 2000 });
  }
  const { commands, holder, taps } = statistics.summary;
  expect(taps).toBe(20);
  expect(commands).toEqual([
    { title: 'SELECT PPSE', count: 20, medianUs: 10_000, p95Us: 19_000, maxUs: 20_000 },
    { title: 'SELECT PPSE (2)', count: 20, medianUs: 10_000, p95Us: 19_000, maxUs: 20_000 },
  ]);
  expect(holder).toEqual({ count: 20, medianUs: 20_000, p95Us: 38_000, maxUs: 40_000 });
  expect(printStatistics(statistics.summary, plain, 'en')).toContainEqual(
    expect.stringMatching(/^▸ SELECT PPSE +20 +10\.00 +19\.00 +20\.00 {2}█+·+$/),
  );
});
