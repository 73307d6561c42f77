import type { TagContext } from '../tags/index.js';
import { type BitRow, type BitTable, bitTableOf, holds } from './bit-table.js';

export type Language = 'en' | 'zh';

/** One bit of a value, or one value of several bits, of which `bit` is the highest. */
export interface DescribedBit {
  /** 1 is the first byte of the value. */
  readonly byte: number;
  /** 8 is the highest. */
  readonly bit: number;
  readonly name: string;
  readonly set: boolean;
}

/**
 * What each bit of a value says, set or not, in the order of the bits; reserved bits stand there only where they are
 * set. Of a value that is too short the bits that it has; nothing for a tag whose bits have no table, or a value that is
 * laid out in a way that no table knows. `context` chooses among a tag's tables.
 *
 * @example describeBits('9B', fromHex('8000'))[0]  // { byte: 1, bit: 8, name: 'offline data …', set: true }
 */
export function describeBits(
  tag: string,
  bytes: Uint8Array,
  language: Language = 'en',
  context: TagContext = {},
): DescribedBit[] {
  const table = bitTableOf(tag, bytes, context);
  if (table === undefined) return [];
  const rows = table.rows
    .filter((row) => row.byte <= bytes.length)
    .map((row) => ({
      byte: row.byte,
      bit: highestBit(Number.parseInt(row.mask, 16)),
      name: nameOf(row, bytes, language),
      set: holds(row, bytes),
    }));
  return [...rows, ...reservedBits(table, bytes, language)].sort(
    (left, right) => left.byte - right.byte || right.bit - left.bit,
  );
}

const highestBit = (mask: number): number => 32 - Math.clz32(mask);

function nameOf(row: BitRow, bytes: Uint8Array, language: Language): string {
  const meaning = language === 'zh' ? row.meaningZh : row.meaning;
  if (!row.isNumber) return meaning;
  const mask = Number.parseInt(row.mask, 16);
  const number = ((bytes[row.byte - 1] ?? 0) & mask) / (mask & -mask);
  return language === 'zh' ? `${meaning}：${number}` : `${meaning}: ${number}`;
}

function reservedBits({ bytes: [first, last], rows }: BitTable, bytes: Uint8Array, language: Language): DescribedBit[] {
  const found: DescribedBit[] = [];
  for (let byte = first!; byte <= Math.min(last!, bytes.length); byte++) {
    const known = rows.reduce((mask, row) => (row.byte === byte ? mask | Number.parseInt(row.mask, 16) : mask), 0);
    const unknown = bytes[byte - 1]! & ~known;
    for (let bit = 8; bit >= 1; bit--) {
      if (((unknown >> (bit - 1)) & 1) === 0) continue;
      found.push({ byte, bit, name: language === 'zh' ? '保留' : 'reserved', set: true });
    }
  }
  return found;
}
