import { formatYuan } from '../../tap/index.js';
import { generationAt } from '../membership/decide/card-refusal.js';
import { decideMember } from '../membership/decide/decide-membership.js';
import { wordsOf } from '../membership/decide/membership-reason.js';
import type { MembershipPolicy } from '../membership/decide/policy-schema.js';
import type { Priced } from './campaign-benefit.js';
import { type QuotaUse, quotaPeriod } from './campaign-quota.js';
import type { Campaign } from './campaign-schema.js';
import { campaignStep } from './campaign-step.js';
import type { FareCard, FareTap, PriceStep } from './fare-types.js';
import { periodsZh } from './period-words.js';
import { isInWindow, weekdayOf } from './service-day.js';
import type { WorkCalendar } from './work-calendar.js';

/** A ride as campaigns look at it. */
export interface Purchase extends Priced {
  /** The first tap: status is read as of its instant. */
  readonly tap: FareTap;
  /** That instant in milliseconds since 1970. */
  readonly ms: number;
  readonly serviceDay: string;
  /** How certifications are read. */
  readonly policy: MembershipPolicy;
}

/** All that stands against a campaign for a purchase; nothing where it holds. */
export function reasonsAgainst(
  campaign: Campaign,
  purchase: Purchase,
  card: FareCard,
  calendar: WorkCalendar,
  used: QuotaUse,
): PriceStep[] {
  const { tap, ms, serviceDay, amountFen } = purchase;
  const { benefit, days, from, generations, quota, regions, times, to } = campaign;
  const reasons: PriceStep[] = [];
  if (serviceDay < from) reasons.push(campaignStep(campaign, 'campaign-not-started', { day: from }));
  if (serviceDay > to) reasons.push(campaignStep(campaign, 'campaign-ended', { day: to }));
  if (generations && !generations.includes(generationAt(card, tap.at))) {
    reasons.push(campaignStep(campaign, 'other-generation'));
  }
  reasons.push(...reasonsOfMembership(campaign, purchase, card));
  if (regions && !regions.includes(tap.place.region ?? '')) reasons.push(campaignStep(campaign, 'outside-region'));
  if (days && !isOneOf(days, serviceDay, calendar)) reasons.push(campaignStep(campaign, 'not-on-this-day'));
  if (times && !times.some((window) => isInWindow(ms, window))) {
    reasons.push(campaignStep(campaign, 'not-at-this-time'));
  }
  if (benefit.kind === 'amount-off' && amountFen < benefit.thresholdFen) {
    reasons.push(campaignStep(campaign, 'below-threshold', { amount: formatYuan(benefit.thresholdFen) }));
  }
  const period = quotaPeriod(campaign, serviceDay, calendar);
  if (quota && period !== undefined && (used.get(period) ?? 0) >= quota.times) {
    const valuesZh = { period: periodsZh[quota.per] };
    reasons.push(campaignStep(campaign, 'quota-used', { times: quota.times, period: quota.per }, { valuesZh }));
  }
  return reasons;
}

/**
 * What stands against a campaign for members on their side, in the words of receipt and page alike. Of the member alone:
 * a card that must not be tapped has no purchase.
 */
export function reasonsOfMembership(
  campaign: Campaign,
  {
    tap,
    serviceDay,
    policy,
  }: Pick<Purchase, 'serviceDay' | 'policy'> & { readonly tap: Pick<FareTap, 'at' | 'service'> },
  card: FareCard,
): PriceStep[] {
  if (!campaign.membership) return [];
  const { certifiedFrom = 'never' } = campaign.membership;
  const { at, service } = tap;
  const { entitled, reason, year } = decideMember({ policy, card, at, service, serviceDay, certifiedFrom });
  if (entitled) return [];
  const { text, textZh } = wordsOf(reason, { year, at });
  return [campaignStep(campaign, reason, { reason: text }, { valuesZh: { reason: textZh } })];
}

const isOneOf = (days: NonNullable<Campaign['days']>, serviceDay: string, calendar: WorkCalendar): boolean =>
  days.weekdays.includes(weekdayOf(serviceDay)) ||
  (days.holidays && calendar.isHoliday(serviceDay)) ||
  (days.workingDays === true && calendar.isWorkingDay(serviceDay)) ||
  (days.restDays === true && !calendar.isWorkingDay(serviceDay));
