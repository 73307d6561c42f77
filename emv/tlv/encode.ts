import { type EncodableObject, NESTING_DEPTH_MAX } from './data-object.js';
import { isConstructedTag, isTag } from './tag.js';
import { TlvError } from './tlv-error.js';

/**
 * The bytes of a tree of data objects, with minimal lengths (EMV 4.3 Book 3 Annex B). An object with `children` is
 * encoded from them, another from its `value`, which for a constructed tag is taken as it stands. Throws
 * {@link TlvError} (`offset` in the output) for a tag that is none, children below a primitive tag, or a tree too deep.
 *
 * @example encode([{ tag: '70', children: [{ tag: '5F34', value: Uint8Array.of(1) }] }])  // 70 04 5F34 01 01
 */
export function encode(objects: readonly EncodableObject[]): Uint8Array {
  const lengths: number[] = [];
  const bytes = new Uint8Array(measure(objects, lengths, 0, 0));
  write(objects, lengths.values(), bytes, 0);
  return bytes;
}

/** The length of all objects together; puts that of each value into `lengths`, parents before their children. */
function measure(objects: readonly EncodableObject[], lengths: number[], start: number, depth: number): number {
  let whole = 0;
  for (const { tag, value, children } of objects) {
    const position = lengths.push(0) - 1;
    if (children === undefined) lengths[position] = value!.length;
    else if (depth + 1 >= NESTING_DEPTH_MAX) throw new TlvError('nesting-too-deep', start + whole, tag);
    else lengths[position] = measure(children, lengths, start + whole, depth + 1);
    whole += (tag.length >> 1) + lengthOfLength(lengths[position]!) + lengths[position]!;
  }
  return whole;
}

function write(
  objects: readonly EncodableObject[],
  lengths: Iterator<number, undefined>,
  bytes: Uint8Array,
  start: number,
): number {
  let position = start;
  for (const object of objects) {
    position = writeTag(object, bytes, position);
    position = writeLength(lengths.next().value!, bytes, position);
    if (object.children === undefined) {
      bytes.set(object.value!, position);
      position += object.value!.length;
    } else {
      position = write(object.children, lengths, bytes, position);
    }
  }
  return position;
}

function writeTag({ tag, children }: EncodableObject, bytes: Uint8Array, start: number): number {
  if (!isTag(tag)) throw new TlvError('tag-invalid', start, tag);
  if (children !== undefined && !isConstructedTag(tag)) throw new TlvError('tag-not-constructed', start, tag);
  const end = start + tag.length / 2;
  let rest = Number.parseInt(tag, 16);
  for (let position = end - 1; position >= start; position--, rest >>= 8) bytes[position] = rest;
  return end;
}

const lengthOfLength = (length: number): number =>
  length < 0x80 ? 1 : length < 0x100 ? 2 : length < 0x10000 ? 3 : length < 0x1000000 ? 4 : 5;

function writeLength(length: number, bytes: Uint8Array, position: number): number {
  const count = lengthOfLength(length);
  if (count === 1) {
    bytes[position] = length;
    return position + 1;
  }
  bytes[position] = 0x80 | (count - 1);
  for (let index = 1; index < count; index++) bytes[position + index] = (length / 256 ** (count - 1 - index)) & 0xff;
  return position + count;
}
