import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type BitTable, bitTables, describeBits, fromHex, lookUpTag, type TagContext } from '../../../emv/index.js';
import { bitTableOf } from '../../../emv/values/bit-table.js';

const number = (hex: string) => Number.parseInt(hex, 16);

const label = ({ tags, kernels = [], within = [], source }: BitTable): string =>
  [...tags, ...kernels.map((kernel) => `kernel ${kernel}`), ...within, source].join(' ');

/** A value that the table applies to, with no bit set that it does not want. */
function emptyValue({ bytes, lengths, when = [] }: BitTable): Uint8Array {
  const value = new Uint8Array(lengths?.[0] ?? Math.max(bytes[1]!, ...when.map(({ byte }) => byte)));
  for (const { byte, value: wanted } of when) value[byte - 1] = number(wanted);
  return value;
}

const contextOf = ({ kernels, within }: BitTable): TagContext => ({
  ...(kernels === undefined ? {} : { kernel: kernels[0]! }),
  ...(within === undefined ? {} : { within: within[0]! }),
});

describe('the bit tables', () => {
  it('are at least 45, and speak of no tag that the dictionary does not know', () => {
    expect(bitTables.length).toBeGreaterThanOrEqual(45);
    for (const tag of bitTables.flatMap((table) => table.tags)) expect(lookUpTag(tag), tag).toBeDefined();
  });

  it('are a list with one row a line', () => {
    const lines = readFileSync('emv/values/bit-tables.json', 'utf8').match(/^ {4}\{ ?"byte".*\},?$/gm)!;
    expect(lines).toHaveLength(bitTables.reduce((sum, table) => sum + table.rows.length, 0));
  });

  it('leave no doubt which of them applies', () => {
    for (const table of bitTables) {
      for (const tag of table.tags)
        expect(bitTableOf(tag, emptyValue(table), contextOf(table)), label(table)).toBe(table);
    }
  });

  it.each(bitTables.map((table) => [label(table), table] as const))('%s: no bits claimed twice', (_, table) => {
    const [first, last] = table.bytes;
    const names = table.rows.flatMap((row) => row.name ?? []);
    expect(new Set(names).size).toBe(names.length);
    expect([0, table.rows.length]).toContain(names.length);
    expect(table.source).toMatch(/^\S.*\S$/);
    table.rows.forEach((row, index) => {
      expect(row.byte).toBeGreaterThanOrEqual(first!);
      expect(row.byte).toBeLessThanOrEqual(last!);
      expect(row.mask).toMatch(/^[0-9A-F]{2}$/);
      expect(row.meaning).toMatch(/^[\x21-\x7E][\x20-\x7E]*$/);
      expect(row.meaningZh).not.toBe('');
      expect(number(row.value ?? row.mask) & ~number(row.mask)).toBe(0);
      for (const other of table.rows.slice(index + 1)) {
        if (other.byte !== row.byte || (number(other.mask) & number(row.mask)) === 0) continue;
        const common = number(other.mask) & number(row.mask);
        expect(number(other.value!) & common, row.meaning).not.toBe(number(row.value!) & common);
      }
    });
  });

  it.each(bitTables.map((table) => [label(table), table] as const))('%s: every row can be reached', (_, table) => {
    const [tag] = table.tags;
    const context = contextOf(table);
    for (const row of table.rows) {
      const value = emptyValue(table);
      const nothing = describeBits(tag!, value, 'en', context).filter((bit) => bit.set && bit.name === row.meaning);
      value[row.byte - 1] = value[row.byte - 1]! | number(row.value ?? row.mask);
      const [english, chinese] = (['en', 'zh'] as const).map((language) =>
        describeBits(tag!, value, language, context).filter((bit) => bit.set && bit.byte === row.byte),
      );
      const shown = english!.some(({ name }) => name === row.meaning || (row.isNumber && name.startsWith(row.meaning)));
      expect(shown, row.meaning).toBe(true);
      expect(chinese!.some((bit) => bit.name.startsWith(row.meaningZh))).toBe(true);
      if (row.value !== '00') expect(nothing).toEqual([]);
    }
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
    expect(describeBits('9F10', fromHex('05011203A0A000'))).toEqual([]);
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
