import { toHex } from '../bytes.js';
import { type DataObject, decodeDataObjectList, TlvError } from '../tlv/index.js';
import { packedNumbers } from './card-number.js';
import { createCardNumbers } from './card-numbers.js';
import parts from './data/parts.json';
import { explainWithContext } from './explain.js';
import type { ExplainedObject, ExplainOptions } from './explained-object.js';
import { tryDecode } from './try-decode.js';

/** A part of a command or a response that has no tag. */
export function part(
  tag: keyof typeof parts,
  value: string,
  options: ExplainOptions,
  meaning?: string,
): ExplainedObject {
  const name = options.language === 'zh' ? parts[tag].nameZh : parts[tag].name;
  return { tag, name, value, ...(meaning === undefined ? {} : { meaning }) };
}

/** Data objects where the bytes are such, else the bytes as they stand, without the card numbers packed in them. */
export function explainData(bytes: Uint8Array, options: ExplainOptions): ExplainedObject[] {
  if (bytes.length === 0) return [];
  const objects = tryDecode(bytes);
  if (objects === undefined) return [explainRaw(bytes, options)];
  return explainWithContext(objects, options);
}

export function explainRaw(bytes: Uint8Array, options: ExplainOptions, meaning?: string): ExplainedObject {
  return part('DATA', options.showPan ? toHex(bytes) : hexWithoutNumbers(bytes, options), options, meaning);
}

/** Bytes as hex, without the card numbers of the session, or those that stand packed in them. */
export function hexWithoutNumbers(bytes: Uint8Array, { session }: ExplainOptions): string {
  return (session?.cardNumbers ?? createCardNumbers(packedNumbers(bytes))).redact(toHex(bytes));
}

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
