import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeParts, fromHex, lookUpTag, type StructureTable, structureTables } from '../../../emv/index.js';

const sample = ({ lengths, when = [], parts }: StructureTable): Uint8Array => {
  const fixed = parts.reduce((sum, { length }) => sum + (typeof length === 'number' ? length : 0), 0);
  const value = new Uint8Array(lengths?.[0] ?? fixed);
  for (const { byte, value: wanted } of when) value[byte - 1] = Number.parseInt(wanted, 16);
  return value;
};

describe('the structures', () => {
  it.each(structureTables.map((table) => [`${table.tags} ${table.kernels ?? ''}`, table] as const))(
    '%s',
    (_, table) => {
      expect(table.source).toMatch(/EMV|ISO|JR\/T|GlobalPlatform/);
      const value = sample(table);
      const context = table.kernels === undefined ? {} : { kernel: table.kernels[0]! };
      for (const tag of table.tags) {
        expect(lookUpTag(tag), tag).toBeDefined();
        for (const language of ['en', 'zh'] as const) {
          const parts = describeParts(tag, value, language, context);
          expect(parts.map(({ name }) => name)).toEqual(
            table.parts.map((part) => (language === 'zh' ? part.nameZh : part.name)),
          );
        }
      }
    },
  );

  it('cover a value from its first byte to its last, or not at all', () => {
    const tags = structureTables.flatMap((table) => table.tags);
    fc.assert(
      fc.property(fc.constantFrom(...tags), fc.uint8Array({ maxLength: 50 }), (tag, bytes) => {
        const parts = describeParts(tag, bytes, 'en', { kernel: 2 });
        expect(parts.map(({ offset }) => offset)).toEqual(parts.map(({ offset }) => offset).sort((a, b) => a - b));
        if (parts.length > 0) expect(parts[0]!.offset).toBe(0);
        for (const { offset } of parts) expect(offset).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });
});

describe('describeParts', () => {
  it.each([
    ['91', '11223344556677883030', {}, ['ARPC 1122334455667788', 'response code 00']],
    ['91', '1122334455667788', {}, []],
    [
      '9F0A',
      '00010231320005011A',
      {},
      ['scheme 0001', 'length 02', 'value 3132', 'scheme 0005', 'length 01', 'value 1A'],
    ],
    ['9F0A', '00010231', {}, []],
    [
      '9F6E',
      '01560001303001',
      { kernel: 2 },
      ['country 156', 'unique identifier 0001', 'device type 00', 'proprietary data 01'],
    ],
    ['9F6E', '0156800101', { kernel: 2 }, ['country 156', 'unique identifier 8001', 'proprietary data 01']],
    ['9F6E', '01568001', {}, []],
    ['9F02', '000000000001', {}, []],
  ] as const)('%s %s', (tag, hex, context, expected) => {
    const parts = describeParts(tag, fromHex(hex), 'en', context);
    expect(parts.map(({ name, value }) => `${name} ${value}`)).toEqual(expected);
  });
});
