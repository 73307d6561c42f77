import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { inShell } from '../cli/support/yongtap.js';

/** Lines that a page lets people paste, with the answer that it shows after them. */
export interface PastedBlock {
  readonly commands: string;
  readonly answer: string | undefined;
}

/** The blocks of a page but those that `notHere` knows: what goes on until Ctrl-C, or stands for somebody's own key. */
export const blocksOf = (page: string, notHere?: RegExp): PastedBlock[] =>
  [...page.matchAll(/```sh\n(.*?)```\n(?:\n```json\n(.*?)```)?/gs)]
    .map(([, commands = '', answer]) => ({ commands, answer }))
    .filter(({ commands }) => !notHere?.test(commands));

const BETWEEN = '\u001e';

export interface PasteOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** What the page says, and what it is here: addresses. */
  readonly instead: Readonly<Record<string, string>>;
}

/** Pastes all blocks into one shell, which must find nothing wrong, and gives what each of them has printed. */
export async function paste(blocks: readonly PastedBlock[], { cwd, env, instead }: PasteOptions): Promise<string[]> {
  const npx = `npx() { shift; ${inShell()} "$@"; }`;
  const lines = blocks.map(({ commands }) => `${commands}printf '${BETWEEN}'\n`).join('');
  const here = Object.entries(instead).reduce((script, [told, real]) => script.replaceAll(told, real), lines);
  const shell = spawn('bash', ['-c', `set -euo pipefail\n${npx}\n${here}`], { cwd, env });
  shell.stdin.end();
  const [stdout, stderr, [code]] = await Promise.all([text(shell.stdout), text(shell.stderr), once(shell, 'close')]);
  expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: '' });
  return stdout.split(BETWEEN).slice(0, -1);
}
