import { formatYuan } from '../../tap/index.js';
import type { CampaignSet } from './campaign-schema.js';
import { applyCampaigns, type QuotaUse } from './campaigns.js';
import type { FareCard, FareRule, FareTap, PricedCard, PricedJourney, PriceStep, TapRefusal } from './fare-types.js';
import { fullFare } from './full-fare.js';
import { pairTaps, type Ride } from './pair-taps.js';
import { priceStep } from './price-step.js';
import { minutesBetween } from './service-day.js';
import { inOrder, refusalsOf } from './sort-taps.js';
import type { Tariff } from './tariff-schema.js';

export interface PricingInput {
  readonly tariff: Tariff;
  readonly campaigns: CampaignSet;
  readonly card: FareCard;
  /** All taps of the card, in any order. */
  readonly taps: readonly FareTap[];
  /** Whether a service day (YYYY-MM-DD) is over, so that no missing tap is waited for. */
  readonly isClosed: (serviceDay: string) => boolean;
}

/** What earlier rides of the card mean for the next one. */
interface Past {
  readonly quotas: QuotaUse;
  /** Paid so far by cap and period. */
  readonly paid: Map<string, number>;
  lastBusRide?: { readonly at: string; readonly wasTransfer: boolean };
}

/**
 * Journeys and prices of one card: the same for the same taps in whatever order they came. Pure; status of member, card
 * and campaign is read as of each tap.
 */
export function priceCard({ tariff, campaigns, card, taps, isClosed }: PricingInput): PricedCard {
  const sorted = inOrder(taps);
  const refused = refusalsOf(sorted, card);
  const paired = pairTaps(
    sorted.filter(({ id }) => !refused.has(id)),
    tariff,
    isClosed,
  );
  const positions = new Map(sorted.map((tap, position) => [tap, position]));
  const positionOf = (ride: Ride): number => positions.get(firstTap(ride)) ?? 0;
  const rides = [...paired.rides].sort((one, other) => positionOf(one) - positionOf(other));
  const past: Past = { quotas: new Map(), paid: new Map() };
  return {
    journeys: rides.map((ride) => priceRide(ride, tariff, campaigns, card, past)),
    refused: sorted.flatMap(({ id }) => {
      const reason: TapRefusal | undefined = refused.get(id) ?? paired.refused.get(id);
      return reason ? [{ tapId: id, reason }] : [];
    }),
  };
}

const firstTap = ({ start, end }: Ride): FareTap => (start ?? end)!;

function priceRide(ride: Ride, tariff: Tariff, campaigns: CampaignSet, card: FareCard, past: Past): PricedJourney {
  const tap = firstTap(ride);
  const { service, serviceDay, status, end } = ride;
  const journey = {
    id: tap.id,
    service,
    tapIds: [ride.start, end].flatMap((each) => (each ? [each.id] : [])),
    serviceDay,
    status,
    startedAt: tap.at,
    ...(end && ride.start && { endedAt: end.at }),
  };
  if (status === 'open') {
    return {
      ...journey,
      fareProduct: 'open',
      fareFen: 0,
      discountFen: 0,
      netFen: 0,
      rules: [],
      steps: [],
      funding: [],
    };
  }
  const { fareFen, product, steps: fareSteps } = fullFare(ride, tariff);
  const bill = new Bill(fareFen, fareSteps);
  const campaign = applyCampaigns({ tap, serviceDay, amountFen: fareFen }, card, campaigns, past.quotas);
  bill.add(campaign.steps);
  bill.discount(campaign.discountFen, campaign.sponsor ?? '');
  if (service === 'bus') applyTransfer(bill, tap, tariff, past);
  applyCaps(bill, ride, tariff, past);
  return { ...journey, fareProduct: product, ...bill.close() };
}

class Bill {
  #netFen: number;
  readonly #steps: PriceStep[];
  readonly #funding = new Map<string, number>();

  constructor(
    private readonly fareFen: number,
    steps: readonly PriceStep[],
  ) {
    this.#netFen = fareFen;
    this.#steps = [...steps];
  }

  get netFen(): number {
    return this.#netFen;
  }

  add(steps: readonly PriceStep[]): void {
    this.#steps.push(...steps);
  }

  discount(amountFen: number, sponsor: string): void {
    if (amountFen <= 0) return;
    this.#netFen -= amountFen;
    this.#funding.set(sponsor, (this.#funding.get(sponsor) ?? 0) + amountFen);
  }

  close() {
    const rules = new Set<FareRule>(this.#steps.map(({ rule }) => rule));
    rules.delete('fare');
    return {
      fareFen: this.fareFen,
      discountFen: this.fareFen - this.#netFen,
      netFen: this.#netFen,
      rules: [...rules],
      steps: this.#steps,
      funding: [...this.#funding].map(([sponsor, amountFen]) => ({ sponsor, amountFen })),
    };
  }
}

function applyTransfer(bill: Bill, tap: FareTap, { bus }: Tariff, past: Past): void {
  const { transfer } = bus ?? {};
  if (!transfer) return;
  const before = past.lastBusRide;
  const minutes = before ? minutesBetween(before.at, tap.at) : Number.POSITIVE_INFINITY;
  const isTransfer =
    before !== undefined && !before.wasTransfer && minutes >= transfer.fromMinutes && minutes <= transfer.uptoMinutes;
  past.lastBusRide = { at: tap.at, wasTransfer: isTransfer };
  if (!isTransfer) return;
  const amountFen = Math.min(bill.netFen, transfer.reductionFen);
  const values = { minutes: Math.floor(minutes), amount: formatYuan(amountFen), sponsor: transfer.sponsor };
  bill.add([priceStep('transfer', values, { amountFen: 0 - amountFen })]);
  bill.discount(amountFen, transfer.sponsor);
}

const periodsZh = { day: '日', month: '月' } as const;

function applyCaps(bill: Bill, { service, serviceDay }: Ride, { caps }: Tariff, past: Past): void {
  for (const cap of caps) {
    if (cap.service !== service) continue;
    const period = `${service} ${cap.per} ${cap.per === 'day' ? serviceDay : serviceDay.slice(0, 7)}`;
    const paidFen = past.paid.get(period) ?? 0;
    const overFen = Math.min(bill.netFen, Math.max(0, paidFen + bill.netFen - cap.atMostFen));
    if (overFen > 0) {
      const values = {
        limit: formatYuan(cap.atMostFen),
        period: cap.per,
        amount: formatYuan(overFen),
        sponsor: cap.sponsor,
      };
      bill.add([priceStep('cap', values, { amountFen: -overFen, valuesZh: { period: periodsZh[cap.per] } })]);
      bill.discount(overFen, cap.sponsor);
    }
    past.paid.set(period, paidFen + bill.netFen);
  }
}
