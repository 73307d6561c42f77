import { decodeCompressedNumeric, fromHex } from '../../emv/bytes.js';
import { panOfTrack2 } from '../../emv/card-number.js';
import { findFirst, tryDecode } from '../../emv/tlv/index.js';
import { isCardNumber } from './card-number.js';
import type { Evidence } from './tap-record.js';

interface Field {
  readonly tag: string;
  readonly read: (value: Uint8Array) => string | undefined;
}

const APPLICATION_PAN: Field = { tag: '5A', read: decodeCompressedNumeric };
const TRACK_2_EQUIVALENT_DATA: Field = { tag: '57', read: panOfTrack2 };

function cardNumberIn(value: Uint8Array, { read }: Field): string | undefined {
  const digits = read(value);
  return digits !== undefined && isCardNumber(digits) ? digits : undefined;
}

function fromRecord(hex: string, field: Field): string | undefined {
  const found = findFirst(tryDecode(fromHex(hex)) ?? [], '70', field.tag);
  return found && cardNumberIn(found.value, field);
}

/**
 * The card number in a tap's evidence: 5A in a record, which the card's certificates cover where that record is
 * signed, else 57 in a record, else 57 of the GPO answer, else 5A there. `undefined` where there is none or its digits
 * are not a card number. The caller keeps it in memory only and stores {@link cardToken} and {@link maskPan}.
 */
export function panOf(evidence: Evidence): string | undefined {
  for (const field of [APPLICATION_PAN, TRACK_2_EQUIVALENT_DATA]) {
    for (const record of evidence.records) {
      const pan = fromRecord(record.bytes, field);
      if (pan) return pan;
    }
  }
  for (const field of [TRACK_2_EQUIVALENT_DATA, APPLICATION_PAN]) {
    const value = evidence.data[field.tag];
    const pan = value && cardNumberIn(fromHex(value), field);
    if (pan) return pan;
  }
  return undefined;
}
