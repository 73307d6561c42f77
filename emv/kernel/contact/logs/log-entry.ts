import { decodeNumeric, toHex } from '../../../bytes.js';
import { type DataMap, valuesByDataObjectList } from '../../../tlv/index.js';

/** What changed in a purse, as the load log has it before the objects of its format. */
export interface PurseChange {
  /** The object that PUT DATA changed: 9F79, or DF79 of the second currency. */
  readonly tag: string;
  /** In the smallest unit. */
  readonly before: number;
  readonly after: number;
}

export interface LogEntry {
  /** 1 is the newest. */
  readonly recordNumber: number;
  readonly values: DataMap;
  /** Load log only. */
  readonly purse?: PurseChange | undefined;
}

const PURSE_LENGTH = 14;

/** A record without template and tags, by the format's list; `undefined` where it is shorter (JR/T 0025.5-2013 18). */
export function readLogEntry(record: Uint8Array, format: Uint8Array, recordNumber: number): LogEntry | undefined {
  const values = valuesByDataObjectList(format, record)?.values;
  return values && { recordNumber, values };
}

/** A record of the load log: the object changed, the balance before and after, then the format (JR/T 0025.13-2013 annex). */
export function readLoadLogEntry(record: Uint8Array, format: Uint8Array, recordNumber: number): LogEntry | undefined {
  const before = decodeNumeric(record.subarray(2, 8));
  const after = decodeNumeric(record.subarray(8, PURSE_LENGTH));
  const entry = readLogEntry(record.subarray(PURSE_LENGTH), format, recordNumber);
  if (record.length < PURSE_LENGTH || before === undefined || after === undefined || entry === undefined)
    return undefined;
  return { ...entry, purse: { tag: toHex(record.subarray(0, 2)), before, after } };
}
