import type { Campaign } from './campaign-schema.js';
import { weekOf } from './service-day.js';

/** How often each campaign was used by a card, by period. */
export type QuotaUse = Map<string, number>;

/** The period of a campaign's quota to which a service day belongs; `undefined` for a campaign without one. */
export function quotaPeriod({ id, quota }: Campaign, serviceDay: string, holidays: readonly string[]) {
  if (!quota) return undefined;
  if (quota.holidaysCountAlone && holidays.includes(serviceDay)) return `${id} holiday ${serviceDay}`;
  const period = { day: serviceDay, week: weekOf(serviceDay), month: serviceDay.slice(0, 7), campaign: '' }[quota.per];
  return `${id} ${quota.per} ${period}`;
}
