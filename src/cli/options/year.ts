import { InvalidArgumentError } from 'commander';

/** A year of four digits. */
export function parseYear(text: string): number {
  if (!/^20\d\d$/.test(text)) throw new InvalidArgumentError('a year, for instance 2016');
  return Number(text);
}
