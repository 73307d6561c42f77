import type { FuzzTarget } from './fuzz-target.js';
import { tryInput } from './try-input.js';

const TRIES_MAX = 1000;

/** The error in words, with where it came from. */
export const describeError = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);

const kindOf = (error: unknown): string =>
  error instanceof Error ? `${error.name} ${error.message.replace(/\d+/g, '0')}` : typeof error;

async function errorOf(target: FuzzTarget, input: Uint8Array): Promise<unknown> {
  try {
    await tryInput(target, input);
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Leaves out of an input what its error does not need. */
export async function smallest(
  target: FuzzTarget,
  input: Uint8Array,
  error: unknown,
  begin: (input: Uint8Array) => void,
): Promise<{ input: Uint8Array; error: string }> {
  let best = { input: Uint8Array.from(input), error };
  let tries = 0;
  for (let size = best.input.length >> 1; size > 0 && tries < TRIES_MAX; size >>= 1) {
    for (let start = 0; start < best.input.length && tries < TRIES_MAX; tries++) {
      const { input: whole } = best;
      const shorter = Uint8Array.from([...whole.subarray(0, start), ...whole.subarray(start + size)]);
      begin(shorter);
      const came = await errorOf(target, shorter);
      if (came !== undefined && kindOf(came) === kindOf(error)) best = { input: shorter, error: came };
      else start += size;
    }
  }
  return { input: best.input, error: describeError(best.error) };
}
