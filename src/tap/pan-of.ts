import { fromHex, toHex } from '../../emv/bytes.js';
import { decode, findFirst, TlvError } from '../../emv/tlv/index.js';
import type { Evidence } from './tap-record.js';

/** Digits up to the padding (5A, format cn) or to the field separator D (57, EMV 4.3 Book 3 annex A). */
function leadingDigits(value: Uint8Array, end: RegExp): string | undefined {
  const digits = toHex(value).replace(end, '');
  return /^\d{8,19}$/.test(digits) ? digits : undefined;
}

const APPLICATION_PAN = { tag: '5A', end: /F+$/ };
const TRACK_2_EQUIVALENT_DATA = { tag: '57', end: /D.*$/ };

function fromRecord(hex: string, field: { tag: string; end: RegExp }): string | undefined {
  try {
    const found = findFirst(decode(fromHex(hex)), '70', field.tag);
    return found && leadingDigits(found.value, field.end);
  } catch (error) {
    if (error instanceof TlvError) return undefined;
    throw error;
  }
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
    const pan = value && leadingDigits(fromHex(value), field.end);
    if (pan) return pan;
  }
  return undefined;
}
