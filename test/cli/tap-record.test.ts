import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { shell, temporaryFolder, yongtap } from './support/yongtap.js';

const cwd = temporaryFolder();
const CARD = ['--card', 'service-card-51'];
const BUS = ['--profile', 'bus-validator', '--at', '2017-06-01T12:00:00+08:00'];
const tap = (...options: string[]) => yongtap(['tap', ...options], { cwd });
const read = (name: string) => JSON.parse(readFileSync(join(cwd, name), 'utf8'));

beforeAll(async () => {
  expect(await tap(...CARD, ...BUS, '--record', 'tap.json')).toMatchObject({ code: 0, stderr: '' });
});

test('a recorded tap is a vector that replays', async () => {
  const { suite, vectors } = read('tap.json');
  expect(suite).toBe('taps');
  expect(vectors).toMatchObject([{ id: 'tap-1', kind: 'session', input: { kernel: 'qpboc', date: '2017-06-01' } }]);
  for (const { at, elapsedUs } of vectors[0].input.transcript) {
    expect(at).toBeGreaterThanOrEqual(0);
    expect(elapsedUs).toBeGreaterThan(0);
  }
  expect(statSync(join(cwd, 'tap.json')).mode & 0o777, 'it holds a card number').toBe(0o600);
  expect(await yongtap(['replay', 'tap.json'], { cwd })).toEqual({
    code: 0,
    stdout: '1 passed, 0 failed\n',
    stderr: '',
  });
});

test.each(['--transcript', '--card'])('%s plays it with its own terminal, at its own time', async (option) => {
  const { code, stdout } = await tap(option, 'tap.json', '--json');
  const { reason, trace, record } = JSON.parse(stdout);
  expect({ code, reason }).toEqual({ code: 0, reason: 'approved' });
  expect(record).toMatchObject({ service: 'bus', event: 'single', amountFen: 200 });
  expect(Date.parse(record.at)).toBe(Date.parse('2017-06-01T12:00:00+08:00'));
  const commands = (list: { command: string }[]) => list.map(({ command }) => command);
  expect(commands(trace)).toEqual(commands(read('tap.json').vectors[0].input.transcript));
});

test('another terminal than the recorded one fails at the command that differs', async () => {
  const { code, stderr } = await tap('--transcript', 'tap.json', '--amount', '3');
  expect(code).toBe(1);
  expect(stderr).toMatch(/command 3 of \d+: .*\[transcript-mismatch\]/);
});

test('taps come one after the other into one file, declined ones too, and each can be played', async () => {
  await tap(...CARD, ...BUS, '--record', 'many.json');
  await tap('--card', 'empty-purse', ...BUS, '--record', 'many.json');
  await tap(...CARD, '--profile', 'metro-gate', '--event', 'exit', '--record', 'many.json');
  expect(read('many.json').vectors.map(({ id, title }: { id: string; title: string }) => [id, title])).toEqual([
    ['tap-1', 'bus-validator single, software card service-card-51: approved-offline'],
    ['tap-2', 'bus-validator single, software card empty-purse: declined'],
    ['tap-3', 'metro-gate exit, software card service-card-51: approved-offline'],
  ]);
  expect((await yongtap(['replay', 'many.json'], { cwd })).stdout).toBe('3 passed, 0 failed\n');
  const played = await tap('--transcript', 'many.json', '--session', 'tap-2', '--json');
  expect([played.code, JSON.parse(played.stdout).reason]).toEqual([1, 'declined-by-card']);
  expect(await tap('--transcript', 'many.json')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/3 sessions.*\[session-ambiguous\]\n.*tap-1, tap-2, tap-3/),
  });
  expect(await tap('--transcript', 'many.json', '--session', 'tap-9')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/\[session-unknown\]/),
  });
});

test('a transcript that an earlier version wrote is played, with the terminal that the options name', async () => {
  const { transcript, name, answerToReset } = read('tap.json').vectors[0].input;
  writeFileSync(join(cwd, 'old.json'), JSON.stringify({ name, answerToReset, transcript }));
  const { code, stdout } = await tap('--transcript', 'old.json', '--profile', 'bus-validator', '--json');
  expect([code, JSON.parse(stdout).reason]).toEqual([0, 'approved']);
});

test.each([
  ['nowhere/tap.json', 'record-unwritable'],
  ['folder', 'record-unwritable'],
  ['other.json', 'record-exists'],
])('%s: refused before the card is asked for anything', async (path, code) => {
  mkdirSync(join(cwd, 'folder'), { recursive: true });
  writeFileSync(join(cwd, 'other.json'), '{"transcript":[]}');
  const before = await yongtap(['card', 'show', ...CARD.slice(1), '--json'], { cwd });
  const refused = await tap(...CARD, ...BUS, '--record', path);
  expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(`[${code}]`) });
  expect(refused.stderr).not.toContain('The tap itself is kept');
  expect(await yongtap(['card', 'show', ...CARD.slice(1), '--json'], { cwd })).toEqual(before);
  expect(readFileSync(join(cwd, 'other.json'), 'utf8')).toBe('{"transcript":[]}');
});

/** A file may grow to the size of the recording, and beyond that fails as it does on a full disk. */
test('a disk that is full leaves the recording as it was, and the tap stands', async () => {
  const recording = read('tap.json');
  const before = JSON.stringify({ ...recording, source: 'a long one '.repeat(100_000) });
  writeFileSync(join(cwd, 'full.json'), before);
  const kilobytes = Math.floor(before.length / 1024);
  const line = `trap '' XFSZ; ulimit -f ${kilobytes}; yongtap tap ${[...CARD, ...BUS].join(' ')} --record full.json`;
  const { code, stdout, stderr } = await shell(line, { cwd, isAlone: true });
  expect(stderr).toMatch(/full\.json cannot be written: .*\[record-unwritable\]\n.*The tap itself is kept/);
  expect(code).toBe(3);
  expect(stdout).toContain('2.00 yuan debited');
  expect(readFileSync(join(cwd, 'full.json'), 'utf8')).toBe(before);
  expect(readdirSync(cwd).filter((name) => name.startsWith('full.json'))).toEqual(['full.json']);
});

test('what is no file is written to as it stands', async () => {
  const line = `mkfifo pipe; cat pipe & yongtap tap ${[...CARD, ...BUS].join(' ')} --record pipe >/dev/null; wait`;
  const { stdout } = await shell(line, { cwd, isAlone: true });
  expect(JSON.parse(stdout).vectors).toHaveLength(1);
});
