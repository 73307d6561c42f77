import { describe, expect, it } from 'vitest';
import { bitTables, describeBits, fromHex, lookUpTag } from '../../../emv/index.js';

const number = (hex: string) => Number.parseInt(hex, 16);

describe('the bit tables', () => {
  it('give every tag one table, and know no tag that the dictionary does not know', () => {
    const tags = bitTables.flatMap((table) => table.tags);
    expect(new Set(tags).size).toBe(tags.length);
    for (const tag of tags) expect(lookUpTag(tag), tag).toBeDefined();
  });

  it.each(bitTables.map((table) => [table.tags[0]!, table] as const))(
    '%s: rows never claim the same bits twice',
    (_, table) => {
      const [first, last] = table.bytes;
      const names = table.rows.map((row) => row.name);
      expect(new Set(names).size).toBe(names.length);
      table.rows.forEach((row, index) => {
        expect(row.byte).toBeGreaterThanOrEqual(first!);
        expect(row.byte).toBeLessThanOrEqual(last!);
        expect(row.source).not.toBe('');
        expect(number(row.value ?? row.mask) & ~number(row.mask)).toBe(0);
        for (const other of table.rows.slice(index + 1)) {
          if (other.byte !== row.byte || (number(other.mask) & number(row.mask)) === 0) continue;
          expect(other.mask).toBe(row.mask);
          expect(other.value).not.toBe(row.value);
        }
      });
    },
  );

  it.each(
    bitTables.flatMap((table) =>
      table.tags.flatMap((tag) => table.rows.map((row) => [tag, row.byte, row.mask, row.meaning, table, row] as const)),
    ),
  )('%s byte %i mask %s can be reached: %s', (tag, _byte, _mask, meaning, table, row) => {
    const value = new Uint8Array(Math.max(table.bytes[1]!, tag === '9F10' ? 8 : 0));
    for (const { byte, value: wanted } of table.when ?? []) value[byte - 1] = number(wanted);
    const nothing = describeBits(tag, value).filter((bit) => bit.set && bit.name === meaning);
    value[row.byte - 1] = number(row.value ?? row.mask);
    const [english, chinese] = (['en', 'zh'] as const).map((language) =>
      describeBits(tag, value, language).filter((bit) => bit.set && bit.byte === row.byte),
    );
    expect(english!.some((bit) => bit.name === meaning || (row.isNumber && bit.name === `${meaning}: 15`))).toBe(true);
    expect(chinese!.some((bit) => bit.name.startsWith(row.meaningZh))).toBe(true);
    if (row.value !== '00') expect(nothing).toEqual([]);
  });
});

describe('describeBits', () => {
  it('shows reserved bits only where they are set', () => {
    expect(describeBits('9F6C', fromHex('0000')).map((bit) => bit.bit)).toEqual([8, 7, 6, 5]);
    expect(describeBits('9F6C', fromHex('0180')).slice(4)).toEqual([
      { byte: 1, bit: 1, name: 'reserved', set: true },
      { byte: 2, bit: 8, name: 'reserved', set: true },
    ]);
    expect(describeBits('9F66', fromHex('00008000'), 'zh').filter((bit) => bit.set)).toEqual([
      { byte: 3, bit: 8, name: '保留', set: true },
    ]);
  });

  it('says of a short value what is there, and nothing of what it does not know', () => {
    expect(describeBits('95', fromHex('80')).every((bit) => bit.byte === 1)).toBe(true);
    expect(describeBits('95', new Uint8Array(0))).toEqual([]);
    expect(describeBits('9F26', fromHex('FFFFFFFFFFFFFFFF'))).toEqual([]);
    expect(describeBits('9F10', fromHex('06011203A0A000'))).toEqual([]);
    expect(describeBits('9F10', fromHex('0701010312'))).toEqual([]);
  });

  it('reads the issuer application data of a recorded tap', () => {
    const bits = describeBits('9F10', fromHex('07010103A00000010A010000038787868FD1FC'));
    expect(bits.filter((bit) => bit.set).map(({ byte, bit, name }) => `${byte}.${bit} ${name}`)).toEqual([
      '5.8 second GENERATE AC: not requested',
      '5.6 first cryptogram: ARQC',
    ]);
  });
});
