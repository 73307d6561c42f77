import { setTimeout } from 'node:timers/promises';
import { STOP_TIMEOUT_MS } from './http/limits.js';

/** Waits for what ends by itself, but not for ever. */
export async function inTime(ending: Promise<void>): Promise<void> {
  const timeout = new AbortController();
  await Promise.race([
    ending,
    setTimeout(STOP_TIMEOUT_MS, undefined, { signal: timeout.signal, ref: false }).catch(() => {}),
  ]);
  timeout.abort();
}
