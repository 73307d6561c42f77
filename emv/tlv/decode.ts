import { type DataObject, NESTING_DEPTH_MAX } from './data-object.js';
import { readTag } from './tag.js';
import { TlvError } from './tlv-error.js';

/** Bit 8 of a length's first byte: the others count the bytes that hold it. */
const LONG_FORM = 0x80;

/**
 * The data objects of a BER-TLV input (EMV 4.3 Book 3 Annex B), constructed ones opened. `00` before, between and after
 * objects is padding; tags have one to three bytes, lengths up to four (81 to 84, minimal or not). Values are views on
 * `bytes`. Throws {@link TlvError} for anything else; an indefinite length (80) is not EMV's.
 *
 * @example decode(fromHex('70085F3401015F280201'))  // throws TlvError { code: 'value-truncated', offset: 9, tag: '5F28' }
 */
export function decode(bytes: Uint8Array): DataObject[] {
  return decodeRange(bytes, 0, bytes.length, 0);
}

function decodeRange(bytes: Uint8Array, start: number, end: number, depth: number): DataObject[] {
  const objects: DataObject[] = [];
  let position = start;
  while (position < end) {
    const first = bytes[position]!;
    if (first === 0) {
      position++;
      continue;
    }
    const offset = position;
    const tag = readTag(bytes, position, end);
    position += tag.length >> 1;
    if (position >= end) throw new TlvError('length-truncated', position, tag);
    let length = bytes[position++]!;
    if (length >= LONG_FORM) {
      const count = length - LONG_FORM;
      length = readLongLength(bytes, position, count, end, tag);
      position += count;
    }
    if (length > end - position) throw new TlvError('value-truncated', end, tag);
    const value = bytes.subarray(position, position + length);
    if ((first & 0x20) === 0) {
      objects.push({ tag, value, offset });
    } else {
      if (depth + 1 >= NESTING_DEPTH_MAX) throw new TlvError('nesting-too-deep', offset, tag);
      objects.push({ tag, value, children: decodeRange(bytes, position, position + length, depth + 1), offset });
    }
    position += length;
  }
  return objects;
}

/** The length in the `count` bytes at `offset`, behind the byte that tells how many they are (EMV 4.3 Book 3 §B2). */
function readLongLength(bytes: Uint8Array, offset: number, count: number, end: number, tag: string): number {
  if (count === 0 || count > 4) throw new TlvError('length-invalid', offset - 1, tag);
  if (offset + count > end) throw new TlvError('length-truncated', end, tag);
  let length = 0;
  for (let index = 0; index < count; index++) length = length * 256 + bytes[offset + index]!;
  return length;
}
