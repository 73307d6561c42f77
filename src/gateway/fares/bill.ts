import type { FareRule } from './fare-codes.js';
import type { PricedJourney, PriceStep } from './fare-types.js';

type Closed = Pick<PricedJourney, 'fareProduct' | 'fareFen' | 'discountFen' | 'netFen' | 'rules' | 'steps' | 'funding'>;

/** A journey's price as it comes about. */
export class Bill {
  #netFen: number;
  readonly #fareProduct: string;
  readonly #fareFen: number;
  readonly #steps: PriceStep[];
  readonly #funding: { readonly sponsor: string; amountFen: number }[] = [];

  constructor(fareProduct: string, fareFen: number, steps: readonly PriceStep[]) {
    this.#fareProduct = fareProduct;
    this.#fareFen = fareFen;
    this.#netFen = fareFen;
    this.#steps = steps.slice();
  }

  get netFen(): number {
    return this.#netFen;
  }

  add(steps: readonly PriceStep[]): void {
    for (const step of steps) this.#steps.push(step);
  }

  discount(amountFen: number, sponsor: string): void {
    if (amountFen <= 0) return;
    this.#netFen -= amountFen;
    const known = this.#funding.find((part) => part.sponsor === sponsor);
    if (known) known.amountFen += amountFen;
    else this.#funding.push({ sponsor, amountFen });
  }

  close(): Closed {
    return {
      fareProduct: this.#fareProduct,
      fareFen: this.#fareFen,
      discountFen: this.#fareFen - this.#netFen,
      netFen: this.#netFen,
      rules: rulesOf(this.#steps),
      steps: this.#steps,
      funding: this.#funding,
    };
  }
}

/** Each once. The fare and its rounding are no rules: they say what the tariff holds and how a sum became whole. */
function rulesOf(steps: readonly PriceStep[]): FareRule[] {
  const rules: FareRule[] = [];
  for (const { rule } of steps) {
    if (rule !== 'fare' && rule !== 'rounding' && !rules.includes(rule)) rules.push(rule);
  }
  return rules;
}
