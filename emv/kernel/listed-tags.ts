import { decodeDataObjectList, TlvError } from '../tlv/index.js';

/** The tags of a card's data object list; `undefined` where it is malformed. */
export function listedTags(dataObjectList: Uint8Array): readonly string[] | undefined {
  try {
    return decodeDataObjectList(dataObjectList).map(({ tag }) => tag);
  } catch (error) {
    if (error instanceof TlvError) return undefined;
    throw error;
  }
}
