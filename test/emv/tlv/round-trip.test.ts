import fc from 'fast-check';
import tlv, { type TLV } from 'tlv';
import { expect, test } from 'vitest';
import { concat, type DataObject, decode, type EncodableObject, encode, toHex, walk } from '../../../emv/index.js';
import { objects } from './arbitrary-objects.js';

/** A tree without places and views, for comparing. */
type Plain = readonly (string | Plain)[];

const plain = (list: readonly EncodableObject[]): Plain =>
  list.map(({ tag, value, children }) => [tag, children === undefined ? toHex(value!) : plain(children)]);

const plainOfOther = (list: readonly TLV[]): Plain =>
  list.map(({ tag, value }) => [
    tag.toString(16).toUpperCase().padStart(2, '0'),
    Array.isArray(value) ? plainOfOther(value) : toHex(value),
  ]);

const toOther = ({ tag, value, children }: EncodableObject): TLV =>
  new tlv.TLV(Number.parseInt(tag, 16), children === undefined ? Buffer.from(value!) : children.map(toOther));

test('what was encoded decodes to the same tree, and encodes to the same bytes again', () => {
  fc.assert(
    fc.property(objects, (tree) => {
      const bytes = encode(tree);
      expect(plain(decode(bytes))).toEqual(plain(tree));
      expect(encode(decode(bytes))).toEqual(bytes);
    }),
    { numRuns: 500 },
  );
});

test('an independent implementation reads the same tree and writes the same bytes', () => {
  fc.assert(
    fc.property(objects, (tree) => {
      const bytes = encode(tree);
      expect(plainOfOther(tlv.parseAll(Buffer.from(bytes)))).toEqual(plain(tree));
      expect(toHex(concat(...tree.map((object) => toOther(object).encode())))).toBe(toHex(bytes));
    }),
    { numRuns: 500 },
  );
});

/** The same bytes again with zeros before, between and after objects, and lengths of `count` further bytes. */
function encodeLoosely(list: readonly EncodableObject[], zeros: number, count: 1 | 2 | 3 | 4): Uint8Array {
  const padding = new Uint8Array(zeros);
  const parts = list.map((object) => {
    const content = object.children === undefined ? object.value! : encodeLoosely(object.children, zeros, count);
    const length = content.length.toString(16).padStart(count * 2, '0');
    return concat(Buffer.from(`${object.tag}${toHex(Uint8Array.of(0x80 | count))}${length}`, 'hex'), content, padding);
  });
  return concat(padding, ...parts);
}

test('padding between objects and lengths that are not minimal change nothing', () => {
  // One length byte holds 255 at most; templates of the trees are longer.
  const small = objects.filter((tree) => encode(tree).length < 80);
  fc.assert(
    fc.property(small, fc.integer({ min: 0, max: 3 }), fc.constantFrom(2, 3, 4), (tree, zeros, count) => {
      expect(plain(decode(encodeLoosely(tree, zeros, count)))).toEqual(plain(tree));
    }),
    { numRuns: 300 },
  );
  expect(plain(decode(encodeLoosely([{ tag: '5A', value: Uint8Array.of(7) }], 1, 1)))).toEqual([['5A', '07']]);
});

test('every value is a view on the input, and stands where its tag and length end', () => {
  fc.assert(
    fc.property(objects, fc.nat({ max: 9 }), (tree, before) => {
      const encoded = encode(tree);
      const bytes = concat(new Uint8Array(before), encoded).subarray(before);
      const list = decode(bytes);
      const check = (siblings: readonly DataObject[], start: number, end: number): void => {
        let position = start;
        for (const { offset, value, children } of siblings) {
          expect(value.buffer).toBe(bytes.buffer);
          expect(offset).toBe(position);
          position = value.byteOffset - bytes.byteOffset + value.length;
          if (children !== undefined) check(children, value.byteOffset - bytes.byteOffset, position);
        }
        expect(position).toBe(end);
      };
      check(list, 0, bytes.length);
      for (const { offset, tag } of walk(list)) {
        expect(toHex(bytes.subarray(offset, offset + tag.length / 2))).toBe(tag);
      }
    }),
  );
});

test.each([
  [127, '7F'],
  [128, '8180'],
  [255, '81FF'],
  [256, '820100'],
  [65_535, '82FFFF'],
  [65_536, '83010000'],
  [16_777_216, '8401000000'],
])('%i bytes have the length %s', (length, coded) => {
  const value = new Uint8Array(length).fill(0xa5);
  const bytes = encode([{ tag: '70', value: new Uint8Array(0), children: [{ tag: '53', value }] }]);
  const [template] = decode(bytes);
  const start = template!.children![0]!.value.byteOffset - bytes.byteOffset;
  expect(toHex(bytes.subarray(start - coded.length / 2 - 1, start))).toBe(`53${coded}`);
  expect(template!.children![0]!.value).toHaveLength(length);
});

test('a constructed tag with a value and no children is encoded as it stands', () => {
  expect(toHex(encode([{ tag: 'a5', value: Uint8Array.of(0x87, 1, 1) }]))).toBe('A503870101');
});
