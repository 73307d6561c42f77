import { DAY_MS } from './shanghai.js';

/** Whether a text names a day that there is: YYYY-MM-DD. */
export function isDay(text: string): boolean {
  const ms = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(ms) && nameOf(ms) === text;
}

const nameOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** The day so many days after another one, or before it; both YYYY-MM-DD. */
export const dayAfter = (day: string, days = 1): string => nameOf(Date.parse(`${day}T00:00Z`) + days * DAY_MS);

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

export const weekdayOf = (day: string): (typeof WEEKDAYS)[number] => WEEKDAYS[new Date(`${day}T00:00Z`).getUTCDay()]!;

/** The Monday of a day's week. */
export function weekOf(day: string): string {
  const sinceMonday = (new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7;
  return dayAfter(day, -sinceMonday);
}
