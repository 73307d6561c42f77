import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decode,
  explain,
  explainResponse,
  fromHex,
  TlvError,
  tagDefinitions,
  toHex,
  walk,
} from '../../../emv/index.js';
import { readVectors } from '../read-vectors.js';

describe('explain', () => {
  it('keeps the tree, with names, values, meanings and bits', () => {
    const [record] = explain(fromHex('77169F3602000182027C009F2701409F0206000000000200'));
    expect(record).toMatchObject({ tag: '77', name: 'Response Message Template Format 2' });
    expect(record).not.toHaveProperty('value');
    expect(record!.children!.map(({ tag, value, meaning }) => [tag, value, meaning])).toEqual([
      ['9F36', '0001', '1'],
      ['82', '7C00', undefined],
      ['9F27', '40', 'TC, approved offline'],
      ['9F02', '000000000200', '2.00'],
    ]);
    expect(record!.children![1]!.bits!.filter((bit) => bit.set).map(({ bit }) => bit)).toEqual([7, 6, 5, 4, 3]);
  });

  it('finds the currency elsewhere in the tree', () => {
    const [amount] = explain(fromHex('9F02060000000002005F2A020156'));
    expect(amount!.meaning).toBe('2.00 CNY');
  });

  it('gives a tag the meaning that its application gives it', () => {
    const names = (hex: string) => explain(fromHex(hex)).map(({ tag, name }) => `${tag} ${name}`);
    expect(names('8407A00000000410109F6E050156000001')).toContain('9F6E Third Party Data');
    expect(names('8407A00000000310109F6E0420700000')).toContain('9F6E Form Factor Indicator');
    expect(names('8408A0000003330101019F6E0420700000')).toContain('9F6E Form Factor Indicator');
    const [, qualifiers] = explain(fromHex('8407A00000000310109F6C020080'));
    expect(qualifiers!.bits!.filter((bit) => bit.set)).toEqual([
      { byte: 2, bit: 8, name: 'consumer device CVM performed', set: true },
    ]);
    const [, amount] = explain(fromHex('8407A00000000310109F5D06000000000500'));
    expect(amount).toMatchObject({ name: 'Available Offline Spending Amount (AOSA)', meaning: '5.00' });
  });

  it('gives a tag the meaning that its template gives it', () => {
    const [parameters] = explain(fromHex('620A82013883023F008A0105'));
    expect(parameters!.children!.map(({ tag, name, bits }) => [tag, name, bits?.find((bit) => bit.set)?.name])).toEqual(
      [
        ['82', 'File Descriptor', 'DF, or EF with BER-TLV structure'],
        ['83', 'File Identifier', undefined],
        ['8A', 'Life Cycle Status', 'operational state, activated'],
      ],
    );
    expect(parameters!.children!.map(({ meaning }) => meaning)).toEqual([undefined, undefined, undefined]);
  });

  it('speaks Chinese, and says so where it knows no name', () => {
    expect(explain(fromHex('9F1A020156DF7E0101'), { language: 'zh' })).toEqual([
      { tag: '9F1A', name: '终端国家代码', value: '0156', meaning: '中国' },
      { tag: 'DF7E', name: '未知数据对象', value: '01' },
    ]);
    expect(explain(fromHex('DF7E0101'))[0]!.name).toBe('Unknown data object');
  });

  it('throws what decode throws', () => expect(() => explain(fromHex('5A08'))).toThrow(TlvError));

  const knownTag = fc.constantFrom(...tagDefinitions.map(({ tag }) => tag));
  const anyTag = fc.oneof(
    { weight: 8, arbitrary: knownTag },
    { weight: 1, arbitrary: fc.constantFrom('DF7E', 'C1', '56') },
  );
  const objects = fc
    .array(fc.tuple(anyTag, fc.uint8Array({ maxLength: 40 })), { maxLength: 8 })
    .map((list) =>
      fromHex(list.map(([tag, value]) => `${tag}${toHex(Uint8Array.of(value.length))}${toHex(value)}`).join('')),
    );

  it('never throws on what decodes, and keeps the shape of its objects', () => {
    fc.assert(
      fc.property(objects, fc.boolean(), fc.constantFrom('en' as const, 'zh' as const), (bytes, showPan, language) => {
        const tree = decodes(bytes);
        if (tree === undefined) return;
        const explained = explain(bytes, { showPan, language });
        expect(explained.map(({ tag }) => tag)).toEqual(tree.map(({ tag }) => tag));
        const check = (list: ReturnType<typeof explain>): void => {
          for (const object of list) {
            expect((object.value === undefined) !== (object.children === undefined)).toBe(true);
            expect(object.name).not.toBe('');
            if (object.value !== undefined) expect(object.value).toMatch(/^[0-9A-F*]*$/);
            check([...(object.children ?? [])]);
          }
        };
        check(explained);
        expect(() => explainResponse(bytes, { showPan, language })).not.toThrow(TlvError);
      }),
      { numRuns: 2000 },
    );
  });

  it('explains every dictionary tag at every length without throwing', () => {
    for (const { tag, format } of tagDefinitions) {
      if (format === 'template') continue;
      for (let length = 0; length <= 40; length++) {
        for (const fill of [0x00, 0x01, 0x30, 0x99, 0xff]) {
          const bytes = Uint8Array.from([...fromHex(tag), length, ...new Uint8Array(length).fill(fill)]);
          if (decodes(bytes) !== undefined) explain(bytes);
        }
      }
    }
  });

  it('explains every recorded answer, and leaves no card number of theirs', () => {
    const vectors = readVectors('tlv-decode', 'tlv.decode');
    expect(vectors.length).toBeGreaterThan(100);
    for (const vector of vectors) {
      const bytes = fromHex((vector.input as { hex: string }).hex);
      const shown = JSON.stringify(explain(bytes));
      for (const { tag, value } of walk(decode(bytes))) {
        const pan =
          tag === '5A' ? toHex(value).replace(/F+$/, '') : tag === '57' ? toHex(value).replace(/D.*$/, '') : '';
        if (/^\d{8,}$/.test(pan)) expect(shown, vector.id).not.toContain(pan);
      }
    }
  });
});

function decodes(bytes: Uint8Array): ReturnType<typeof decode> | undefined {
  try {
    return decode(bytes);
  } catch (error) {
    if (error instanceof TlvError) return undefined;
    throw error;
  }
}
