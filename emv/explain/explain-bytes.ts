import { type DataObject, decodeDataObjectList, TlvError, tryDecode } from '../tlv/index.js';
import { explainWithContext } from './explain.js';
import type { ExplainedObject, ExplainOptions } from './explained-object.js';
import { part } from './part.js';

/** Data objects where the bytes are such, else the bytes as they stand, without the card numbers packed in them. */
export function explainData(bytes: Uint8Array, options: ExplainOptions): ExplainedObject[] {
  if (bytes.length === 0) return [];
  const objects = tryDecode(bytes);
  if (objects === undefined) return [explainRaw(bytes, options)];
  return explainWithContext(objects, options);
}

export const explainRaw = (bytes: Uint8Array, options: ExplainOptions, meaning?: string): ExplainedObject =>
  part('DATA', bytes, options, meaning);

/** The values that a data object list asked for, each under its tag; `undefined` where the bytes do not fit the list. */
export function explainListed(
  bytes: Uint8Array,
  dataObjectList: Uint8Array,
  options: ExplainOptions,
): ExplainedObject[] | undefined {
  const objects = splitListed(bytes, dataObjectList);
  return objects && explainWithContext(objects, options);
}

/** The values of a list, each under its tag; constructed tags are not opened, since values may be cut or filled up. */
export function splitListed(bytes: Uint8Array, dataObjectList: Uint8Array): DataObject[] | undefined {
  const objects: DataObject[] = [];
  let offset = 0;
  try {
    for (const { tag, length } of decodeDataObjectList(dataObjectList)) {
      objects.push({ tag, value: bytes.subarray(offset, offset + length), offset });
      offset += length;
    }
  } catch (error) {
    if (error instanceof TlvError) return undefined;
    throw error;
  }
  return offset === bytes.length ? objects : undefined;
}
