import type { Transaction } from 'kysely';
import { dayAfter, isDay } from '../../calendar/day.js';
import { prepareQuery, type Tables } from '../storage/index.js';
import { IntakeError } from './intake-error.js';

const closedDays = prepareQuery((kysely) => kysely.selectFrom('service_days').select('service_day'));

export async function readClosedDays(transaction: Transaction<Tables>): Promise<ReadonlySet<string>> {
  const rows = await closedDays(transaction, {});
  return new Set(rows.map(({ service_day }) => service_day));
}

/** The day in whose books something of a day is put: the day itself or, once it is closed, the next one that is open. */
export function bookingDay(serviceDay: string, closed: ReadonlySet<string>): string {
  let day = serviceDay;
  while (closed.has(day)) day = dayAfter(day);
  return day;
}

/** Throws {@link IntakeError} `service-day-invalid`. */
export function checkIsDay(serviceDay: string): void {
  if (!isDay(serviceDay))
    throw new IntakeError('service-day-invalid', serviceDay.slice(0, 10), 'not a day as YYYY-MM-DD');
}
