import { InvalidArgumentError } from 'commander';

const COUNT_MAX = 1_000_000;

/** How often something is done: a number, or `endless`. */
export function parseCount(text: string): number {
  if (text === 'endless') return Number.POSITIVE_INFINITY;
  const count = Number(text);
  if (/^\d+$/.test(text) && count > 0 && count <= COUNT_MAX) return count;
  throw new InvalidArgumentError('a number of taps from 1, or: endless');
}
