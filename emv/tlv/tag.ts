import { TlvError } from './tlv-error.js';

const MORE_BYTES_FOLLOW = 0x1f;
const hexByte = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, '0');

/** Tag strings are made once and shared: a tag of two bytes has 3 free bits in its first and 7 in its second. */
const oneByteTags: readonly string[] = Array.from({ length: 256 }, (_, byte) => hexByte(byte));
const twoByteTags: readonly string[] = Array.from({ length: 1024 }, (_, index) =>
  [((index >> 7) << 5) | MORE_BYTES_FOLLOW, index & 0x7f].map(hexByte).join(''),
);
const threeByteTags = new Map<number, string>();

function threeByteTag(first: number, second: number, third: number): string {
  const key = (first << 16) | (second << 8) | third;
  let tag = threeByteTags.get(key);
  if (tag === undefined) {
    tag = hexByte(first) + hexByte(second) + hexByte(third);
    threeByteTags.set(key, tag);
  }
  return tag;
}

/**
 * The tag at `offset` (EMV 4.3 Book 3 §B1); it takes `tag.length / 2` bytes. Throws {@link TlvError} where it reaches
 * beyond `end` or has more than three bytes.
 */
export function readTag(bytes: Uint8Array, offset: number, end: number): string {
  const first = bytes[offset]!;
  if ((first & MORE_BYTES_FOLLOW) !== MORE_BYTES_FOLLOW) return oneByteTags[first]!;
  if (offset + 1 >= end) throw new TlvError('tag-truncated', offset + 1, oneByteTags[first]!);
  const second = bytes[offset + 1]!;
  if (second < 0x80) return twoByteTags[((first >> 5) << 7) | second]!;
  if (offset + 2 >= end) throw new TlvError('tag-truncated', offset + 2, hexByte(first) + hexByte(second));
  const third = bytes[offset + 2]!;
  const tag = threeByteTag(first, second, third);
  if (third >= 0x80) throw new TlvError('tag-too-long', offset, tag);
  return tag;
}

/** Whether the value below a tag is itself a list of data objects: bit 6 of the first byte (EMV 4.3 Book 3 §B1). */
export const isConstructedTag = (tag: string): boolean => (Number.parseInt(tag.slice(0, 2), 16) & 0x20) !== 0;
