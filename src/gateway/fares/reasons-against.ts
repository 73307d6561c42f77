import { formatYuan } from '../../tap/index.js';
import { type QuotaUse, quotaPeriod } from './campaign-quota.js';
import type { Campaign } from './campaign-schema.js';
import { campaignStep } from './campaign-step.js';
import type { FareCard, FareTap, PriceStep } from './fare-types.js';
import { periodsZh } from './period-words.js';
import { weekdayOf } from './service-day.js';

/** A ride as campaigns look at it. */
export interface Purchase {
  /** The first tap: status is read as of its instant. */
  readonly tap: FareTap;
  readonly serviceDay: string;
  readonly amountFen: number;
}

/** All that stands against a campaign for a purchase; nothing where it holds. */
export function reasonsAgainst(
  campaign: Campaign,
  purchase: Purchase,
  card: FareCard,
  holidays: readonly string[],
  used: QuotaUse,
): PriceStep[] {
  const { tap, serviceDay, amountFen } = purchase;
  const { benefit, days, from, quota, regions, to } = campaign;
  const reasons: PriceStep[] = [];
  if (serviceDay < from) reasons.push(campaignStep(campaign, 'campaign-not-started', { day: from }));
  if (serviceDay > to) reasons.push(campaignStep(campaign, 'campaign-ended', { day: to }));
  reasons.push(...reasonsOfMembership(campaign, purchase, card));
  if (regions && !regions.includes(tap.place.region ?? '')) reasons.push(campaignStep(campaign, 'outside-region'));
  if (days && !isOneOf(days, serviceDay, holidays)) reasons.push(campaignStep(campaign, 'not-on-this-day'));
  if (benefit.kind === 'amount-off' && amountFen < benefit.thresholdFen) {
    reasons.push(campaignStep(campaign, 'below-threshold', { amount: formatYuan(benefit.thresholdFen) }));
  }
  const period = quotaPeriod(campaign, serviceDay, holidays);
  if (quota && period !== undefined && (used.get(period) ?? 0) >= quota.times) {
    const valuesZh = { period: periodsZh[quota.per] };
    reasons.push(campaignStep(campaign, 'quota-used', { times: quota.times, period: quota.per }, { valuesZh }));
  }
  return reasons;
}

function reasonsOfMembership(
  campaign: Campaign,
  { tap, serviceDay }: Purchase,
  { member, certifications }: FareCard,
): PriceStep[] {
  const { membership } = campaign;
  if (!membership) return [];
  if (!member) return [campaignStep(campaign, 'not-a-member')];
  const year = Number(serviceDay.slice(0, 4));
  if (year < (membership.certifiedFrom ?? Number.POSITIVE_INFINITY)) return [];
  return isCertified(certifications, year, tap.at)
    ? []
    : [campaignStep(campaign, 'not-certified', { year, at: tap.at })];
}

/** Certified for a year, by the member or by an officer, at or before the instant (the union's notice of 2015). */
const isCertified = (certifications: FareCard['certifications'], year: number, instant: string): boolean =>
  certifications.some(({ year: certified, at }) => certified === year && Date.parse(at) <= Date.parse(instant));

const isOneOf = (days: NonNullable<Campaign['days']>, serviceDay: string, holidays: readonly string[]): boolean =>
  days.weekdays.includes(weekdayOf(serviceDay)) || (days.holidays && holidays.includes(serviceDay));
