import { decodeCompressedNumeric, toHex } from '../bytes.js';
import { panOfTrack2 } from '../card-number.js';

/** Card number in digits and its sequence number, `00` where the card has none, as the exception file has them. */
export interface Account {
  readonly pan: string;
  readonly panSequenceNumber: string;
}

interface Source {
  get(tag: string): Uint8Array | undefined;
}

const NOTHING = new Uint8Array();
const applicationPan = (card: Source): string | undefined => decodeCompressedNumeric(card.get('5A') ?? NOTHING);
const trackTwoPan = (card: Source): string | undefined => panOfTrack2(card.get('57') ?? NOTHING);

/** The account as far as the card has named it; the signed 5A counts before track 2. */
export function accountOf(card: Source): Account | undefined {
  const pan = applicationPan(card) ?? trackTwoPan(card);
  if (pan === undefined) return undefined;
  const sequence = card.get('5F34');
  return { pan, panSequenceNumber: sequence?.length === 1 ? toHex(sequence) : '00' };
}

/** Whether track 2 and the signed record name two different cards (JR/T 0025.10-2013 6.5). */
export function namesTwoCards(card: Source): boolean {
  const signed = applicationPan(card);
  if (signed === undefined) return false;
  const track2 = trackTwoPan(card);
  return track2 !== undefined && track2 !== signed;
}
