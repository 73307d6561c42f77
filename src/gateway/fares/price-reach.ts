import { onceFor } from '../../../emv/once-for.js';
import type { Service } from '../../tap/index.js';
import type { CampaignSet } from './campaign-schema.js';
import { type Tariffs, tariffSetOf } from './tariff-set.js';

/** How far prices of one service decide each other. */
export interface PriceReach {
  /** What is priced as a whole. */
  readonly unit: 'day' | 'week' | 'month';
  /** Quotas whose period goes over the end of such a unit: how often they were used before has to be known. */
  readonly carried: readonly CarriedQuota[];
}

export interface CarriedQuota {
  /** Of the campaign, all its versions. */
  readonly id: string;
  readonly per: 'campaign' | 'week';
  /** The most that any version gives. */
  readonly times: number;
  /** The first service day of any version. */
  readonly from: string;
}

const reaches = onceFor((_tariffs: Tariffs) => onceFor((_campaigns: CampaignSet) => new Map<Service, PriceReach>()));

/** How far a service's prices reach under these fares; every tap asks for it. */
export function priceReach(tariffs: Tariffs, campaigns: CampaignSet, service: Service): PriceReach {
  const known = reaches(tariffs)(campaigns);
  const reach = known.get(service) ?? reachOf(tariffs, campaigns, service);
  known.set(service, reach);
  return reach;
}

function reachOf(tariffs: Tariffs, { campaigns }: CampaignSet, service: Service): PriceReach {
  const quotas = campaigns.flatMap(({ id, from, quota, service: of }) =>
    of === service && quota ? [{ id, from, ...quota }] : [],
  );
  const caps = tariffSetOf(tariffs).versions.flatMap((version) =>
    version.caps.filter((cap) => cap.service === service),
  );
  const periods = new Set([...quotas, ...caps].map(({ per }) => per));
  const unit = periods.has('month') ? 'month' : periods.has('week') ? 'week' : 'day';
  const carried = new Map<string, CarriedQuota>();
  for (const { id, per, times, from } of quotas) {
    // A week reaches into two months.
    if (per !== 'campaign' && !(per === 'week' && unit === 'month')) continue;
    const before = carried.get(`${id} ${per}`);
    const first = before && before.from < from ? before.from : from;
    carried.set(`${id} ${per}`, { id, per, times: Math.max(times, before?.times ?? 0), from: first });
  }
  return { unit, carried: [...carried.values()] };
}
