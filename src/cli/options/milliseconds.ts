import { InvalidArgumentError } from 'commander';

const MINUTE_MS = 60_000;

/** A time that somebody waits, up to a minute. */
export function parseMilliseconds(text: string): number {
  const milliseconds = Number(text);
  if (!(milliseconds > 0 && milliseconds <= MINUTE_MS)) throw new InvalidArgumentError('milliseconds, more than 0');
  return milliseconds;
}
