import fc from 'fast-check';
import { type EncodableObject, toHex } from '../../../emv/index.js';

const byte = (min: number, max: number, accept: (value: number) => boolean = () => true) =>
  fc.integer({ min, max }).filter(accept);

const tagOf = (constructed: boolean): fc.Arbitrary<string> => {
  const isRight = (first: number) => ((first & 0x20) !== 0) === constructed;
  const oneByte = byte(1, 0xff, (first) => isRight(first) && (first & 0x1f) !== 0x1f).map((first) => [first]);
  const first = byte(1, 0xff, (value) => isRight(value) && (value & 0x1f) === 0x1f);
  const twoBytes = fc.tuple(first, byte(0, 0x7f));
  const threeBytes = fc.tuple(first, byte(0x80, 0xff), byte(0, 0x7f));
  return fc.oneof(oneByte, twoBytes, threeBytes).map((bytes) => toHex(Uint8Array.from(bytes)));
};

/** Short values, and some around the places where a length needs another byte. */
const value = fc.oneof(
  { weight: 8, arbitrary: fc.uint8Array({ maxLength: 20 }) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(126, 127, 128, 129, 254, 255, 256, 257)
      .chain((length) => fc.uint8Array({ minLength: length, maxLength: length })),
  },
);

/** Trees of data objects with tags of one to three bytes. */
export const objects: fc.Arbitrary<EncodableObject[]> = fc.letrec<{ list: EncodableObject[]; object: EncodableObject }>(
  (tie) => ({
    list: fc.array(tie('object'), { maxLength: 5, depthIdentifier: 'tree' }),
    object: fc.oneof(
      { maxDepth: 6, depthIdentifier: 'tree' },
      fc.record({ tag: tagOf(false), value }),
      fc.record({ tag: tagOf(true), children: tie('list') }),
    ),
  }),
).list;
