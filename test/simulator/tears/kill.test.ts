import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCardFile, openCardFile, readCardFile } from '../../../simulator/index.js';
import { type BuiltProgram, buildProgram } from '../../support/build-program.js';
import { issue, random, tap } from '../card-in-hand.js';

/** A real process, killed by signal 9 at a chosen call to a real disk. */

let program: BuiltProgram;
const folder = mkdtempSync(join(tmpdir(), 'yongtap-tears-'));

beforeAll(async () => {
  program = await buildProgram('test/simulator/tears/killed-tap.ts');
});
afterAll(() => {
  program.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function killedAt(path: string, call: number, when: 'before' | 'after') {
  const child = spawn(process.execPath, [program.path, path, String(call), when], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said, [, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return { said, signal };
}

const before = { balance: 10_000, applicationTransactionCounter: 0, log: [] };
const started = { ...before, applicationTransactionCounter: 1 };
const paid = { ...started, balance: 9_800, log: [expect.any(String)] };

/** A tap writes twice, with eight calls each: open, write, sync, close, rename; open, sync, close of the folder. */
test.each([
  [2, 'after', before],
  [5, 'before', before],
  [5, 'after', started],
  [8, 'after', started],
  [10, 'before', started],
  [10, 'after', started],
  [13, 'before', started],
  [13, 'after', paid],
  [16, 'after', paid],
] as const)('killed in call %i, %s it was made: the file holds the state before or after, whole', async (...row) => {
  const [call, when, expected] = row;
  const path = join(folder, `${call}-${when}.json`);
  createCardFile(path, issue('service-card-51'));
  expect(await killedAt(path, call, when)).toEqual({ said: '', signal: 'SIGKILL' });
  expect(readCardFile(path).state[0]).toMatchObject(expected);
  const card = openCardFile(path, { random });
  card.powerOn('contactless');
  const { data } = tap(card);
  card.close();
  const state = readCardFile(path).state[0]!;
  expect(data.get('9F36')![1]).toBe(expected.applicationTransactionCounter + 1);
  expect(state).toMatchObject({ balance: expected.balance - 200, log: { length: expected.log.length + 1 } });
});

test('not killed, it has answered for what the file holds', async () => {
  const path = join(folder, 'whole.json');
  createCardFile(path, issue('service-card-51'));
  expect(await killedAt(path, 0, 'before')).toEqual({ said: 'answered\n', signal: null });
  expect(readCardFile(path).state[0]).toMatchObject(paid);
});
