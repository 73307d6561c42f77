import { onceFor } from '../../../emv/once-for.js';
import { groupBy } from '../group-by.js';
import type { Bill } from './bill.js';
import { benefitSteps, discountOf } from './campaign-benefit.js';
import { fundingOf } from './campaign-funding.js';
import { type QuotaUse, quotaPeriod } from './campaign-quota.js';
import type { Campaign, CampaignSet } from './campaign-schema.js';
import { campaignStep } from './campaign-step.js';
import type { FareCard } from './fare-types.js';
import { priceStep } from './price-step.js';
import { type Purchase, reasonsAgainst } from './reasons-against.js';
import { workCalendar } from './work-calendar.js';

/**
 * Puts on the bill what campaigns take off a purchase, and of every other campaign that concerns it why it takes off
 * nothing. Of exclusive ones the best counts; stackable ones come before or after it, by their order, on what is left. A
 * benefit counts as used only when it gave something.
 */
export function applyCampaigns(bill: Bill, purchase: Purchase, card: FareCard, set: CampaignSet, used: QuotaUse): void {
  const considered = campaignsConcerning(set, purchase, card);
  if (considered.length === 0) {
    bill.add([noCampaign]);
    return;
  }
  const calendar = workCalendar(set);
  const left = (): Purchase => ({ ...purchase, amountFen: bill.netFen });
  const holds = (campaign: Campaign, now: Purchase): boolean => {
    const reasons = reasonsAgainst(campaign, now, card, calendar, used);
    bill.add(reasons);
    return reasons.length === 0;
  };
  const give = (campaign: Campaign, now: Purchase, discountFen: number) => {
    const period = discountFen > 0 ? quotaPeriod(campaign, now.serviceDay, calendar) : undefined;
    if (period !== undefined) used.set(period, (used.get(period) ?? 0) + 1);
    bill.add(benefitSteps(campaign, now.amountFen, discountFen));
    for (const { sponsor, amountFen } of fundingOf(campaign, discountFen)) bill.discount(amountFen, sponsor);
  };
  const stack = (campaign: Campaign) => {
    const now = left();
    if (holds(campaign, now)) give(campaign, now, discountOf(campaign, now));
  };
  const { before, exclusive, after } = byStacking(considered);
  before.forEach(stack);
  const now = before.length === 0 ? purchase : left();
  const applicable = exclusive.filter((campaign) => holds(campaign, now));
  const [best, ...others] = applicable
    .map((campaign) => ({ campaign, discountFen: discountOf(campaign, now) }))
    .sort((one, other) => other.discountFen - one.discountFen);
  for (const { campaign } of others) bill.add([campaignStep(campaign, 'better-campaign')]);
  if (best) give(best.campaign, now, best.discountFen);
  after.forEach(stack);
}

const noCampaign = priceStep('no-campaign');

const isStackable = ({ stacking }: Campaign): boolean => stacking?.rule === 'stackable';
const orderOf = ({ stacking }: Campaign): number => stacking?.order ?? 0;

function byStacking(campaigns: readonly Campaign[]) {
  if (!campaigns.some(isStackable)) return { before: [], exclusive: campaigns, after: [] };
  const stackable = campaigns.filter(isStackable).sort((one, other) => orderOf(one) - orderOf(other));
  return {
    before: stackable.filter((campaign) => orderOf(campaign) < 0),
    exclusive: campaigns.filter((campaign) => !isStackable(campaign)),
    after: stackable.filter((campaign) => orderOf(campaign) >= 0),
  };
}

/** Campaigns of a service, those of one id together: versions of one campaign. */
const versionsByService = onceFor(({ campaigns }: CampaignSet) => {
  const byService = groupBy(campaigns, ({ service }) => service);
  return new Map(
    [...byService].map(([service, ofService]) => [service, [...groupBy(ofService, ({ id }) => id).values()]] as const),
  );
});

/** The campaigns of a ride's service, place and rider; of several versions that of the day. */
export function campaignsConcerning(
  set: CampaignSet,
  { tap, serviceDay }: Pick<Purchase, 'tap' | 'serviceDay'>,
  { categories = [] }: FareCard,
): Campaign[] {
  const { service, place } = tap;
  const found: Campaign[] = [];
  for (const versions of versionsByService(set).get(service) ?? []) {
    const campaign = versions.length === 1 ? versions[0]! : versionOn(versions, serviceDay);
    const { merchants, lines, riders } = campaign;
    if (merchants && !merchants.includes(place.merchant ?? '')) continue;
    if (lines && !lines.includes(place.line ?? '')) continue;
    if (riders && !riders.some((rider) => categories.includes(rider))) continue;
    found.push(campaign);
  }
  return found;
}

/** The version of the day; where there is none the one before it, or else the first that comes. */
export function versionOn(versions: readonly Campaign[], serviceDay: string): Campaign {
  const inOrder = [...versions].sort((one, other) => (one.from < other.from ? -1 : 1));
  return inOrder.findLast(({ from }) => from <= serviceDay) ?? inOrder[0]!;
}
