import type { CardRecord } from './card-file.js';

type Place = Pick<CardRecord, 'shortFileIdentifier' | 'recordNumber'>;

export const isSameRecord = (one: Place, other: Place): boolean =>
  one.shortFileIdentifier === other.shortFileIdentifier && one.recordNumber === other.recordNumber;

/** Records as they stand: those that scripts have written in the place of the personalized ones. */
export const withChangedRecords = (records: readonly CardRecord[], changed: readonly CardRecord[]): CardRecord[] =>
  records.map((record) => changed.find((one) => isSameRecord(one, record)) ?? record);
