import { onceFor } from '../../../emv/once-for.js';
import { weekdayOf } from '../../calendar/day.js';
import type { CampaignSet, Weekday } from './campaign-schema.js';

export interface WorkCalendar {
  isHoliday(serviceDay: string): boolean;
  /** Monday to Friday unless it is a holiday, and the weekends that are worked instead. */
  isWorkingDay(serviceDay: string): boolean;
}

const weekend: readonly Weekday[] = ['saturday', 'sunday'];

/** The calendar of a set of campaigns; every price asks for it. */
export const workCalendar = onceFor((set: Pick<CampaignSet, 'holidays' | 'workingDays'>): WorkCalendar => {
  const holidays = new Set(set.holidays);
  const worked = new Set(set.workingDays);
  return {
    isHoliday: (day) => holidays.has(day),
    isWorkingDay: (day) => worked.has(day) || !(holidays.has(day) || weekend.includes(weekdayOf(day))),
  };
});
