import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { profileNames } from '../../simulator/index.js';
import { hasProgram } from '../cli/support/has-program.js';
import { type RunningGateway, shell, startGatewayProcess, temporaryFolder } from '../cli/support/yongtap.js';

const readme = readFileSync('README.md', 'utf8');
const blocks = [...readme.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block!);

/** What installs, needs a reader, goes on until Ctrl-C, or looks at the machine. */
const notHere = /npm ci|apt-get|yongtap (readers|gateway|doctor)|--reader/;

const cwd = temporaryFolder();
let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGatewayProcess({ cwd });
  // All of them are replayed elsewhere.
  cpSync('test-vectors/tlv-decode.json', join(cwd, 'test-vectors', 'tlv-decode.json'));
});
afterAll(() => gateway.end('SIGKILL'));

const runnable = blocks.filter((block) => !notHere.test(block) && (hasProgram('curl') || !block.includes('curl')));

test('most of what the README shows can be run here', () => {
  expect(blocks.length).toBeGreaterThan(6);
  expect(runnable.length).toBeGreaterThan(2);
});

test.each(runnable.map((block) => [block.split('\n')[0], block] as const))('%s', async (_, block) => {
  const pasted = block.replaceAll('http://127.0.0.1:8051', gateway.url);
  const { code, stdout, stderr } = await shell(`set -eo pipefail\n${pasted}`, {
    cwd,
    env: { KEY: gateway.key },
    isAlone: true,
  });
  expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: '' });
  if (block.includes('curl')) {
    const tap = JSON.parse(stdout);
    expect(tap).toMatchObject({ result: 'created', receipt: { journey: { fareFen: 200, netFen: 200 } } });
  }
});

test('the commands that need more are commands that there are', () => {
  const scripts = JSON.parse(readFileSync('package.json', 'utf8')).scripts;
  expect(scripts).toMatchObject({ demo: 'node bin/yongtap.js demo', test: expect.any(String) });
  expect(readFileSync('.ci/run', 'utf8')).toContain('npm test');
});

test('each profile that a page names is in the box', () => {
  const named = [...readme.matchAll(/--card ([a-z0-9-]+)(?= )/g)].map(([, name]) => name!);
  expect(named.length).toBeGreaterThan(1);
  expect(named.filter((name) => !profileNames().includes(name) && !name.includes('my-card'))).toEqual([]);
});

const pages = [
  'README.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

test.each(pages)('%s: what it links to is there', (page) => {
  const text = readFileSync(page, 'utf8').replace(/```.*?```/gs, '');
  const targets = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, target]) => join(dirname(page), target!));
  expect(targets.filter((target) => !existsSync(target))).toEqual([]);
});
