import { type EncodableObject, encode } from '../../emv/tlv/index.js';

/** A record with its template is at most this long (EMV 4.3 Book 3 §5.3). */
export const RECORD_LENGTH_MAX = 254;

/** Records of template 70 with these objects in their order, as many in each as fit. */
export function packObjects(objects: readonly EncodableObject[]): Uint8Array[] {
  const records: EncodableObject[][] = [];
  for (const object of objects) {
    const last = records.at(-1);
    if (last !== undefined && recordBytes([...last, object]).length <= RECORD_LENGTH_MAX) last.push(object);
    else records.push([object]);
  }
  return records.map(recordBytes);
}

const recordBytes = (children: readonly EncodableObject[]): Uint8Array => encode([{ tag: '70', children }]);
