import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder, yongtap } from '../support/yongtap.js';

const cwd = temporaryFolder();
const slot = (...options: string[]) =>
  yongtap(
    ['tap', '--interface', 'contact', '--card', 'service-card-51', '--pin', '123456', '--count', '3', ...options],
    { cwd },
  );

test('a software card is put into the slot as often as was asked for, and pays each time', async () => {
  const { code, stdout, stderr } = await slot('--amount', '20', '--json', '--record', 'three.json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const taps = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(taps.map(({ reader, electronicCashFen }) => [reader, electronicCashFen])).toEqual(
    [8_000, 6_000, 4_000].map((fen) => ['software card service-card-51', fen]),
  );
  expect(JSON.parse(readFileSync(join(cwd, 'three.json'), 'utf8')).vectors).toHaveLength(3);
  const replay = await yongtap(['replay', 'three.json'], { cwd });
  expect(replay.stdout).toContain('3 passed, 0 failed');
});

test('people see which it is, the times of all, and what they came to; a declined one is a no', async () => {
  const { code, stdout } = await slot('--amount', '300', '--trace', '--offline');
  expect(code).toBe(1);
  expect(stdout.match(/ tap \d .*/g)).toEqual(
    [1, 2, 3].map((number) => ` tap ${number}  software card service-card-51`),
  );
  expect(stdout).toMatch(/Timing, ms \(3 taps\)[\s\S]*GENERATE AC/);
  expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^3 taps, 0 approved, 0\.00 yuan; not approved: 3 declined-\S+$/);
});
