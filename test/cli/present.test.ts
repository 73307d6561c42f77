import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startYongtap, temporaryFolder, yongtap } from './support/yongtap.js';

/** The other end of the wire, where a virtual reader listens for cards. */
const cwd = temporaryFolder();
const socketPath = join(cwd, 'reader.sock');
let reader: Server;

beforeEach(async () => {
  reader = createServer((card) => card.on('error', () => {}).resume());
  await once(reader.listen(socketPath), 'listening');
});
afterEach(() => new Promise((resolve) => reader.close(resolve)));

test.each(['SIGINT', 'SIGTERM'] as const)('a card lies on the reader until %s, and is put away', async (signal) => {
  const laid = once(reader, 'connection') as Promise<[Socket]>;
  const child = startYongtap(['card', 'present', 'service-card-51', '--socket', socketPath], { cwd });
  const [card] = await laid;
  const [said] = await once(child.stderr.setEncoding('utf8'), 'data');
  expect(said).toContain('until Ctrl-C');
  const gone = once(card, 'close');
  child.kill(signal);
  expect(await once(child, 'exit')).toEqual([0, null]);
  await gone;
  const { code } = await yongtap(['tap', '--card', 'service-card-51'], { cwd });
  expect(code, 'the card is free again').toBe(0);
});

test('a program runs while the card lies there, and its exit code is the command’s', async () => {
  const present = ['card', 'present', 'service-card-51', '--socket', socketPath, '--'];
  expect((await yongtap([...present, 'bash', '-c', 'touch ran; exit 7'], { cwd })).code).toBe(7);
  expect(existsSync(join(cwd, 'ran'))).toBe(true);
  const { code, stderr } = await yongtap([...present, 'no-such-program'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain('[program-not-started]');
});

test('what ends it ends the program too, which has its time for that, and its signal is told as a shell tells it', async () => {
  const present = ['card', 'present', 'service-card-51', '--socket', socketPath, '--', 'bash', '-c'];
  const slow = 'trap "sleep 0.3; echo ended; exit 5" INT; echo began; while true; do sleep 0.05; done';
  const child = startYongtap([...present, slow], { cwd });
  const began = once(child.stdout.setEncoding('utf8'), 'data');
  expect(await began).toEqual(['began\n']);
  const [said, [code]] = await Promise.all([
    text(child.stdout),
    once(child, 'close'),
    (async () => child.kill('SIGINT'))(),
  ]);
  expect({ code, said }).toEqual({ code: 5, said: 'ended\n' });
  expect(await yongtap([...present, 'kill -9 $$'], { cwd })).toEqual({ code: 137, stdout: '', stderr: '' });
});

test('a reader that goes away ends it with 3', async () => {
  const laid = once(reader, 'connection') as Promise<[Socket]>;
  const ended = yongtap(['card', 'present', 'service-card-51', '--socket', socketPath], { cwd });
  const [card] = await laid;
  card.destroy();
  const { code, stderr } = await ended;
  expect(code).toBe(3);
  expect(stderr).toContain('[reader-gone]');
});

test('where no reader listens it says so', async () => {
  const { code, stderr } = await yongtap(['card', 'present', 'service-card-51', '--socket', `${socketPath}.not`], {
    cwd,
  });
  expect(code).toBe(3);
  expect(stderr).toContain('[virtual-reader-absent]');
});
