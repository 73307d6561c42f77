import { toHex } from '../../emv/bytes.js';
import type { DataMap } from '../../emv/tlv/index.js';

export interface CardNumber {
  /** In digits. */
  readonly pan: string;
  /** Two digits, `00` where the card told none. */
  readonly panSequenceNumber: string;
  /** YYMM; absent where no track 2 and no expiration date came. */
  readonly expires?: string | undefined;
}

/** The card's number from 5A, or from track 2 (57) as qPBOC sends it; `undefined` where neither has one. */
export function readCardNumber(data: DataMap): CardNumber | undefined {
  const track2 = /^(\d{1,19})D(\d{4})?/.exec(toHex(data.get('57') ?? new Uint8Array(0)));
  const pan = /^(\d{1,19})F*$/.exec(toHex(data.get('5A') ?? new Uint8Array(0)))?.[1] ?? track2?.[1];
  if (pan === undefined) return undefined;
  const sequence = toHex(data.get('5F34') ?? Uint8Array.of(0));
  const expirationDate = data.get('5F24');
  const expires = expirationDate === undefined ? track2?.[2] : toHex(expirationDate).slice(0, 4);
  return { pan, panSequenceNumber: /^\d{2}$/.test(sequence) ? sequence : '00', expires };
}
