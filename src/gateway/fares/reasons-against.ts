import { onceFor } from '../../../emv/once-for.js';
import { weekdayOf } from '../../calendar/day.js';
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
import type { StepValues } from './price-step.js';
import { isInWindow } from './service-day.js';
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
  if (serviceDay < from) reasons.push(reasonStep(campaign, 'campaign-not-started', { day: from }));
  if (serviceDay > to) reasons.push(reasonStep(campaign, 'campaign-ended', { day: to }));
  if (generations && !generations.includes(generationAt(card, tap.at))) {
    reasons.push(reasonStep(campaign, 'other-generation'));
  }
  reasons.push(...reasonsOfMembership(campaign, purchase, card));
  if (regions && !regions.includes(tap.place.region ?? '')) reasons.push(reasonStep(campaign, 'outside-region'));
  if (days && !isOneOf(days, serviceDay, calendar)) reasons.push(reasonStep(campaign, 'not-on-this-day'));
  if (times && !times.some((window) => isInWindow(ms, window))) {
    reasons.push(reasonStep(campaign, 'not-at-this-time'));
  }
  if (benefit.kind === 'amount-off' && amountFen < benefit.thresholdFen) {
    reasons.push(reasonStep(campaign, 'below-threshold', { amount: formatYuan(benefit.thresholdFen) }));
  }
  const period = quotaPeriod(campaign, serviceDay, calendar);
  if (quota && period !== undefined && (used.get(period) ?? 0) >= quota.times) {
    const valuesZh = { period: periodsZh[quota.per] };
    reasons.push(reasonStep(campaign, 'quota-used', { times: quota.times, period: quota.per }, valuesZh));
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
  return [reasonStep(campaign, reason, { reason: text }, { reason: textZh })];
}

const knownSteps = onceFor((_campaign: Campaign) => new Map<string, PriceStep>());
const STEPS_MAX = 1000;

/** A step against a campaign, made once: of one rule nothing but the reason of a membership is told in several ways. */
function reasonStep(
  campaign: Campaign,
  rule: PriceStep['rule'],
  values: StepValues = {},
  valuesZh: StepValues = {},
): PriceStep {
  const known = knownSteps(campaign);
  const key = `${rule} ${values.reason ?? ''}`;
  const found = known.get(key);
  if (found) return found;
  const step = campaignStep(campaign, rule, values, { valuesZh });
  if (known.size >= STEPS_MAX) known.clear();
  known.set(key, step);
  return step;
}

const isOneOf = (days: NonNullable<Campaign['days']>, serviceDay: string, calendar: WorkCalendar): boolean =>
  days.weekdays.includes(weekdayOf(serviceDay)) ||
  (days.holidays && calendar.isHoliday(serviceDay)) ||
  (days.workingDays === true && calendar.isWorkingDay(serviceDay)) ||
  (days.restDays === true && !calendar.isWorkingDay(serviceDay));
