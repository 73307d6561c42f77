import { formatYuan } from '../../tap/index.js';
import type { Campaign } from './campaign-schema.js';
import { campaignStep } from './campaign-step.js';
import type { PriceStep } from './fare-types.js';
import { atRate, isRounded } from './round-half-up.js';

/** What a campaign takes off an amount, in fen. */
export function discountOf(campaign: Campaign, amountFen: number): number {
  const { benefit } = campaign;
  switch (benefit.kind) {
    case 'rate':
      return amountFen - atRate(amountFen, benefit.basisPoints);
    case 'amount-off':
      return Math.min(amountFen, benefit.atMostFen, earnedFen(benefit, amountFen));
    case 'fixed-price':
      return Math.max(0, amountFen - benefit.priceFen);
  }
}

type AmountOff = Extract<Campaign['benefit'], { kind: 'amount-off' }>;

const earnedFen = ({ thresholdFen, offFen }: AmountOff, amountFen: number): number =>
  Math.floor(amountFen / thresholdFen) * offFen;

const rules = { rate: 'member-rate', 'amount-off': 'amount-off', 'fixed-price': 'fixed-price' } as const;

/** How the discount came about: what it is, who funds it, what was rounded or limited. */
export function benefitSteps(campaign: Campaign, amountFen: number): PriceStep[] {
  const { benefit, sponsor } = campaign;
  const discountFen = discountOf(campaign, amountFen);
  const percent = benefit.kind === 'rate' ? benefit.basisPoints / 100 : undefined;
  const values = { amount: formatYuan(discountFen), percent, sponsor };
  const steps = [campaignStep(campaign, rules[benefit.kind], values, { amountFen: 0 - discountFen })];
  if (benefit.kind === 'rate' && isRounded(amountFen, benefit.basisPoints)) {
    const exact = (amountFen * benefit.basisPoints) / 1_000_000;
    const net = formatYuan(amountFen - discountFen);
    steps.push(campaignStep(campaign, 'rounding', { percent, fare: formatYuan(amountFen), exact, net }));
  }
  if (benefit.kind === 'amount-off' && earnedFen(benefit, amountFen) > benefit.atMostFen) {
    const limits = { earned: formatYuan(earnedFen(benefit, amountFen)), limit: formatYuan(benefit.atMostFen) };
    steps.unshift(campaignStep(campaign, 'cap', limits, { textKey: 'cap-of-campaign' }));
  }
  return steps;
}
