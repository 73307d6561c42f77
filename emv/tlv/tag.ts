import { TlvError } from './tlv-error.js';

const MORE_BYTES_FOLLOW = 0x1f;
const hexByte = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, '0');

/** Strings of short tags are made once and shared: of two bytes 3 bits are free in the first and 7 in the second. */
const oneByteTags: readonly string[] = Array.from({ length: 256 }, (_, byte) => hexByte(byte));
const twoByteTags: readonly string[] = Array.from({ length: 1024 }, (_, index) =>
  [((index >> 7) << 5) | MORE_BYTES_FOLLOW, index & 0x7f].map(hexByte).join(''),
);
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
  const tag = hexByte(first) + hexByte(second) + hexByte(third);
  if (third >= 0x80) throw new TlvError('tag-too-long', offset, tag);
  return tag;
}

/** One byte, or one whose low five bits are set, then bytes of which all but the last have bit 8 set; never `00`. */
const TAG = /^(?:(?!00)(?:[02468ACE][\dA-F]|[13579BDF][\dA-E])|[13579BDF]F(?:[89A-F][\dA-F])?[0-7][\dA-F])$/i;

const numbers: ReadonlyMap<string, number> = new Map(
  [...oneByteTags, ...twoByteTags].filter((tag) => TAG.test(tag)).map((tag) => [tag, Number.parseInt(tag, 16)]),
);

/** A tag of one to three bytes, in hex of either case, as a number; `undefined` where it is none (EMV 4.3 Book 3 §B1). */
export const tagNumber = (hex: string): number | undefined =>
  numbers.get(hex) ?? (TAG.test(hex) ? Number.parseInt(hex, 16) : undefined);

/** Whether the value below a tag is itself a list of data objects: bit 6 of the first byte (EMV 4.3 Book 3 §B1). */
export const isConstructedTag = (tag: string): boolean => CONSTRUCTED.includes(tag.charAt(0));

/** First digits that have bit 6 of the byte. */
const CONSTRUCTED = [...'2367ABEFabef'];
