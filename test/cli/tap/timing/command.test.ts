import { expect, test } from 'vitest';
import { temporaryFolder, yongtap } from '../../support/yongtap.js';

const cwd = temporaryFolder();
const tap = (...options: string[]) => yongtap(['tap', ...options], { cwd });
const CARD = ['--card', 'service-card-51', '--profile', 'bus-validator'];

test('a trace ends with where the time went, the slowest command and the limits', async () => {
  const { stdout } = await tap(...CARD, '--trace', '--budget', '0.1');
  expect(stdout).toMatch(/Timing, ms +card +reader +terminal +total\n/);
  expect(stdout).toMatch(/▸ slowest: [A-Z0-9 a-z]+, \d+\.\d ms, \d+% of what the holder waits/);
  expect(stdout).toMatch(/in the field +▕.*▏ .* 500 ms, \d+% {2}JR\/T 0025\.12-2013 6\.6/);
  expect(stdout).toMatch(/the holder +▕█+▏ .* over 0\.1 ms/);
});

test('the words of the table are Chinese where asked for', async () => {
  expect((await tap(...CARD, '--trace', '--lang', 'zh')).stdout).toMatch(/计时，毫秒 +卡片 +读卡器 +终端 +合计/);
});

test('without --trace there is no table', async () => {
  expect((await tap(...CARD)).stdout).not.toContain('Timing');
});

test('a recording keeps the times, and its playback tells them again', async () => {
  const { timing, trace } = JSON.parse((await tap(...CARD, '--record', 'tap.json', '--json')).stdout);
  expect(timing).toMatchObject({ method: 'software-card', limits: [{ limit: 'field' }, { limit: 'gate' }] });
  expect(timing.cardUs + timing.readerUs + timing.terminalUs).toBe(timing.fieldUs);
  expect(timing.holderUs).toBe(timing.fieldUs + timing.decisionUs + timing.keptUs);
  const played = JSON.parse((await tap('--transcript', 'tap.json', '--json')).stdout);
  expect(played.timing).toEqual(timing);
  const times = (list: Record<string, unknown>[]) =>
    list.map(({ elapsedUs, cardUs, readerUs }) => [elapsedUs, cardUs, readerUs]);
  expect(times(played.trace)).toEqual(times(trace));
});

test('several taps end with their number, and with --trace how their times lie', async () => {
  const { stdout } = await tap(...CARD, '--count', '3', '--trace');
  expect(stdout).toMatch(/Timing, ms \(3 taps\) +times +median +p95 +max\n/);
  expect(stdout).toMatch(/the holder waits +3 +\d/);
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('3 taps, 3 approved, 6.00 yuan');
  const lines = (await tap(...CARD, '--count', '2', '--trace', '--json')).stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  expect(JSON.parse(lines[2]!).summary).toMatchObject({ taps: 2, approved: 2, debitedFen: 400, timing: { taps: 2 } });
});
