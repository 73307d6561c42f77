import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder, yongtap } from '../support/yongtap.js';

const cwd = temporaryFolder();
const PAN = '6228000100000000017';
const tap = (...options: string[]) => yongtap(['tap', '--profile', 'bus-validator', ...options], { cwd });
const documents = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test('a software card is tapped as often as was asked for, one line of JSON each, and pays each time', async () => {
  const { code, stdout, stderr } = await tap('--card', 'service-card-51', '--count', '3', '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const taps = documents(stdout);
  expect(taps.map(({ reason, reader }) => [reason, reader])).toEqual(
    Array(3).fill(['approved', 'software card service-card-51']),
  );
  const [first] = taps.map(({ record }) => record.sequence);
  expect(taps.map(({ record }) => record.sequence)).toEqual([first, first + 1, first + 2]);
});

test('one of them declined is a no; each is told with its number', async () => {
  const { code, stdout } = await tap('--card', 'empty-purse', '--count', '2');
  expect(code).toBe(1);
  expect(stdout.match(/ tap \d .*/g)).toEqual([
    ' tap 1  software card empty-purse',
    ' tap 2  software card empty-purse',
  ]);
});

test('all taps go into one recording, and a recording is played as often as was asked for', async () => {
  await tap('--card', 'wrong-signature', '--count', '2', '--record', 'two.json');
  expect(JSON.parse(readFileSync(join(cwd, 'two.json'), 'utf8')).vectors).toHaveLength(2);
  const { stdout } = await tap('--transcript', 'two.json', '--session', 'tap-2', '--count', '2', '--json');
  expect(documents(stdout).map(({ reason }) => reason)).toEqual(Array(2).fill('offline-data-authentication-failed'));
});

test('a loop in front of readers that cannot be asked ends at once, however long it would wait for a card', async () => {
  expect(await tap('--count', '2', '--timeout', '86400')).toMatchObject({
    code: 3,
    stderr: expect.stringMatching(/\[(?:service-absent|binding-missing)\]/),
  });
});

test.each(['0', '-1', '1.5', 'many'])('--count %s is refused', async (count) => {
  expect(await tap('--card', 'service-card-51', '--count', count)).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/--count.*endless.*\[wrong-use\]/),
  });
});

test('the trace in JSON masks the card number unless told to show it', async () => {
  const traceOf = async (...options: string[]) =>
    JSON.stringify(JSON.parse((await tap('--card', 'service-card-51', '--json', ...options)).stdout).trace);
  expect(await traceOf()).not.toContain(PAN);
  expect(await traceOf('--show-pan')).toContain(PAN);
});
