import { formatYuan } from '../../tap/index.js';
import type { Campaign, CampaignSet } from './campaign-schema.js';
import type { FareCard, FareTap, PriceStep } from './fare-types.js';
import { priceStep } from './price-step.js';
import { atRate } from './round-half-up.js';
import { weekdayOf, weekOf } from './service-day.js';

/** A ride as campaigns look at it. */
export interface Purchase {
  readonly tap: FareTap;
  readonly serviceDay: string;
  readonly amountFen: number;
}

/** How often each campaign was used by this card, by period. */
export type QuotaUse = Map<string, number>;

export interface CampaignResult {
  readonly discountFen: number;
  readonly sponsor?: string;
  readonly steps: readonly PriceStep[];
}

/** The best discount that a campaign gives on a purchase, and of every other campaign why it gave none. */
export function applyCampaigns(
  purchase: Purchase,
  card: FareCard,
  { campaigns, holidays }: CampaignSet,
  used: QuotaUse,
): CampaignResult {
  const considered = timely(
    campaigns.filter((campaign) => concerns(campaign, purchase)),
    purchase.serviceDay,
  );
  if (considered.length === 0) return { discountFen: 0, steps: [priceStep('no-campaign')] };
  const steps: PriceStep[] = [];
  const applicable: { campaign: Campaign; discountFen: number }[] = [];
  for (const campaign of considered) {
    const reasons = reasonsAgainst(campaign, purchase, card, holidays, used);
    steps.push(...reasons);
    if (reasons.length === 0) applicable.push({ campaign, discountFen: discountOf(campaign, purchase.amountFen) });
  }
  applicable.sort((one, other) => other.discountFen - one.discountFen);
  const [best, ...others] = applicable;
  for (const { campaign } of others) steps.push(step(campaign, 'better-campaign'));
  if (!best) return { discountFen: 0, steps };
  const { campaign, discountFen } = best;
  const period = quotaPeriod(campaign, purchase.serviceDay, holidays);
  if (period !== undefined && discountFen > 0) used.set(period, (used.get(period) ?? 0) + 1);
  steps.push(benefitStep(campaign, discountFen));
  return { discountFen, sponsor: campaign.sponsor, steps };
}

/** While a campaign runs nobody asks about those of another year; where none runs, they are the explanation. */
function timely(campaigns: readonly Campaign[], serviceDay: string): readonly Campaign[] {
  const running = campaigns.filter(({ from, to }) => from <= serviceDay && serviceDay <= to);
  return running.length > 0 ? running : campaigns;
}

const concerns = ({ service, merchants, lines }: Campaign, { tap }: Purchase): boolean =>
  service === tap.service &&
  (merchants === undefined || merchants.includes(tap.place.merchant ?? '')) &&
  (lines === undefined || lines.includes(tap.place.line ?? ''));

function reasonsAgainst(
  campaign: Campaign,
  { tap, serviceDay, amountFen }: Purchase,
  card: FareCard,
  holidays: readonly string[],
  used: QuotaUse,
): PriceStep[] {
  const reasons: PriceStep[] = [];
  const { benefit, days, from, membership, quota, regions, to } = campaign;
  if (serviceDay < from) reasons.push(step(campaign, 'campaign-not-started', { day: from }));
  if (serviceDay > to) reasons.push(step(campaign, 'campaign-ended', { day: to }));
  if (membership && !card.member) reasons.push(step(campaign, 'not-a-member'));
  const year = Number(serviceDay.slice(0, 4));
  if (membership && card.member && year >= (membership.certifiedFrom ?? Number.POSITIVE_INFINITY)) {
    if (!isCertified(card, year, tap.at)) reasons.push(step(campaign, 'not-certified', { year, at: tap.at }));
  }
  if (regions && !regions.includes(tap.place.region ?? '')) reasons.push(step(campaign, 'outside-region'));
  if (days && !isOneOf(days, serviceDay, holidays)) reasons.push(step(campaign, 'not-on-this-day'));
  if (benefit.kind === 'amount-off' && amountFen < benefit.thresholdFen) {
    reasons.push(step(campaign, 'below-threshold', { amount: formatYuan(benefit.thresholdFen) }));
  }
  const period = quotaPeriod(campaign, serviceDay, holidays);
  if (quota && period !== undefined && (used.get(period) ?? 0) >= quota.times) {
    reasons.push(
      step(campaign, 'quota-used', { times: quota.times, period: quota.per }, { period: periodsZh[quota.per] }),
    );
  }
  return reasons;
}

/** Certified for a year, by the member or by an officer, at or before the instant (the union's notice of 2015). */
const isCertified = ({ certifications }: FareCard, year: number, at: string): boolean =>
  certifications.some((certification) => certification.year === year && Date.parse(certification.at) <= Date.parse(at));

const isOneOf = (days: NonNullable<Campaign['days']>, serviceDay: string, holidays: readonly string[]): boolean =>
  days.weekdays.includes(weekdayOf(serviceDay)) || (days.holidays && holidays.includes(serviceDay));

const periodsZh = { day: '日', week: '周', month: '月', campaign: '活动' } as const;

function quotaPeriod({ id, quota }: Campaign, serviceDay: string, holidays: readonly string[]): string | undefined {
  if (!quota) return undefined;
  if (quota.holidaysCountAlone && holidays.includes(serviceDay)) return `${id} holiday ${serviceDay}`;
  const period = {
    day: serviceDay,
    week: weekOf(serviceDay),
    month: serviceDay.slice(0, 7),
    campaign: '',
  }[quota.per];
  return `${id} ${quota.per} ${period}`;
}

function discountOf({ benefit }: Campaign, amountFen: number): number {
  switch (benefit.kind) {
    case 'rate':
      return amountFen - atRate(amountFen, benefit.basisPoints);
    case 'amount-off':
      return Math.min(amountFen, benefit.atMostFen, Math.floor(amountFen / benefit.thresholdFen) * benefit.offFen);
    case 'fixed-price':
      return Math.max(0, amountFen - benefit.priceFen);
  }
}

const rules = { rate: 'member-rate', 'amount-off': 'amount-off', 'fixed-price': 'fixed-price' } as const;

function benefitStep(campaign: Campaign, discountFen: number): PriceStep {
  const { benefit, id, name, nameZh, sponsor } = campaign;
  const percent = benefit.kind === 'rate' ? benefit.basisPoints / 100 : undefined;
  return priceStep(
    rules[benefit.kind],
    { campaign: name, amount: formatYuan(discountFen), percent, sponsor },
    { amountFen: 0 - discountFen, campaign: id, valuesZh: { campaign: nameZh ?? name } },
  );
}

function step(
  { id, name, nameZh }: Campaign,
  rule: PriceStep['rule'],
  values: Readonly<Record<string, string | number>> = {},
  valuesZh: Readonly<Record<string, string>> = {},
): PriceStep {
  return priceStep(
    rule,
    { campaign: name, ...values },
    { campaign: id, valuesZh: { campaign: nameZh ?? name, ...valuesZh } },
  );
}
