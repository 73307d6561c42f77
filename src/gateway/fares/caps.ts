import { formatYuan } from '../../tap/index.js';
import type { Bill } from './bill.js';
import { periodsZh } from './period-words.js';
import { priceStep } from './price-step.js';
import type { Ride } from './ride.js';
import type { Tariff } from './tariff-schema.js';

/** What was paid so far, by cap and period. */
export type PaidByPeriod = Map<string, number>;

/** Takes off what exceeds the most that a card pays for a service in a period, and counts what is left. */
export function applyCaps(bill: Bill, { service, serviceDay }: Ride, { caps }: Tariff, paid: PaidByPeriod): void {
  for (const cap of caps) {
    if (cap.service !== service) continue;
    const period = `${service} ${cap.per} ${cap.per === 'day' ? serviceDay : serviceDay.slice(0, 7)}`;
    const paidFen = paid.get(period) ?? 0;
    const overFen = Math.min(bill.netFen, Math.max(0, paidFen + bill.netFen - cap.atMostFen));
    if (overFen > 0) {
      const { per, sponsor } = cap;
      const values = { limit: formatYuan(cap.atMostFen), period: per, amount: formatYuan(overFen), sponsor };
      bill.add([priceStep('cap', values, { amountFen: -overFen, valuesZh: { period: periodsZh[per] } })]);
      bill.discount(overFen, sponsor);
    }
    paid.set(period, paidFen + bill.netFen);
  }
}
