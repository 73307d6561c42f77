import { onceFor } from '../../../emv/once-for.js';
import { formatYuan } from '../../tap/index.js';
import { sponsorsOf } from './campaign-funding.js';
import type { Campaign } from './campaign-schema.js';
import { campaignStep } from './campaign-step.js';
import type { PriceStep } from './fare-types.js';
import { atRate, isRounded } from './round-half-up.js';

/** What is bought, as a benefit looks at it. */
export interface Priced {
  readonly amountFen: number;
  /** What the first minutes of a stay cost, in fen; absent where time costs nothing. */
  readonly firstMinutesFen?: ((minutes: number) => number) | undefined;
}

/** What a campaign takes off an amount, in fen. */
export function discountOf(campaign: Campaign, { amountFen, firstMinutesFen }: Priced): number {
  const { benefit } = campaign;
  switch (benefit.kind) {
    case 'rate':
      return amountFen - atRate(amountFen, benefit.basisPoints);
    case 'amount-off':
      return Math.min(amountFen, benefit.atMostFen, earnedFen(benefit, amountFen));
    case 'fixed-price':
      return Math.max(0, amountFen - benefit.priceFen);
    case 'first-part-free':
      if (benefit.minutes === undefined) return Math.min(amountFen, benefit.fen ?? 0);
      // What begins later may cost more: a taxi is dearer at night.
      return Math.max(0, Math.min(amountFen, firstMinutesFen?.(benefit.minutes) ?? 0));
  }
}

type AmountOff = Extract<Campaign['benefit'], { kind: 'amount-off' }>;

const earnedFen = ({ thresholdFen, offFen }: AmountOff, amountFen: number): number =>
  Math.floor(amountFen / thresholdFen) * offFen;

const rules = {
  rate: 'member-rate',
  'amount-off': 'amount-off',
  'fixed-price': 'fixed-price',
  'first-part-free': 'first-part-free',
} as const;

const STEPS_MAX = 1000;

/** Steps of a campaign by what was spent and what comes off: most rides are like others. */
const knownSteps = onceFor((_campaign: Campaign) => new Map<string, readonly PriceStep[]>());

/** How the discount came about: what it is, who funds it, what was rounded or limited. */
export function benefitSteps(campaign: Campaign, amountFen: number, discountFen: number): readonly PriceStep[] {
  const known = knownSteps(campaign);
  const key = `${amountFen} ${discountFen}`;
  const found = known.get(key);
  if (found) return found;
  const steps = makeSteps(campaign, amountFen, discountFen);
  if (known.size >= STEPS_MAX) known.clear();
  known.set(key, steps);
  return steps;
}

function makeSteps(campaign: Campaign, amountFen: number, discountFen: number): PriceStep[] {
  const { benefit } = campaign;
  const percent = benefit.kind === 'rate' ? benefit.basisPoints / 100 : undefined;
  const sponsors = sponsorsOf(campaign).map(({ sponsor }) => sponsor);
  const values = { amount: formatYuan(discountFen), percent, sponsor: sponsors.join(' and '), ...freeValues(campaign) };
  const step = campaignStep(campaign, rules[benefit.kind], values, {
    amountFen: 0 - discountFen,
    ...textOf(campaign),
    valuesZh: { sponsor: sponsors.join('、') },
  });
  const steps = [step];
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

const freeValues = ({ benefit }: Campaign) =>
  benefit.kind === 'first-part-free' ? { minutes: benefit.minutes, limit: formatYuan(benefit.fen ?? 0) } : {};

function textOf({ benefit }: Campaign) {
  if (benefit.kind !== 'first-part-free') return {};
  return { textKey: benefit.minutes === undefined ? 'free-amount-of-campaign' : 'free-minutes-of-campaign' } as const;
}
