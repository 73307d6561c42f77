/** The sums of a morning, each from its own source, so that they can be held against each other. */
export interface Totals {
  /** From the closed books of the day: fares, and who bears them. */
  readonly grossFen: number;
  readonly cardFen: number;
  readonly sponsorFen: number;
  /** From the journeys: what the taps debited of them, and what is still to be collected. */
  readonly debitedFen: number;
  readonly dueFen: number;
  /** From the cards: what has left their purses. */
  readonly pursesFen: number;
  /** From the refused taps: what was debited for no journey. */
  readonly setAsideFen: number;
}

export function addsUp(totals: Totals): boolean {
  const { grossFen, cardFen, sponsorFen, debitedFen, dueFen, pursesFen, setAsideFen } = totals;
  return grossFen === cardFen + sponsorFen && cardFen === debitedFen + dueFen && pursesFen === debitedFen + setAsideFen;
}
