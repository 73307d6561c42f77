/** What a journey is booked with, or what was refunded of it. */
export interface JourneyShares {
  readonly cardFen: number;
  /** By sponsor. */
  readonly sponsors: ReadonlyMap<string, number>;
}

/**
 * What card and sponsors get back when the card gets back `amountFen` of what is left of its share: each sponsor as large
 * a part of its own, rounded down over all refunds together, and all that is left when the card gets back the rest.
 * Without an amount the card gets back the rest.
 */
export function splitRefund(
  booked: JourneyShares,
  before: JourneyShares,
  amountFen: number | undefined,
): JourneyShares {
  const restFen = booked.cardFen - before.cardFen;
  const cardFen = amountFen ?? restFen;
  const isAll = cardFen === restFen;
  const refundedFen = before.cardFen + cardFen;
  const sponsors = [...booked.sponsors].map(([sponsor, fen]): [string, number] => {
    const known = before.sponsors.get(sponsor) ?? 0;
    const wanted = isAll ? fen : Number((BigInt(fen) * BigInt(refundedFen)) / BigInt(booked.cardFen));
    return [sponsor, Math.max(0, wanted - known)];
  });
  return { cardFen, sponsors: new Map(sponsors) };
}
