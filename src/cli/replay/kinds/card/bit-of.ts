import { bitTables } from '../../../../../emv/values/index.js';
import { VectorError } from '../../vector-error.js';
import names from './names.json' with { type: 'json' };

/** Bits that a text names: "b1.8=1, b2.5=0", "b1.4 set"; `undefined` where it names none. */
export function bitsIn(text: string): Readonly<Record<string, 0 | 1>> | undefined {
  const named = [...text.matchAll(/\b(b\d\.\d)(?:\s*=\s*([01]))?/g)];
  return named.length === 0
    ? undefined
    : Object.fromEntries(named.map(([, bit, value]) => [bit!, value === '0' ? 0 : 1]));
}

/** Byte (from 1) and mask of a bit: `b1.8`, or its name in the tag's table or in the suite. */
export function bitOf(tag: string, bit: string): { readonly byte: number; readonly mask: number } {
  const [, byte, number] = /^b(\d)\.(\d)$/.exec(bit) ?? [];
  if (byte !== undefined) return { byte: Number(byte), mask: 1 << (Number(number) - 1) };
  const aliases = (names as Readonly<Record<string, Readonly<Record<string, string>>>>)[tag] ?? {};
  const row = bitTables
    .filter(({ tags }) => tags.includes(tag))
    .flatMap(({ rows }) => rows)
    .find(({ name }) => name !== undefined && name === (aliases[bit] ?? bit));
  if (row === undefined) throw new VectorError(`cardConfig.${tag}`, `no bit ${bit}`);
  return { byte: row.byte, mask: Number.parseInt(row.mask, 16) };
}
