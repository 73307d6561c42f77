import { FIRST_DELAY_MS, LONGEST_DELAY_MS } from './limits.js';

/**
 * Milliseconds until the next attempt after `attempts` that failed: four times longer each time, and up to a fifth more
 * or less, so that receivers that failed together are not asked together again. `wish`: what the receiver asked for.
 */
export function retryDelay(attempts: number, random: (length: number) => Uint8Array, wish = 0): number {
  const delay = Math.min(FIRST_DELAY_MS * 4 ** (attempts - 1), LONGEST_DELAY_MS);
  const share = Buffer.from(random(4)).readUInt32BE() / 0xffff_ffff;
  return Math.round(Math.max(delay * (0.8 + 0.4 * share), Math.min(wish, LONGEST_DELAY_MS)));
}
