import type { CappFile, StoredCappRecord } from '../card-file.js';
import type { CappUpdate } from './capp-transaction.js';

/** What all updates of a transaction make of the records, at once (JR/T 0025.14-2013 5.2.7, A.2.1). */
export function applyUpdates(
  records: readonly StoredCappRecord[],
  files: readonly CappFile[],
  updates: readonly CappUpdate[],
): readonly StoredCappRecord[] {
  return updates.reduce((before, { place: { shortFileIdentifier, index }, bytes }) => {
    const file = files.find((one) => one.shortFileIdentifier === shortFileIdentifier);
    const ofFile = before.filter((record) => record.shortFileIdentifier === shortFileIdentifier);
    const target = ofFile[index];
    if (target === undefined) return before;
    return file?.kind === 'cyclic'
      ? withNewest(before, file, { ...target, bytes })
      : before.map((record) => (record === target ? { ...record, bytes } : record));
  }, records);
}

/** A cyclic file keeps its newest records, in front, all of them under one key. */
export function withNewest(
  records: readonly StoredCappRecord[],
  { shortFileIdentifier, records: most }: CappFile,
  newest: StoredCappRecord,
): StoredCappRecord[] {
  const isOfFile = (record: StoredCappRecord) => record.shortFileIdentifier === shortFileIdentifier;
  const { managementKey } = newest;
  const kept = [newest, ...records.filter(isOfFile).map((record) => ({ ...record, managementKey }))].slice(0, most);
  return [...records.filter((record) => !isOfFile(record)), ...kept];
}
