import { formatYuan } from '../../tap/index.js';
import type { TapResult } from '../../terminal/index.js';

/** What counts of a tap. */
export type CountedTap = Pick<TapResult, 'accepted' | 'amountFen'> & { readonly reason: string };

/** How many taps there were, and what became of them. */
export class TapTally {
  #debitedFen = 0;
  #approved = 0;
  readonly #others = new Map<string, number>();

  get taps(): number {
    return this.#approved + this.notApproved;
  }

  get approved(): number {
    return this.#approved;
  }

  get notApproved(): number {
    return [...this.#others.values()].reduce((sum, count) => sum + count, 0);
  }

  get debitedFen(): number {
    return this.#debitedFen;
  }

  /** How often each reason was given to a tap that was not accepted. */
  get reasons(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#others);
  }

  add({ accepted, amountFen, reason }: CountedTap): void {
    if (accepted) {
      this.#approved++;
      this.#debitedFen += amountFen;
    } else this.addOther(reason);
  }

  /** One that was not accepted, or whose card left before it had begun. */
  addOther(reason: string): void {
    this.#others.set(reason, (this.#others.get(reason) ?? 0) + 1);
  }

  /** A torn tap that turned out to have been paid. */
  addRecovered(amountFen: number): void {
    this.#approved++;
    this.#debitedFen += amountFen;
  }

  /** For scripts. */
  get counts() {
    const { approved, debitedFen, notApproved, reasons, taps } = this;
    return { taps, approved, notApproved, debitedFen, reasons };
  }

  /** `3 taps, 2 approved, 5.10 yuan`. */
  get line(): string {
    const taps = this.taps === 1 ? '1 tap' : `${this.taps} taps`;
    return `${taps}, ${this.#approved} approved, ${formatYuan(this.#debitedFen)} yuan`;
  }
}
