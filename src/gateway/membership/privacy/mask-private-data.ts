import type { PrivateData } from '../private-data.js';
import rules from './masking.json';

const HIDDEN_MIN = 4;
const STAR = '*';

/**
 * What is shown of a person on a screen: the ends of an identity number and of a mobile number, the district of an
 * address. How much of each is data (`masking.json`).
 */
export function maskPrivateData({ identityType, identityNumber, mobile, address }: PrivateData): PrivateData {
  return {
    ...(identityType !== undefined && { identityType }),
    ...(identityNumber !== undefined && { identityNumber: maskIdentityNumber(identityNumber) }),
    ...(mobile !== undefined && { mobile: maskMobile(mobile) }),
    ...(address !== undefined && { address: maskAddress(address) }),
  };
}

export const maskIdentityNumber = (number: string): string => maskEnds(number, rules.identityNumber);

/** A mobile number as it may stand on a screen: `139****4001`. */
export const maskMobile = (mobile: string): string => maskEnds(mobile, rules.mobile);

/** `3302**********1234`. Of a text too short to hide four characters only the last one is shown. */
function maskEnds(text: string, { first, last }: { readonly first: number; readonly last: number }): string {
  const characters = [...text];
  const hidden = characters.length - first - last;
  if (hidden < HIDDEN_MIN) return STAR.repeat(characters.length - 1) + (characters.at(-1) ?? '');
  return characters.slice(0, first).join('') + STAR.repeat(hidden) + characters.slice(-last).join('');
}

/** `宁波市江东区***`: up to the smallest of the places named first; without any, nothing. */
export function maskAddress(address: string): string {
  const ends = rules.address.upTo.map((place) => address.indexOf(place)).filter((end) => end > 0);
  return `${ends.length > 0 ? address.slice(0, Math.min(address.length - 1, ends[0]! + 1)) : ''}${STAR.repeat(3)}`;
}
