import { concat, toHex } from '../../emv/bytes.js';
import { type CardRecord, packObjects } from '../card/index.js';

export interface RecordObject {
  readonly tag: string;
  readonly value: Uint8Array;
}

/** Distributes objects over the records of a file in their order, as many into each as fit. */
export function packRecords(shortFileIdentifier: number, objects: readonly RecordObject[]): CardRecord[] {
  return packObjects(objects).map((bytes, index) => ({
    shortFileIdentifier,
    recordNumber: index + 1,
    bytes: toHex(bytes),
  }));
}

/** Application file locator 94 over whole files in this order (EMV 4.3 Book 3 §10.2); `signed` counts records. */
export function fileLocator(files: readonly { records: readonly CardRecord[]; signed: number }[]): string {
  const entries = files.map(({ records, signed }) => {
    const { shortFileIdentifier } = records[0]!;
    return Uint8Array.of(shortFileIdentifier << 3, 1, records.length, signed);
  });
  return toHex(concat(...entries));
}
