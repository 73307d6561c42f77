import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';
import { CardError, createCardFile, openCardFile, readCardFile } from '../../../simulator/index.js';
import { issue, random } from '../card-in-hand.js';

/** The tapping program as JavaScript, where Node finds the packages that it imports. */
async function tappingProgram(): Promise<string> {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const folder = join(root, 'node_modules', '.cache', `yongtap-card-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const outfile = join(folder, 'tap-for-ever.mjs');
  const entryPoints = [fileURLToPath(new URL('tap-for-ever.ts', import.meta.url))];
  const loader = { '.yaml': 'text' } as const;
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external', loader });
  return outfile;
}

/** The counters of the taps that were answered before the process was killed with signal 9. */
async function tapAndKill(program: string, path: string, taps: number, delayMs: number): Promise<number[]> {
  const child = spawn(process.execPath, [program, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (said === '') expect(() => openCardFile(path, { random })).toThrow(CardError);
    said += text;
    if (said.split('\n').length > taps) setTimeout(() => child.kill('SIGKILL'), delayMs);
  });
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
  return said.split('\n').slice(0, -1).map(Number);
}

test('killed in the middle of its taps, a card has paid for every tap it answered and for one more at most', async () => {
  const program = await tappingProgram();
  const folder = mkdtempSync(join(tmpdir(), 'yongtap-kill-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'card.json');
  createCardFile(path, issue('service-card-51'));
  let { balance, applicationTransactionCounter } = readCardFile(path).state[0]!;
  for (let round = 0; round < 10; round++) {
    const answered = await tapAndKill(program, path, 1 + (round % 4), round % 7);
    const state = readCardFile(path).state[0]!;
    const paid = balance - state.balance;
    expect(paid - answered.length, 'debits beyond the taps that were answered').toBeOneOf([0, 1]);
    expect(answered).toEqual(answered.map((_, index) => applicationTransactionCounter + 1 + index));
    expect(state.applicationTransactionCounter - applicationTransactionCounter - paid, 'started, not paid').toBeOneOf([
      0, 1,
    ]);
    expect(state.log).toHaveLength(Math.min(10, 10_000 - state.balance));
    ({ balance, applicationTransactionCounter } = state);
    openCardFile(path, { random }).close();
  }
});
