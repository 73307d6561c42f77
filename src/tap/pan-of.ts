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

function fromRecord(record: Uint8Array, field: Field): string | undefined {
  const found = findFirst(tryDecode(record) ?? [], '70', field.tag);
  return found && cardNumberIn(found.value, field);
}

/**
 * The card number in what a card gave: 5A in a record, which the card's certificates cover where that record is
 * signed, else 57 in a record, else 57 of the GPO answer, else 5A there. `undefined` where there is none or its digits
 * are not a card number. The caller keeps it in memory only and stores {@link cardToken} and {@link maskPan}.
 */
export function panIn(given: {
  readonly records: readonly { readonly bytes: Uint8Array }[];
  readonly data: { get(tag: string): Uint8Array | undefined };
}): string | undefined {
  for (const field of [APPLICATION_PAN, TRACK_2_EQUIVALENT_DATA]) {
    for (const { bytes } of given.records) {
      const pan = fromRecord(bytes, field);
      if (pan) return pan;
    }
  }
  for (const field of [TRACK_2_EQUIVALENT_DATA, APPLICATION_PAN]) {
    const value = given.data.get(field.tag);
    const pan = value && cardNumberIn(value, field);
    if (pan) return pan;
  }
  return undefined;
}

/** {@link panIn} a tap's evidence. */
export const panOf = ({ data, records }: Evidence): string | undefined =>
  panIn({
    records: records.map(({ bytes }) => ({ bytes: fromHex(bytes) })),
    data: { get: (tag) => (data[tag] === undefined ? undefined : fromHex(data[tag])) },
  });
