import { concat, decodeBinary, decodeNumeric, encodeNumeric, fromHex, toHex } from '../bytes.js';
import layouts from './trade-layouts.json';
import { ValueError } from './value-error.js';

/** What the records of part 14 are about. Its annex E names the fields and leaves the layouts to the trades. */
export type TradeLayout = keyof typeof layouts;

/** `n` decimal, `b` binary, `time` YYYYMMDDhhmmss (zeros: never), `code` bytes as they are. */
export interface TradeField {
  readonly name: string;
  readonly nameZh: string;
  /** In bytes. */
  readonly length: number;
  readonly format: 'n' | 'b' | 'time' | 'code';
}

/** Numbers, times as text of 14 digits, and codes in upper-case hex, by the names of the layout. */
export type TradeRecord = Readonly<Record<string, number | string>>;

/** The fields of a layout in their order. */
export const tradeFields = (layout: TradeLayout): readonly TradeField[] => layouts[layout].fields as TradeField[];

/** How many bytes a trade's own data have. */
export const tradeRecordLength = (layout: TradeLayout): number =>
  tradeFields(layout).reduce((sum, { length }) => sum + length, 0);

const TAG = 'CAPP';
const readers = {
  n: decodeNumeric,
  b: decodeBinary,
  time: (bytes: Uint8Array) => (decodeNumeric(bytes) === undefined ? undefined : toHex(bytes)),
  code: toHex,
} as const;

/**
 * Reads a trade's own data, of a CAPP record behind its header or of the cyclic file as a whole. Bytes beyond the
 * layout are left alone. Throws {@link ValueError} with the offset where the data end too early or a digit is none.
 *
 * @example readTradeRecord('journey', record.data).entryStation // 5
 */
export function readTradeRecord(layout: TradeLayout, data: Uint8Array): TradeRecord {
  let offset = 0;
  const record: Record<string, number | string> = {};
  for (const { name, length, format } of tradeFields(layout)) {
    const value = offset + length > data.length ? undefined : readers[format](data.subarray(offset, offset + length));
    if (value === undefined) throw new ValueError('trade-record-invalid', Math.min(offset, data.length), TAG);
    record[name] = value;
    offset += length;
  }
  return record;
}

/** The data of a trade; what the record does not name is zeros. Throws `RangeError` for a value that does not fit. */
export function encodeTradeRecord(layout: TradeLayout, record: TradeRecord): Uint8Array {
  return concat(
    ...tradeFields(layout).map((field) => {
      const value = record[field.name];
      return value === undefined ? new Uint8Array(field.length) : encodeField(field, value);
    }),
  );
}

function encodeField({ name, length, format }: TradeField, value: number | string): Uint8Array {
  if (typeof value === 'number') {
    if (format === 'n') return encodeNumeric(value, length);
    const hex = format === 'b' ? value.toString(16).padStart(length * 2, '0') : '';
    if (hex.length === length * 2 && Number.isSafeInteger(value) && value >= 0) return fromHex(hex);
  } else {
    const digits = format === 'time' ? /^\d+$/ : /^[0-9A-F]+$/;
    if (format !== 'n' && format !== 'b' && value.length === length * 2 && digits.test(value)) return fromHex(value);
  }
  throw new RangeError(`${name} has ${length} bytes of format ${format}: ${value}`);
}
