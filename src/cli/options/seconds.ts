import { InvalidArgumentError } from 'commander';

const DAY_SECONDS = 86_400;

/** A time to wait, up to a day. */
export function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= DAY_SECONDS)) throw new InvalidArgumentError('seconds, more than 0');
  return seconds;
}
