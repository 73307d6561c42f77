import { ValueError } from './value-error.js';

/** A record of a variable CAPP file, which belongs to one trade in one city (JR/T 0025.14-2013 B.1). */
export interface CappRecord {
  /** Two bytes, unique within the file: which city or operator the record is for. */
  readonly identifier: number;
  /** Byte 4: whether the record may be used; a trade closes its application by clearing it. */
  readonly valid: boolean;
  /** Byte 5: 1 segment deduction, 2 offline pre-authorization. */
  readonly kind: number;
  /** Byte 6. */
  readonly locked: boolean;
  /** Bytes 7 and on: the trade's own fields. */
  readonly data: Uint8Array;
}

/** Kinds of CAPP record (JR/T 0025.14-2013 B.1). */
export const cappRecordKinds = { segmentDeduction: 1, preAuthorization: 2 } as const;

/** What stands before the trade's own fields, in bytes. */
export const CAPP_RECORD_HEADER_LENGTH = 6;
/** With its header: what a READ CAPP DATA answer holds beside a MAC of 4 bytes. */
const CAPP_RECORD_LENGTH_MAX = 252;

/** The record has no tag. */
const TAG = 'CAPP';
const LENGTH_OFFSET = 2;
const CONTENT_OFFSET = 3;
const BYTE_MAX = 0xff;
const IDENTIFIER_MAX = 0xffff;

/**
 * Reads `identifier 2 | length 1 (of what follows) | valid 1 | kind 1 | locked 1 | data`; the data is a view on
 * `bytes`. Throws {@link ValueError} with the offset of the byte that is wrong.
 *
 * @example
 * readCappRecord(fromHex('3150' + '05' + '010100' + 'AABB')).identifier; // 0x3150
 */
export function readCappRecord(bytes: Uint8Array): CappRecord {
  const wrong = firstWrongOffset(bytes);
  if (wrong !== undefined) throw new ValueError('capp-record-invalid', wrong, TAG);
  const [high = 0, low = 0, , valid, kind = 0, locked] = bytes;
  return {
    identifier: (high << 8) | low,
    valid: valid === 1,
    kind,
    locked: locked === 1,
    data: bytes.subarray(CAPP_RECORD_HEADER_LENGTH),
  };
}

function firstWrongOffset(bytes: Uint8Array): number | undefined {
  if (bytes.length < CAPP_RECORD_HEADER_LENGTH) return bytes.length;
  if (bytes.length > CAPP_RECORD_LENGTH_MAX) return CAPP_RECORD_LENGTH_MAX;
  if (bytes[LENGTH_OFFSET] !== bytes.length - CONTENT_OFFSET) return LENGTH_OFFSET;
  return [3, 5].find((offset) => bytes[offset]! > 1);
}

/** The record's bytes. Throws `RangeError` for an identifier, kind or length that does not fit. */
export function encodeCappRecord({ identifier, valid, kind, locked, data }: CappRecord): Uint8Array {
  if (!isWholeUpTo(identifier, IDENTIFIER_MAX)) throw new RangeError(`not an identifier of two bytes: ${identifier}`);
  if (!isWholeUpTo(kind, BYTE_MAX)) throw new RangeError(`not a kind of record: ${kind}`);
  const length = CAPP_RECORD_HEADER_LENGTH + data.length;
  if (length > CAPP_RECORD_LENGTH_MAX) throw new RangeError(`a record has at most 252 bytes, not ${length}`);
  const record = new Uint8Array(length);
  record.set([identifier >> 8, identifier & BYTE_MAX, length - CONTENT_OFFSET, Number(valid), kind, Number(locked)]);
  record.set(data, CAPP_RECORD_HEADER_LENGTH);
  return record;
}

const isWholeUpTo = (value: number, maximum: number): boolean =>
  Number.isInteger(value) && value >= 0 && value <= maximum;
