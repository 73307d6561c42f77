import { onceFor } from '../../../emv/once-for.js';
import { groupBy } from '../group-by.js';
import { quotaPeriod } from './campaign-quota.js';
import type { CampaignSet } from './campaign-schema.js';
import { versionOn } from './campaigns.js';
import type { PriceStep } from './fare-types.js';
import { workCalendar } from './work-calendar.js';

/** That a journey used up a part of a campaign's quota. */
export interface QuotaUsed {
  readonly campaign: string;
  readonly serviceDay: string;
  /** In which it counts, as {@link quotaPeriod} names it. */
  readonly period: string;
}

export interface StepsOfDay {
  readonly serviceDay: string;
  readonly steps: readonly Pick<PriceStep, 'campaign' | 'amountFen'>[];
}

const versionsById = onceFor(({ campaigns }: CampaignSet) => groupBy(campaigns, ({ id }) => id));

/** What a journey used of quotas, read from the steps of its price: a benefit counts as used when it gave something. */
export function quotasUsed(set: CampaignSet, { serviceDay, steps }: StepsOfDay): QuotaUsed[] {
  return steps.flatMap(({ campaign: id, amountFen = 0 }): QuotaUsed[] => {
    const versions = id === undefined || amountFen >= 0 ? undefined : versionsById(set).get(id);
    if (id === undefined || !versions) return [];
    const period = quotaPeriod(versionOn(versions, serviceDay), serviceDay, workCalendar(set));
    return period === undefined ? [] : [{ campaign: id, serviceDay, period }];
  });
}
