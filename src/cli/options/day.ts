import { isDay } from '../../calendar/day.js';
import { shanghaiDay } from '../../calendar/shanghai.js';
import { CommandError } from '../exit-codes.js';

/** A day as YYYY-MM-DD; today in China where none is given. Throws `date-invalid` for what is no day. */
export function parseDay(text: string | undefined, option = '--date'): string {
  if (text === undefined) return shanghaiDay(Date.now());
  if (isDay(text)) return text;
  throw new CommandError('date-invalid', `${option} ${text}: not a day, YYYY-MM-DD`);
}
