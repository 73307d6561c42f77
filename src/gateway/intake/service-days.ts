import type { Transaction } from 'kysely';
import { prepareQuery, type Tables } from '../storage/index.js';
import { IntakeError } from './intake-error.js';

const DAY_MS = 86_400_000;

const closedDays = prepareQuery((kysely) => kysely.selectFrom('service_days').select('service_day'));

export async function readClosedDays(transaction: Transaction<Tables>): Promise<ReadonlySet<string>> {
  const rows = await closedDays(transaction, {});
  return new Set(rows.map(({ service_day }) => service_day));
}

/** The day in whose books something of a day is put: the day itself or, once it is closed, the next one that is open. */
export function bookingDay(serviceDay: string, closed: ReadonlySet<string>): string {
  let day = serviceDay;
  while (closed.has(day)) day = new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
  return day;
}

/** Throws {@link IntakeError} `service-day-invalid`. */
export function checkIsDay(serviceDay: string): void {
  const instant = Date.parse(serviceDay);
  const isDay = !Number.isNaN(instant) && new Date(instant).toISOString().slice(0, 10) === serviceDay;
  if (!isDay) throw new IntakeError('service-day-invalid', serviceDay.slice(0, 10), 'not a day as YYYY-MM-DD');
}
