import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  concat,
  type DataObject,
  decode,
  type EncodableObject,
  encode,
  fromHex,
  TlvError,
  walk,
} from '../../../emv/index.js';
import { objects } from './arbitrary-objects.js';

const errorOf = (run: () => unknown): TlvError => {
  try {
    run();
  } catch (error) {
    if (error instanceof TlvError) return error;
    throw error;
  }
  throw new Error('no error');
};

/** Decodes, or holds the refusal to what it promises. */
function decodeOrRefuse(bytes: Uint8Array): DataObject[] | undefined {
  try {
    return decode(bytes);
  } catch (error) {
    if (!(error instanceof TlvError)) throw error;
    expect(error.code).toMatch(/^[a-z]+(-[a-z]+)+$/);
    expect(error.offset).toBeGreaterThanOrEqual(0);
    expect(error.offset).toBeLessThanOrEqual(bytes.length);
    expect(error.tag).toMatch(/^([0-9A-F]{2}){1,3}$/);
    return undefined;
  }
}

const looksLikeObjects = fc
  .array(
    fc.constantFrom(0x00, 0x01, 0x05, 0x1f, 0x5a, 0x5f, 0x70, 0x77, 0x7f, 0x80, 0x81, 0x82, 0x84, 0x9f, 0xdf, 0xff),
    {
      maxLength: 40,
    },
  )
  .map((bytes) => Uint8Array.from(bytes));

test('any bytes decode, or are refused with code, place and tag', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), looksLikeObjects), (bytes) => {
      for (const { value } of walk(decodeOrRefuse(bytes) ?? [])) expect(value.buffer).toBe(bytes.buffer);
    }),
    { numRuns: 5000 },
  );
});

test('one altered byte, or an end that is missing, is no worse', () => {
  fc.assert(
    fc.property(objects, fc.nat(), fc.integer({ min: 1, max: 255 }), (tree, place, mask) => {
      const bytes = encode(tree);
      if (bytes.length === 0) return;
      const altered = Uint8Array.from(bytes);
      altered[place % bytes.length]! ^= mask;
      decodeOrRefuse(altered);
      const cut = bytes.subarray(0, place % bytes.length);
      const kept = decodeOrRefuse(cut);
      // Only a cut between two objects of the outermost level can go unseen.
      if (kept !== undefined) expect(encode(kept)).toEqual(cut);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['9F', 'tag-truncated', 1, '9F'],
  ['DF81', 'tag-truncated', 2, 'DF81'],
  ['70025F2D', 'length-truncated', 4, '5F2D'],
  ['70015F', 'tag-truncated', 3, '5F'],
  ['DF818001', 'tag-too-long', 0, 'DF8180'],
  ['5A', 'length-truncated', 1, '5A'],
  ['5A82FF', 'length-truncated', 3, '5A'],
  ['5A80', 'length-invalid', 1, '5A'],
  ['5A850000000001AA', 'length-invalid', 1, '5A'],
  ['5AFF', 'length-invalid', 1, '5A'],
  ['5A02AA', 'value-truncated', 3, '5A'],
  ['70045A03AAAA', 'value-truncated', 6, '5A'],
  ['00009F360201', 'value-truncated', 6, '9F36'],
])('%s: %s at %i of tag %s', (hex, code, offset, tag) => {
  expect(errorOf(() => decode(fromHex(hex)))).toMatchObject({ code, offset, tag });
});

test('a length of four gigabytes is refused before anything is set aside for it', () => {
  const refusal = errorOf(() => decode(fromHex('7084FFFFFFFF5A01AA')));
  expect(refusal).toMatchObject({ code: 'value-truncated', offset: 9, tag: '70' });
});

/** Templates in one another, the innermost empty. */
const nested = (levels: number): Uint8Array => {
  let bytes: Uint8Array = new Uint8Array(0);
  for (let level = 0; level < levels; level++) {
    const length = bytes.length.toString(16).padStart(6, '0');
    bytes = concat(fromHex(`7083${length}`), bytes);
  }
  return bytes;
};

const tree = (levels: number): EncodableObject[] => {
  let children: EncodableObject[] = [];
  for (let level = 0; level < levels; level++) children = [{ tag: '70', children }];
  return children;
};

test('templates may stand in one another to a limit, 20,000 levels are refused and harm nothing', () => {
  expect([...walk(decode(nested(31)))]).toHaveLength(31);
  expect(errorOf(() => decode(nested(32)))).toMatchObject({ code: 'nesting-too-deep', offset: 31 * 5, tag: '70' });
  expect(errorOf(() => decode(nested(20_000)))).toMatchObject({ code: 'nesting-too-deep' });
  expect(decode(encode(tree(31)))).toHaveLength(1);
  expect(errorOf(() => encode(tree(32)))).toMatchObject({ code: 'nesting-too-deep', tag: '70' });
  expect(errorOf(() => encode(tree(20_000)))).toMatchObject({ code: 'nesting-too-deep' });
});

test('a tree that leads back to itself is refused', () => {
  const circle: { tag: string; children: EncodableObject[] } = { tag: '70', children: [] };
  circle.children.push(circle);
  expect(errorOf(() => encode([circle]))).toMatchObject({ code: 'nesting-too-deep' });
});

test.each(['', '0', '5', '00', '001A', '9F', '9F80', 'DF8180', 'DF818001', '5A5A', '5G', ' 5A', '70 '])(
  'the tag "%s" cannot be encoded',
  (tag) => {
    const good = { tag: '5F34', value: Uint8Array.of(1) };
    const refusal = errorOf(() => encode([good, { tag, value: new Uint8Array(0) }]));
    expect(refusal).toMatchObject({ code: 'tag-invalid', offset: 4, tag });
  },
);

test('a primitive tag has no children', () => {
  const refusal = errorOf(() => encode([{ tag: '70', children: [{ tag: '5A', children: [] }] }]));
  expect(refusal).toMatchObject({ code: 'tag-not-constructed', offset: 2, tag: '5A' });
});
