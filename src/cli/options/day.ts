import { CommandError } from '../exit-codes.js';

/** A day as YYYY-MM-DD; today in China where none is given. Throws `date-invalid` for what is no day. */
export function parseDay(text: string | undefined, option = '--date'): string {
  if (text === undefined) return new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
  if (isDay && new Date(text).toISOString().slice(0, 10) === text) return text;
  throw new CommandError('date-invalid', `${option} ${text}: not a day, YYYY-MM-DD`);
}
