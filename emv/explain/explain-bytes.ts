import { toHex } from '../bytes.js';
import { type DataMap, type DataObject, decode, decodeDataObjectList, flatten, TlvError } from '../tlv/index.js';
import { cardNumbersOf, packedNumbers, redactHex } from './card-number.js';
import parts from './data/parts.json';
import { explainObjects } from './explain.js';
import type { ExplainedObject, ExplainOptions } from './explained-object.js';

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
  return explainObjects(objects, options, cardNumbersOf(objects), flatten(objects));
}

export function explainRaw(bytes: Uint8Array, options: ExplainOptions, meaning?: string): ExplainedObject {
  const hex = toHex(bytes);
  return part('DATA', options.showPan ? hex : redactHex(hex, new Set(packedNumbers(bytes))), options, meaning);
}

function tryDecode(bytes: Uint8Array): DataObject[] | undefined {
  try {
    return decode(bytes);
  } catch (error) {
    if (error instanceof TlvError) return undefined;
    throw error;
  }
}

/** The values that a data object list asked for, each under its tag; `undefined` where the bytes do not fit the list. */
export function explainListed(
  bytes: Uint8Array,
  dataObjectList: Uint8Array,
  options: ExplainOptions,
): ExplainedObject[] | undefined {
  const objects = splitListed(bytes, dataObjectList);
  if (objects === undefined) return undefined;
  const data: DataMap = new Map(objects.map(({ tag, value }) => [tag, value]));
  return explainObjects(objects, options, cardNumbersOf(objects), data);
}

function splitListed(bytes: Uint8Array, dataObjectList: Uint8Array): DataObject[] | undefined {
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
