import type { Campaign } from './campaign-schema.js';

const BASIS_POINTS = 10_000;

/** Who pays a campaign's discount, and which part of it in basis points. */
export const sponsorsOf = ({ sponsor, funding }: Campaign): readonly { sponsor: string; basisPoints: number }[] =>
  funding ?? [{ sponsor: sponsor ?? '', basisPoints: BASIS_POINTS }];

/** A discount in the parts of its sponsors, whole fen each: what does not divide is the last one's. */
export function fundingOf(campaign: Campaign, discountFen: number) {
  const sponsors = sponsorsOf(campaign);
  let restFen = discountFen;
  return sponsors.map(({ sponsor, basisPoints }, index) => {
    const isLast = index === sponsors.length - 1;
    const amountFen = isLast ? restFen : Math.floor((discountFen * basisPoints) / BASIS_POINTS);
    restFen -= amountFen;
    return { sponsor, amountFen };
  });
}
