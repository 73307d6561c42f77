import { ningboPolicy } from '../membership/decide/load-policy.js';
import type { MembershipPolicy } from '../membership/decide/policy-schema.js';
import { Bill } from './bill.js';
import type { QuotaUse } from './campaign-quota.js';
import type { CampaignSet } from './campaign-schema.js';
import { applyCampaigns } from './campaigns.js';
import { applyCaps, type PaidByPeriod } from './caps.js';
import type { FareCard, FareTap, PricedCard, PricedJourney } from './fare-types.js';
import { fullFare } from './full-fare.js';
import { pairTaps } from './pair-taps.js';
import type { IsClosed, Ride } from './ride.js';
import { inOrder, refusalsOf } from './sort-taps.js';
import type { Tariff } from './tariff-schema.js';
import { applyTransfer, type BusPair } from './transfer.js';

export interface PricingInput {
  readonly tariff: Tariff;
  readonly campaigns: CampaignSet;
  readonly card: FareCard;
  /** How certifications are read; Ningbo's policy if absent. */
  readonly policy?: MembershipPolicy | undefined;
  /** All taps of the card, in any order. */
  readonly taps: readonly FareTap[];
  /** Days on which no missing tap is waited for. */
  readonly isClosed: IsClosed;
}

/** What earlier rides of the card mean for the next one. */
interface Past {
  readonly quotas: QuotaUse;
  readonly paid: PaidByPeriod;
  busPair?: BusPair;
}

/**
 * Journeys and prices of one card: the same for the same taps in whatever order they came. Pure; status of member, card
 * and campaign is read as of each tap.
 */
export function priceCard({
  tariff,
  campaigns,
  card,
  policy = ningboPolicy(),
  taps,
  isClosed,
}: PricingInput): PricedCard {
  const sorted = inOrder(taps);
  const position = new Map(sorted.map(({ id }, index) => [id, index]));
  const refused = refusalsOf(sorted, card);
  const accepted = sorted.filter(({ id }) => !refused.has(id));
  const paired = pairTaps(accepted, tariff, isClosed);
  const startOf = (ride: Ride): number => position.get(firstTap(ride).id) ?? 0;
  const rides = [...paired.rides].sort((one, other) => startOf(one) - startOf(other));
  const past: Past = { quotas: new Map(), paid: new Map() };
  return {
    journeys: rides.map((ride) => priceRide(ride, tariff, campaigns, card, policy, past)),
    refused: sorted.flatMap(({ id }) => {
      const reason = refused.get(id) ?? paired.refused.get(id);
      return reason ? [{ tapId: id, reason }] : [];
    }),
  };
}

const firstTap = ({ start, end }: Ride): FareTap => (start ?? end)!;

const nothingYet = {
  fareProduct: 'open',
  fareFen: 0,
  discountFen: 0,
  netFen: 0,
  rules: [],
  steps: [],
  funding: [],
} as const;

function priceRide(
  ride: Ride,
  tariff: Tariff,
  campaigns: CampaignSet,
  card: FareCard,
  policy: MembershipPolicy,
  past: Past,
): PricedJourney {
  const tap = firstTap(ride);
  const { service, serviceDay, status, end } = ride;
  const journey = {
    id: tap.id,
    service,
    tapIds: [ride.start, end].flatMap((each) => (each ? [each.id] : [])),
    serviceDay,
    status,
    startedAt: tap.at,
    tariff: tariff.id,
    ...(end && ride.start && { endedAt: end.at }),
  };
  if (status === 'open') return { ...journey, ...nothingYet };
  const { fareFen, product, steps } = fullFare(ride, tariff);
  const bill = new Bill(fareFen, steps);
  const campaign = applyCampaigns({ tap, serviceDay, amountFen: fareFen, policy }, card, campaigns, past.quotas);
  bill.add(campaign.steps);
  bill.discount(campaign.discountFen, campaign.sponsor ?? '');
  if (service === 'bus') past.busPair = applyTransfer(bill, { tap, serviceDay }, tariff, past.busPair);
  applyCaps(bill, ride, tariff, past.paid);
  return { ...journey, fareProduct: product, ...bill.close() };
}
