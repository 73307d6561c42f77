import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { CardError, createCardFile, openCardFile, readCardFile } from '../../../simulator/index.js';
import { buildProgram } from '../../support/build-program.js';
import { issue, random } from '../card-in-hand.js';

async function tappingProgram(): Promise<string> {
  const { path, remove } = await buildProgram('test/simulator/card/tap-for-ever.ts');
  onTestFinished(remove);
  return path;
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
