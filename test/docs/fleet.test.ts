import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { defaultShares, shareDefinitions } from '../../src/cli/fleet/shares.js';
import { hasProgram } from '../cli/support/has-program.js';
import { type RunningGateway, shell, startGatewayProcess, temporaryFolder } from '../cli/support/yongtap.js';

const page = readFileSync('docs/fleet.md', 'utf8');
const cwd = temporaryFolder();
let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGatewayProcess({ cwd });
});
afterAll(() => gateway.end('SIGKILL'));

/** The lines that the page lets people paste, with what it shows of the answer. */
const blocks = [...page.matchAll(/```sh\n(.*?)```\n(?:\n```\n(.*?)```)?/gs)].map(([, commands = '', answer = '']) => ({
  commands,
  answer,
}));

it.runIf(hasProgram('curl'))(
  'shows lines that work as they are pasted, and what they print',
  async () => {
    expect(blocks).toHaveLength(3);
    for (const { commands, answer } of blocks) {
      const lines = commands.replaceAll('http://127.0.0.1:8051', gateway.url);
      const { code, stdout, stderr } = await shell(`set -eu\n${lines}`, { cwd, env: { KEY: gateway.key } });
      expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: '' });
      for (const line of answer.split('\n').filter((text) => !text.includes('…'))) expect(stdout).toContain(line);
    }
  },
  90_000,
);

it('tells each share with its default and its meaning', () => {
  for (const [name, { of, meaning }] of Object.entries(shareDefinitions)) {
    const value = defaultShares[name as keyof typeof defaultShares];
    expect(page).toContain(`| \`${name}\` | ${value} | ${of} | ${meaning} |`);
  }
});
