import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { untilInterrupted } from '../../src/cli/until-interrupted.js';

const listeners = () => process.listenerCount('SIGINT') + process.listenerCount('SIGTERM');
let before = 0;
beforeEach(() => {
  before = listeners();
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('Ctrl-C that comes twice, from the terminal and from npx, is one', async () => {
  const { interrupted, signal, dispose } = untilInterrupted();
  process.emit('SIGINT', 'SIGINT');
  await interrupted;
  expect(signal.aborted).toBe(true);
  dispose();
  expect(process.emit('SIGINT', 'SIGINT')).toBe(true);
  vi.advanceTimersByTime(500);
  expect(listeners()).toBe(before);
});

test('pressed again later it is left to the system, which ends the process at once', () => {
  untilInterrupted();
  process.emit('SIGINT', 'SIGINT');
  vi.advanceTimersByTime(500);
  expect(listeners()).toBe(before);
});

test('what is over gives both signals back', () => {
  untilInterrupted().dispose();
  expect(listeners()).toBe(before);
});
