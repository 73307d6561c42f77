import { formatYuan } from '../../tap/index.js';
import type { PriceStep } from './fare-types.js';
import { priceStep } from './price-step.js';

/** A row of the tariff, in words, and what it costs. */
export interface FareRow {
  readonly fareFen: number;
  readonly product: string;
  readonly productZh: string;
}

/** What a ride costs by the tariff alone. */
export interface FullFare {
  readonly fareFen: number;
  readonly product: string;
  readonly steps: readonly PriceStep[];
}

/** A full fare with its own step after those that led to it. */
export function fareOf({ fareFen, product, productZh }: FareRow, before: readonly PriceStep[] = []): FullFare {
  const values = { product, amount: formatYuan(fareFen) };
  const step = priceStep('fare', values, { amountFen: fareFen, valuesZh: { product: productZh } });
  return { fareFen, product, steps: [...before, step] };
}
