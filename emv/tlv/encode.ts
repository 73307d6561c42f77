import { zeros } from '../bytes.js';
import { type EncodableObject, NESTING_DEPTH_MAX } from './data-object.js';
import { isConstructedTag, tagNumber } from './tag.js';
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
  const output: Output = { bytes: zeros(measure(objects, lengths, 0, 0)), position: 0, lengths, objects: 0 };
  write(objects, output);
  return output.bytes;
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

/** What has been written, and how many of the objects whose lengths are known. */
interface Output {
  readonly bytes: Uint8Array;
  position: number;
  readonly lengths: readonly number[];
  objects: number;
}

function write(objects: readonly EncodableObject[], output: Output): void {
  for (const object of objects) {
    writeTag(object, output);
    writeLength(output.lengths[output.objects++]!, output);
    if (object.children !== undefined) {
      write(object.children, output);
    } else {
      output.bytes.set(object.value!, output.position);
      output.position += object.value!.length;
    }
  }
}

function writeTag({ tag, children }: EncodableObject, output: Output): void {
  const number = tagNumber(tag);
  if (number === undefined) throw new TlvError('tag-invalid', output.position, tag);
  if (children !== undefined && !isConstructedTag(tag)) throw new TlvError('tag-not-constructed', output.position, tag);
  writeNumber(number, tag.length >> 1, output);
}

function writeLength(length: number, output: Output): void {
  const count = lengthOfLength(length);
  if (count > 1) output.bytes[output.position++] = 0x80 | (count - 1);
  writeNumber(length, Math.max(count - 1, 1), output);
}

function writeNumber(number: number, count: number, output: Output): void {
  for (let shift = (count - 1) * 8; shift >= 0; shift -= 8) output.bytes[output.position++] = number >>> shift;
}

const lengthOfLength = (length: number): number =>
  length < 0x80 ? 1 : length < 0x100 ? 2 : length < 0x10000 ? 3 : length < 0x1000000 ? 4 : 5;
