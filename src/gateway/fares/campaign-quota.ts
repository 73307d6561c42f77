import { weekOf } from '../../calendar/day.js';
import type { Campaign } from './campaign-schema.js';
import type { WorkCalendar } from './work-calendar.js';

/** How often each campaign was used by a card, by period. */
export type QuotaUse = Map<string, number>;

/** The period of a campaign's quota to which a service day belongs; `undefined` for a campaign without one. */
export function quotaPeriod({ id, quota }: Campaign, serviceDay: string, calendar: WorkCalendar) {
  if (!quota) return undefined;
  if (quota.holidaysCountAlone && calendar.isHoliday(serviceDay)) return `${id} holiday ${serviceDay}`;
  switch (quota.per) {
    case 'day':
      return `${id} day ${serviceDay}`;
    case 'week':
      return carriedPeriod({ id, per: 'week' }, serviceDay);
    case 'month':
      return `${id} month ${serviceDay.slice(0, 7)}`;
    case 'campaign':
      return carriedPeriod({ id, per: 'campaign' }, serviceDay);
  }
}

/** The same of a quota over a week or a whole campaign. */
export const carriedPeriod = (
  { id, per }: { readonly id: string; readonly per: 'campaign' | 'week' },
  serviceDay: string,
): string => (per === 'campaign' ? `${id} campaign` : `${id} week ${weekOf(serviceDay)}`);
