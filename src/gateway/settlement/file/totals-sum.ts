import type { SettlementLine, SettlementTotals } from '../settlement.js';

const NO_TOTALS: SettlementTotals = {
  lines: 0,
  grossFen: 0,
  cardFen: 0,
  sponsorFen: 0,
  otherFen: 0,
  debitedFen: 0,
  amountFen: 0,
};

/** Sums lines as they pass. */
export class TotalsSum {
  #totals: { -readonly [name in keyof SettlementTotals]: number } = { ...NO_TOTALS };
  readonly #isSponsor: boolean;

  constructor(partyKind: 'operator' | 'sponsor') {
    this.#isSponsor = partyKind === 'sponsor';
  }

  add({ grossFen, cardFen, sponsorFen, otherFen, debitedFen }: SettlementLine): void {
    const totals = this.#totals;
    totals.lines++;
    totals.grossFen += grossFen;
    totals.cardFen += cardFen;
    totals.sponsorFen += sponsorFen;
    totals.otherFen += otherFen;
    totals.debitedFen += debitedFen;
    totals.amountFen += this.#isSponsor ? sponsorFen : grossFen;
  }

  get totals(): SettlementTotals {
    return { ...this.#totals };
  }
}
