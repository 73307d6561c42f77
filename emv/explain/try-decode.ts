import { type DataObject, decode, TlvError } from '../tlv/index.js';

/** Data objects, `undefined` where the bytes are not BER-TLV. */
export function tryDecode(bytes: Uint8Array): DataObject[] | undefined {
  try {
    return decode(bytes);
  } catch (error) {
    if (error instanceof TlvError) return undefined;
    throw error;
  }
}
