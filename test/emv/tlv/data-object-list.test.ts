import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildDataObjectList,
  decodeDataObjectList,
  fromHex,
  isConstructedTag,
  TlvError,
  tagDefinitions,
  toHex,
  valuesByDataObjectList,
} from '../../../emv/index.js';

const build = (list: string, data: Readonly<Record<string, string>>) =>
  toHex(buildDataObjectList(fromHex(list), new Map(Object.entries(data).map(([tag, value]) => [tag, fromHex(value)]))));

const refusal = (list: string) => {
  try {
    decodeDataObjectList(fromHex(list));
  } catch (error) {
    if (error instanceof TlvError) return { code: error.code, offset: error.offset, tag: error.tag };
    throw error;
  }
  return 'accepted';
};

describe('a data object list', () => {
  it('names tags of one to three bytes, each with a length of one byte', () => {
    expect(decodeDataObjectList(fromHex('9503DF8104FF9F3700'))).toEqual([
      { tag: '95', length: 3 },
      { tag: 'DF8104', length: 255 },
      { tag: '9F37', length: 0 },
    ]);
    expect(decodeDataObjectList(new Uint8Array(0))).toEqual([]);
  });

  it.each([
    ['9F', 'tag-truncated', 1, '9F'],
    ['9F3704DF81', 'tag-truncated', 5, 'DF81'],
    ['9F37', 'length-truncated', 2, '9F37'],
    ['9F370400', 'tag-invalid', 3, '00'],
    ['9F3704DF818001', 'tag-too-long', 3, 'DF8180'],
  ])('%s is refused: %s at %i', (list, code, offset, tag) => {
    expect(refusal(list)).toEqual({ code, offset, tag });
  });
});

describe('data read by the list that asked for them', () => {
  const read = (list: string, bytes: string) => {
    const found = valuesByDataObjectList(fromHex(list), fromHex(bytes));
    return found && [[...found.values].map(([tag, value]) => `${tag} ${toHex(value)}`), toHex(found.rest)];
  };

  it.each([
    ['9A039C01', '17060122', [['9A 170601', '9C 22'], '']],
    ['9A03', '17060122', [['9A 170601'], '22']],
    ['9A039C01', '170601', undefined],
    ['', '22', [[], '22']],
  ])('%s of %s', (list, bytes, expected) => {
    expect(read(list, bytes)).toEqual(expected);
  });
});

describe('the data that a list asks for', () => {
  it.each([
    ['n too long loses its left', '9F0203', { '9F02': '000000012345' }, '012345'],
    ['n too short gains zeros on the left', '9F0208', { '9F02': '000000012345' }, '0000000000012345'],
    ['cn too long loses its right', '5A04', { '5A': '6228000100001117' }, '62280001'],
    ['cn too short gains FF on the right', '5A0A', { '5A': '6228000100001117' }, '6228000100001117FFFF'],
    ['b too long loses its right', '9F3702', { '9F37': '12345678' }, '1234'],
    ['b too short gains zeros on the right', '9F3706', { '9F37': '12345678' }, '123456780000'],
    ['an too long loses its right', '9F1C04', { '9F1C': '3132333435363738' }, '31323334'],
    ['ans too short gains zeros on the right', '9F4E04', { '9F4E': '4E42' }, '4E420000'],
    ['a tag without an entry counts as b', 'DF7E03', { DF7E: '0102' }, '010200'],
    ['what is absent is zeros', '9F0206', {}, '000000000000'],
    ['what is empty is zeros', '9F0202', { '9F02': '' }, '0000'],
    ['what is empty in cn is FF', '5A02', { '5A': '' }, 'FFFF'],
    ['a template is zeros, whatever is there', 'A503', { A5: '870101' }, '000000'],
    ['a length of 0 asks for nothing', '9F37009A03', { '9F37': '12345678', '9A': '170601' }, '170601'],
    ['a tag may come twice', '9C019C01', { '9C': '22' }, '2222'],
    ['nothing asks for nothing', '', { '9C': '22' }, ''],
  ])('%s', (_, list, data, expected) => {
    expect(build(list, data)).toBe(expected);
  });

  const entry = fc.tuple(fc.constantFrom(...tagDefinitions), fc.nat({ max: 255 }), fc.uint8Array({ maxLength: 40 }));

  it('has the length that the list says, and holds each value whole where it fits', () => {
    fc.assert(
      fc.property(fc.uniqueArray(entry, { maxLength: 8, selector: ([{ tag }]) => tag }), (entries) => {
        const list = entries.map(([{ tag }, length]) => tag + toHex(Uint8Array.of(length))).join('');
        const data = new Map(entries.map(([{ tag }, , value]) => [tag, value]));
        const built = buildDataObjectList(fromHex(list), data);
        expect(built).toHaveLength(entries.reduce((sum, [, length]) => sum + length, 0));
        let position = 0;
        for (const [{ tag, format }, length, value] of entries) {
          const part = toHex(built.subarray(position, position + length));
          position += length;
          const hex = toHex(value);
          if (isConstructedTag(tag)) expect(part).toBe('00'.repeat(length));
          else if (format === 'n') expect(part.endsWith(hex) || hex.endsWith(part)).toBe(true);
          else expect(part.startsWith(hex) || hex.startsWith(part)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is made, or the list is refused with a TlvError, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          const wanted = decodeDataObjectList(bytes).reduce((sum, { length }) => sum + length, 0);
          expect(buildDataObjectList(bytes, new Map())).toEqual(new Uint8Array(wanted));
        } catch (error) {
          expect(error).toBeInstanceOf(TlvError);
        }
      }),
    );
  });
});
