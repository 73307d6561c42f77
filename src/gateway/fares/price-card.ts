import type { Service } from '../../tap/index.js';
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
import { type TariffSet, type Tariffs, tariffOn, tariffSetOf, versionName } from './tariff-set.js';
import type { TimedTap } from './timed-tap.js';
import { applyTransfer, type BusPair } from './transfer.js';

export interface PricingInput {
  /** Several versions, of which the one of the journey's service day counts, or one for every day. */
  readonly tariff: Tariffs;
  readonly campaigns: CampaignSet;
  readonly card: FareCard;
  /** How certifications are read; Ningbo's policy if absent. */
  readonly policy?: MembershipPolicy | undefined;
  /** All taps of the card, in any order; or those of some whole windows and what goes over their edges. */
  readonly taps: readonly FareTap[];
  /** Ids of those taps that lie outside: they are good, and pair with what lies inside; what they begin is not priced. */
  readonly outside?: ReadonlySet<string> | undefined;
  /** What was used of quotas before each window, in the order of the windows of a service. */
  readonly carried?: readonly CarriedUse[] | undefined;
  /** Days on which no missing tap is waited for. */
  readonly isClosed: IsClosed;
}

/** How often campaigns had been used when a window began. */
export interface CarriedUse {
  readonly service: Service;
  readonly fromMs: number;
  readonly uses: QuotaUse;
}

/** What earlier rides of the card mean for the next one. */
interface Past {
  readonly quotas: QuotaUse;
  readonly paid: PaidByPeriod;
  busPair?: BusPair;
}

/** What all journeys of a card are priced under. */
interface Circumstances {
  readonly tariffs: TariffSet;
  readonly campaigns: CampaignSet;
  readonly card: FareCard;
  readonly policy: MembershipPolicy;
  readonly past: Past;
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
  outside,
  carried,
  isClosed,
}: PricingInput): PricedCard {
  const tariffs = tariffSetOf(tariff);
  const sorted = inOrder(taps, tariffs);
  const refused = refusalsOf(outside ? sorted.filter(({ tap }) => !outside.has(tap.id)) : sorted, card);
  const accepted = refused.size === 0 ? sorted : sorted.filter((each) => !refused.has(each));
  const paired = pairTaps(accepted, tariffs, isClosed);
  const inside = outside ? paired.rides.filter((ride) => !outside.has(firstTap(ride).tap.id)) : [...paired.rides];
  const rides = inside.sort((one, other) => firstTap(one).index - firstTap(other).index);
  const circumstances = { tariffs, campaigns, card, policy, past: { quotas: new Map(), paid: new Map() } };
  const carry = carried && carryInto(circumstances.past.quotas, carried);
  return {
    journeys: rides.map((ride) => {
      carry?.(ride);
      return priceRide(ride, circumstances);
    }),
    refused:
      refused.size + paired.refused.size === 0
        ? []
        : sorted.flatMap((each) => {
            const reason = refused.get(each) ?? paired.refused.get(each);
            return reason ? [{ tapId: each.tap.id, reason }] : [];
          }),
  };
}

const firstTap = ({ start, end }: Ride): TimedTap => (start ?? end)!;

/** Sets what was used before a window when the first ride in it comes. */
function carryInto(quotas: QuotaUse, carried: readonly CarriedUse[]): (ride: Ride) => void {
  const due = [...carried];
  return (ride) => {
    const { ms } = firstTap(ride);
    const isDue = ({ service, fromMs }: CarriedUse): boolean => service === ride.service && fromMs <= ms;
    for (let index = due.findIndex(isDue); index >= 0; index = due.findIndex(isDue)) {
      for (const [period, times] of due.splice(index, 1)[0]!.uses) quotas.set(period, times);
    }
  };
}

/** What a ride costs, without what the ride is. */
type Price = Omit<PricedJourney, RideField>;
type RideField = 'id' | 'service' | 'tapIds' | 'serviceDay' | 'status' | 'startedAt' | 'endedAt' | 'tariff';

const nothingYet: Price = {
  fareProduct: 'open',
  fareFen: 0,
  discountFen: 0,
  netFen: 0,
  rules: [],
  steps: [],
  funding: [],
};

/** A shop and a cinema are there without a tariff. */
const noTariff: Tariff = { id: 'none', name: 'none', serviceDayBegins: '03:00', caps: [] };

function priceRide(ride: Ride, circumstances: Circumstances): PricedJourney {
  const tariff = tariffOn(circumstances.tariffs, ride.serviceDay) ?? noTariff;
  const price = ride.status === 'open' ? nothingYet : priceOf(ride, tariff, circumstances);
  const { start, end } = ride;
  const first = firstTap(ride).tap;
  // Field by field: an object that is spread takes as long as all the rest of pricing.
  const journey = {
    id: first.id,
    service: ride.service,
    tapIds: start && end ? [first.id, end.tap.id] : [first.id],
    serviceDay: ride.serviceDay,
    status: ride.status,
    startedAt: first.at,
    tariff: versionName(tariff),
    fareProduct: price.fareProduct,
    fareFen: price.fareFen,
    discountFen: price.discountFen,
    netFen: price.netFen,
    rules: price.rules,
    steps: price.steps,
    funding: price.funding,
  };
  return start && end ? Object.assign(journey, { endedAt: end.tap.at }) : journey;
}

function priceOf(ride: Ride, tariff: Tariff, { campaigns, card, policy, past }: Circumstances): Price {
  const first = firstTap(ride);
  const { fareFen, product, steps } = fullFare(ride, tariff);
  const bill = new Bill(product, fareFen, steps);
  const purchase = {
    tap: first.tap,
    ms: first.ms,
    serviceDay: ride.serviceDay,
    amountFen: fareFen,
    policy,
    firstMinutesFen: (minutes: number) => fareFen - withoutFirst(ride, minutes, tariff),
  };
  applyCampaigns(bill, purchase, card, campaigns, past.quotas);
  if (ride.service === 'bus') past.busPair = applyTransfer(bill, first, tariff, past.busPair);
  applyCaps(bill, ride, tariff, past.paid);
  return bill.close();
}

const MINUTE_MS = 60_000;

/** What a stay costs that begins so many minutes later; nothing where it is over by then. */
function withoutFirst(ride: Ride, minutes: number, tariff: Tariff): number {
  const { start, end } = ride;
  if (!start || !end) return fullFare(ride, tariff).fareFen;
  const ms = start.ms + minutes * MINUTE_MS;
  return ms >= end.ms ? 0 : fullFare({ ...ride, start: { ...start, ms } }, tariff).fareFen;
}
