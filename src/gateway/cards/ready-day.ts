import { dayAfter } from '../../calendar/day.js';
import type { Calendar } from '../fares/calendar-schema.js';
import { boxedCalendar, daysBetween } from '../fares/with-calendars.js';
import { workCalendar } from '../fares/work-calendar.js';

export interface ReadyDay {
  /** YYYY-MM-DD */
  readonly day: string;
  /** The calendar does not reach so far: holidays could not be left out, weekends were. */
  readonly isAssumed: boolean;
}

/** The last of so many working days after a day, which does not count itself. */
export function readyDay(calendarId: string, from: string, workingDays: number): ReadyDay {
  const calendar = boxedCalendar(calendarId);
  const { isWorkingDay } = workCalendar(daysOf(calendar));
  let day = from;
  for (let left = workingDays; left > 0; ) {
    day = dayAfter(day);
    if (isWorkingDay(day)) left--;
  }
  const known = new Set(calendar?.years.map(({ year }) => String(year)));
  const isAssumed = workingDays > 0 && ![dayAfter(from), day].every((each) => known.has(each.slice(0, 4)));
  return { day, isAssumed };
}

const daysById = new Map<string, { readonly holidays: string[]; readonly workingDays: string[] }>();

/** The same object each time: working days are worked out once for each. */
function daysOf(calendar: Calendar | undefined) {
  const known = daysById.get(calendar?.id ?? '');
  if (known) return known;
  const years = calendar?.years ?? [];
  const days = {
    holidays: years.flatMap(({ holidays }) => holidays.flatMap(({ from, to }) => daysBetween(from, to))),
    workingDays: years.flatMap(({ workingDays }) => workingDays),
  };
  daysById.set(calendar?.id ?? '', days);
  return days;
}
