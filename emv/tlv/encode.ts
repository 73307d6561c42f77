import { fromHex } from '../bytes.js';
import { type EncodableObject, NESTING_DEPTH_MAX } from './data-object.js';
import { isConstructedTag, readTag } from './tag.js';
import { TlvError } from './tlv-error.js';

/**
 * The bytes of a tree of data objects, with minimal lengths (EMV 4.3 Book 3 Annex B). An object with `children` is
 * encoded from them, another from its `value`, which for a constructed tag is taken as it stands. Throws
 * {@link TlvError} (`offset` in the output) for a tag that is none, children below a primitive tag, or a tree too deep.
 *
 * @example encode([{ tag: '70', children: [{ tag: '5F34', value: Uint8Array.of(1) }] }])  // 70 04 5F34 01 01
 */
export function encode(objects: readonly EncodableObject[]): Uint8Array {
  const measured = new Map<EncodableObject, number>();
  const bytes = new Uint8Array(measure(objects, measured, 0));
  write(objects, measured, bytes, 0);
  return bytes;
}

function measure(objects: readonly EncodableObject[], measured: Map<EncodableObject, number>, depth: number): number {
  let whole = 0;
  for (const object of objects) {
    if (object.children !== undefined && depth + 1 >= NESTING_DEPTH_MAX) {
      throw new TlvError('nesting-too-deep', whole, object.tag);
    }
    const length = object.children === undefined ? object.value!.length : measure(object.children, measured, depth + 1);
    measured.set(object, length);
    whole += (object.tag.length >> 1) + lengthOfLength(length) + length;
  }
  return whole;
}

function write(
  objects: readonly EncodableObject[],
  measured: ReadonlyMap<EncodableObject, number>,
  bytes: Uint8Array,
  start: number,
): number {
  let position = start;
  for (const object of objects) {
    const tag = tagBytes(object, position);
    bytes.set(tag, position);
    position = writeLength(measured.get(object)!, bytes, position + tag.length);
    if (object.children === undefined) {
      bytes.set(object.value!, position);
      position += object.value!.length;
    } else {
      position = write(object.children, measured, bytes, position);
    }
  }
  return position;
}

function tagBytes({ tag, children }: EncodableObject, offset: number): Uint8Array {
  if (!/^(?:[0-9A-Fa-f]{2}){1,3}$/.test(tag)) throw new TlvError('tag-invalid', offset, tag);
  const bytes = fromHex(tag);
  if (bytes[0] === 0 || readTag(bytes, 0, bytes.length).length !== tag.length) {
    throw new TlvError('tag-invalid', offset, tag);
  }
  if (children !== undefined && !isConstructedTag(tag)) throw new TlvError('tag-not-constructed', offset, tag);
  return bytes;
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
