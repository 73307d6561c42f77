import type { TapOptions } from '../tap-options.js';

/**
 * Without `--count` a script gets its one tap, and an engineer at a terminal, in front of a reader, one after the other
 * (docs/decisions/0011-taps-at-a-terminal.md).
 */
export function howManyTaps({ card, count, json, transcript }: TapOptions, terminal: { isTTY?: boolean }): number {
  if (count !== undefined) return count;
  const isAtBench = card === undefined && transcript === undefined && !json && terminal.isTTY === true;
  return isAtBench ? Number.POSITIVE_INFINITY : 1;
}
