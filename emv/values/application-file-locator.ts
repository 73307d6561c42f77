import { ValueError } from './value-error.js';

/** A run of records of one file. */
export interface ApplicationFileLocatorEntry {
  /** 1 to 30. */
  readonly shortFileIdentifier: number;
  readonly firstRecord: number;
  readonly lastRecord: number;
  /** How many of the records, from the first on, offline data authentication covers. */
  readonly authenticatedRecords: number;
}

const TAG = '94';
const ENTRY_LENGTH = 4;

/**
 * The records that the terminal reads, in this order (tag 94; EMV 4.3 Book 3 §10.2, JR/T 0025.5 §7.3).
 * No bytes, no entries. Throws {@link ValueError} with the offset of the byte that is wrong.
 */
export function readApplicationFileLocator(bytes: Uint8Array): ApplicationFileLocatorEntry[] {
  if (bytes.length % ENTRY_LENGTH !== 0) throw new ValueError('value-wrong-length', bytes.length, TAG);
  const entries: ApplicationFileLocatorEntry[] = [];
  for (let offset = 0; offset < bytes.length; offset += ENTRY_LENGTH) entries.push(readEntry(bytes, offset));
  return entries;
}

function readEntry(bytes: Uint8Array, offset: number): ApplicationFileLocatorEntry {
  const file = bytes[offset]!;
  const firstRecord = bytes[offset + 1]!;
  const lastRecord = bytes[offset + 2]!;
  const authenticatedRecords = bytes[offset + 3]!;
  const shortFileIdentifier = file >> 3;
  if (shortFileIdentifier < 1 || shortFileIdentifier > 30) {
    throw new ValueError('afl-short-file-identifier-invalid', offset, TAG);
  }
  if ((file & 0x07) !== 0) throw new ValueError('afl-reserved-bits-set', offset, TAG);
  if (firstRecord === 0) throw new ValueError('afl-first-record-zero', offset + 1, TAG);
  if (lastRecord < firstRecord) throw new ValueError('afl-last-record-before-first', offset + 2, TAG);
  if (authenticatedRecords > lastRecord - firstRecord + 1) {
    throw new ValueError('afl-too-many-authenticated-records', offset + 3, TAG);
  }
  return { shortFileIdentifier, firstRecord, lastRecord, authenticatedRecords };
}
