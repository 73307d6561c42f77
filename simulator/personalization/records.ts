import { concat, fromHex, toHex } from '../../emv/bytes.js';
import { encode } from '../../emv/tlv/index.js';
import type { CardRecord } from '../card/index.js';

/** A record with its template is at most this long (EMV 4.3 Book 3 §5.3). */
const RECORD_LENGTH_MAX = 254;
const TEMPLATE = '70';

export interface RecordObject {
  readonly tag: string;
  readonly value: Uint8Array;
}

/** Distributes objects over the records of a file in their order, as many into each as fit. */
export function packRecords(shortFileIdentifier: number, objects: readonly RecordObject[]): CardRecord[] {
  const records: RecordObject[][] = [];
  for (const object of objects) {
    const last = records.at(-1);
    if (last !== undefined && recordBytes([...last, object]).length <= RECORD_LENGTH_MAX) last.push(object);
    else records.push([object]);
  }
  return records.map((content, index) => ({
    shortFileIdentifier,
    recordNumber: index + 1,
    bytes: toHex(recordBytes(content)),
  }));
}

/** The objects of a record without their template: what is signed of it (EMV 4.3 Book 3 §10.3). */
export function recordContent(objects: readonly RecordObject[]): Uint8Array {
  return encode(objects);
}

function recordBytes(objects: readonly RecordObject[]): Uint8Array {
  return encode([{ tag: TEMPLATE, children: objects }]);
}

/** Application file locator 94 over whole files in this order (EMV 4.3 Book 3 §10.2); `signed` counts records. */
export function fileLocator(files: readonly { records: readonly CardRecord[]; signed: number }[]): string {
  const entries = files.map(({ records, signed }) => {
    const { shortFileIdentifier } = records[0]!;
    return Uint8Array.of(shortFileIdentifier << 3, 1, records.length, signed);
  });
  return toHex(concat(...entries));
}

/** Objects of these tags that the application has. */
export function pick(data: Readonly<Record<string, string>>, tags: readonly string[]): RecordObject[] {
  return tags.flatMap((tag) => (data[tag] === undefined ? [] : [{ tag, value: fromHex(data[tag]) }]));
}
