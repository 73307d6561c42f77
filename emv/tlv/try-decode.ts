import type { DataObject } from './data-object.js';
import { decode } from './decode.js';
import { TlvError } from './tlv-error.js';

/** What {@link decode} gives, `undefined` where the bytes are not BER-TLV. */
export function tryDecode(bytes: Uint8Array): DataObject[] | undefined {
  try {
    return decode(bytes);
  } catch (error) {
    if (error instanceof TlvError) return undefined;
    throw error;
  }
}

/** The one object that the bytes consist of; `undefined` where there are others, or its tag is none of these. */
export function onlyObject(bytes: Uint8Array, ...tags: readonly string[]): DataObject | undefined {
  const objects = tryDecode(bytes);
  const object = objects?.length === 1 ? objects[0] : undefined;
  return object !== undefined && tags.includes(object.tag) ? object : undefined;
}
