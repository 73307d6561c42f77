import { parse } from 'yaml';
import { dayAfter } from '../../calendar/day.js';
import { boxedCalendars } from './boxed-fares.js';
import { type Calendar, calendarSchema } from './calendar-schema.js';
import type { CampaignSet } from './campaign-schema.js';

/** The calendars of the box by their ids. */
const calendars = new Map<string, Calendar>();

export function boxedCalendar(id: string): Calendar | undefined {
  const known = calendars.get(id);
  if (known) return known;
  const text = Object.hasOwn(boxedCalendars, id) ? boxedCalendars[id] : undefined;
  if (text === undefined) return undefined;
  const calendar = calendarSchema.parse(parse(text));
  calendars.set(id, calendar);
  return calendar;
}

/** A set of campaigns with the days of the calendars that it names, which are there. */
export function withCalendars(set: CampaignSet): CampaignSet {
  if (!set.calendars) return set;
  const years = set.calendars.flatMap((id) => boxedCalendar(id)?.years ?? []);
  const holidays = years.flatMap((year) => year.holidays.flatMap(({ from, to }) => daysBetween(from, to)));
  return {
    ...set,
    holidays: together(set.holidays, holidays),
    workingDays: together(
      set.workingDays ?? [],
      years.flatMap(({ workingDays }) => workingDays),
    ),
  };
}

const together = (...days: readonly (readonly string[])[]): string[] => [...new Set(days.flat())].sort();

/** All days from one to another, both of them too. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = dayAfter(day)) days.push(day);
  return days;
}
