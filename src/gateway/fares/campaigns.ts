import { benefitSteps, discountOf } from './campaign-benefit.js';
import { type QuotaUse, quotaPeriod } from './campaign-quota.js';
import type { Campaign, CampaignSet } from './campaign-schema.js';
import { campaignStep } from './campaign-step.js';
import type { FareCard, PriceStep } from './fare-types.js';
import { priceStep } from './price-step.js';
import { type Purchase, reasonsAgainst } from './reasons-against.js';

export interface CampaignResult {
  readonly discountFen: number;
  readonly sponsor?: string;
  readonly steps: readonly PriceStep[];
}

/**
 * The best discount that a campaign gives on a purchase, and of every other campaign why it gave none. A benefit counts
 * as used only when it gave something.
 */
export function applyCampaigns(
  purchase: Purchase,
  card: FareCard,
  { campaigns, holidays }: CampaignSet,
  used: QuotaUse,
): CampaignResult {
  const considered = campaigns.filter((campaign) => concerns(campaign, purchase));
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
  for (const { campaign } of others) steps.push(campaignStep(campaign, 'better-campaign'));
  if (!best) return { discountFen: 0, steps };
  const { campaign, discountFen } = best;
  const period = quotaPeriod(campaign, purchase.serviceDay, holidays);
  if (period !== undefined && discountFen > 0) used.set(period, (used.get(period) ?? 0) + 1);
  steps.push(...benefitSteps(campaign, purchase.amountFen));
  return { discountFen, sponsor: campaign.sponsor, steps };
}

const concerns = ({ service, merchants, lines }: Campaign, { tap }: Purchase): boolean =>
  service === tap.service &&
  (merchants === undefined || merchants.includes(tap.place.merchant ?? '')) &&
  (lines === undefined || lines.includes(tap.place.line ?? ''));
