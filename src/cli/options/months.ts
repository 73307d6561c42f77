import { InvalidArgumentError } from 'commander';

const MONTHS_MAX = 360;

/** A number of months. */
export function parseMonths(text: string): number {
  const months = Number(text);
  if (/^\d{1,3}$/.test(text) && months >= 1 && months <= MONTHS_MAX) return months;
  throw new InvalidArgumentError(`a number of months from 1 to ${MONTHS_MAX}`);
}
