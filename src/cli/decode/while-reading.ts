import { tellProgress } from '../tell-progress.js';
import type { DecodeInput } from './read-input.js';

const MEBIBYTE = 1024 * 1024;

/** Reads what is to be understood before anything of it can be told; of a long text a terminal is told so meanwhile. */
export async function whileReading<Result>(input: DecodeInput, read: () => Result | Promise<Result>): Promise<Result> {
  const { length } = 'text' in input ? input.text : input.bytes;
  if (length < MEBIBYTE) return read();
  tellProgress(`reading ${(length / MEBIBYTE).toFixed(1)} MiB`);
  try {
    return await read();
  } finally {
    tellProgress('');
  }
}
