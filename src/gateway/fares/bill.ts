import type { FareRule } from './fare-codes.js';
import type { PricedJourney, PriceStep } from './fare-types.js';

/** Steps that no rule made: they say what the tariff holds and how a sum became whole. */
const notRules: readonly FareRule[] = ['fare', 'rounding'];

/** A journey's price as it comes about. */
export class Bill {
  #netFen: number;
  readonly #fareFen: number;
  readonly #steps: PriceStep[];
  readonly #funding = new Map<string, number>();

  constructor(fareFen: number, steps: readonly PriceStep[]) {
    this.#fareFen = fareFen;
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

  close(): Pick<PricedJourney, 'fareFen' | 'discountFen' | 'netFen' | 'rules' | 'steps' | 'funding'> {
    const rules = new Set(this.#steps.map(({ rule }) => rule));
    return {
      fareFen: this.#fareFen,
      discountFen: this.#fareFen - this.#netFen,
      netFen: this.#netFen,
      rules: [...rules].filter((rule) => !notRules.includes(rule)),
      steps: this.#steps,
      funding: [...this.#funding].map(([sponsor, amountFen]) => ({ sponsor, amountFen })),
    };
  }
}
