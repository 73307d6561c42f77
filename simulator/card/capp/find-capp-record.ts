import type { ApplicationState, CappFile, CardApplication, StoredCappRecord } from '../card-file.js';
import type { CappPlace } from './capp-transaction.js';
import { identifierOf } from './record-layout.js';

export const cappFileOf = ({ cappFiles }: CardApplication, shortFileIdentifier: number): CappFile | undefined =>
  cappFiles.find((file) => file.shortFileIdentifier === shortFileIdentifier);

export const recordsOf = ({ cappRecords }: ApplicationState, shortFileIdentifier: number): StoredCappRecord[] =>
  cappRecords.filter((record) => record.shortFileIdentifier === shortFileIdentifier);

export interface FoundCappRecord {
  readonly place: CappPlace;
  readonly record: StoredCappRecord;
}

/** The first record of a variable file with this identifier, at or behind an index. */
export function findCappRecord(
  state: ApplicationState,
  shortFileIdentifier: number,
  identifier: string,
  from = 0,
): FoundCappRecord | undefined {
  const records = recordsOf(state, shortFileIdentifier);
  const index = records.findIndex(({ bytes }, at) => at >= from && identifierOf(bytes) === identifier);
  return index < 0 ? undefined : { place: { shortFileIdentifier, identifier, index }, record: records[index]! };
}
