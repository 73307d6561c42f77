import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bin, environment, shell, temporaryFolder } from './support/yongtap.js';

const cwd = temporaryFolder();
const ESCAPE = '\u001B[';
const tap = 'yongtap tap --card service-card-51 --profile bus-validator';

/** Runs a command on a terminal of its own. */
function onTerminal(options: string, env: Record<string, string> = {}) {
  const command = `'${process.execPath}' '${bin}' ${options}`;
  return spawnSync('script', ['-qec', command, '/dev/null'], {
    cwd,
    env: environment({ cwd, env: { TERM: 'xterm', ...env } }),
    encoding: 'utf8',
  });
}

test('colours on a terminal, none in a pipe', async () => {
  expect(onTerminal('decode 9F0206000000000200').stdout).toContain(ESCAPE);
  expect((await shell('yongtap decode 9F0206000000000200', { cwd })).stdout).not.toContain(ESCAPE);
  expect((await shell(tap, { cwd })).stdout).not.toContain(ESCAPE);
});

test('NO_COLOR and FORCE_COLOR are obeyed', async () => {
  expect(onTerminal('decode 9F0206000000000200', { NO_COLOR: '1' }).stdout).not.toContain(ESCAPE);
  expect((await shell(tap, { cwd, env: { FORCE_COLOR: '1' } })).stdout).toContain(ESCAPE);
  expect((await shell(tap, { cwd, env: { FORCE_COLOR: '0' } })).stdout).not.toContain(ESCAPE);
  expect((await shell('yongtap nothing', { cwd, env: { FORCE_COLOR: '1' } })).stderr).toContain(ESCAPE);
});

test('--json is never coloured', async () => {
  const { stdout } = await shell(`${tap} --json`, { cwd, env: { FORCE_COLOR: '1' } });
  expect(stdout).not.toContain(ESCAPE);
  expect(JSON.parse(stdout).accepted).toBe(true);
});

test.each([`${tap} --trace`, `yongtap decode ${'9F0206000000000200'.repeat(4000)}`, 'yongtap tap --help'])(
  'a reader that goes away ends %.40s quietly',
  async (line) => {
    const { code, stdout, stderr } = await shell(`set -o pipefail; ${line} | head -1`, { cwd, isAlone: true });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')).toHaveLength(2);
  },
);

test.runIf(existsSync('/dev/full'))('a full disk behind > is told by what could not be written', async () => {
  const { code, stderr } = await shell('yongtap decode 9F3602DEAD > /dev/full', { cwd, isAlone: true });
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringMatching(/^error standard output: ENOSPC.*\[output-unwritable\]$/m),
  });
});

test('a reader that goes away takes no tap along: one that has begun is kept whole, and no other begins', async () => {
  const line = `set -o pipefail; ${tap} --trace --count endless --record unread.json | head -1`;
  expect(await shell(line, { cwd, isAlone: true })).toMatchObject({ code: 0, stderr: '' });
  const { vectors } = JSON.parse(readFileSync(join(cwd, 'unread.json'), 'utf8'));
  expect(vectors.length).toBeGreaterThan(0);
});

test.each([
  ['yongtap decode 9F3602DE', 2],
  ['yongtap replay failing.json', 1],
])('a reader that goes away does not turn the no of %s into a yes', async (line, expected) => {
  const vectors = Array.from({ length: 100 }, (_, index) => ({
    id: `v${index}`,
    kind: 'nothing',
    input: {},
    expect: {},
  }));
  writeFileSync(join(cwd, 'failing.json'), JSON.stringify({ suite: 'failing', vectors }));
  const { code } = await shell(`set -o pipefail; ${line} 2>&1 | head -1`, { cwd, isAlone: true });
  expect(code).toBe(expected);
});

test('whoever gives oda nothing at a terminal is told so, instead of being waited for', () => {
  expect(onTerminal('oda')).toMatchObject({ status: 2, stdout: expect.stringContaining('[input-missing]') });
});

test('a profile for which the disk has no room is not left there empty', async () => {
  const line = `ulimit -f 1; yongtap card new large.yaml; yongtap card new large.yaml`;
  const { code, stderr } = await shell(line, { cwd, isAlone: true });
  expect({ code, said: stderr.match(/\[[a-z-]+\]/g) }).toEqual({ code: 2, said: ['[system-error]', '[system-error]'] });
  expect(existsSync(join(cwd, 'large.yaml'))).toBe(false);
});

test('a long replay tells how far it is on a terminal, and nothing of it in a pipe', async () => {
  const vector = { kind: 'hash.sm3', input: { data: '00'.repeat(30_000) }, expect: {} };
  const vectors = Array.from({ length: 1000 }, (_, index) => ({ id: `v${index}`, ...vector }));
  writeFileSync(join(cwd, 'many.json'), JSON.stringify({ suite: 'many', vectors }));
  const { stdout } = onTerminal('replay many.json');
  expect(stdout).toMatch(/\d+ of 1000 vectors/);
  expect(stdout).toContain('1000 passed, 0 failed');
  const piped = await shell('yongtap replay many.json', { cwd });
  expect(piped).toEqual({ code: 0, stdout: '1000 passed, 0 failed\n', stderr: '' });
});

test.each([
  ['decode', 0],
  ['oda', 2],
])('of a long log that %s reads a terminal is told so, and a pipe nothing', async (command, code) => {
  const exchange = `> 00A4040008A000000333010101\n< ${'00'.repeat(200)}9000\n`;
  writeFileSync(join(cwd, 'long.log'), exchange.repeat(2500));
  expect(onTerminal(`${command} long.log > told.txt`)).toMatchObject({
    status: code,
    stdout: expect.stringMatching(/^\r.{3}reading 1\.\d MiB\r/),
  });
  const piped = await shell(`yongtap ${command} long.log 2>&1 >told.txt`, { cwd });
  expect(piped).toMatchObject({ code, stdout: expect.not.stringContaining('reading') });
});
