import { toAscii, toHex } from '../bytes.js';
import type { TagContext } from '../tags/index.js';
import { byTag, chooseTable, type TableScope } from './choose-table.js';
import type { Language } from './describe-bits.js';
import tables from './structures.json';

interface PartRow {
  /** Bytes; `given`: as the part before says; `rest`: all that is left. */
  readonly length: number | 'given' | 'rest';
  /** `an` is shown as text, `n` as a number, all others in hex. */
  readonly format?: 'an' | 'n';
  readonly name: string;
  readonly nameZh: string;
}

/** How the value of a tag is laid out. */
export interface StructureTable extends TableScope {
  /** The parts come again until the value ends. */
  readonly repeats?: boolean;
  /** Document and place. */
  readonly source: string;
  readonly parts: readonly PartRow[];
}

/** One part of a value. */
export interface DescribedPart {
  readonly name: string;
  readonly offset: number;
  /** Text, digits without the zeros before them, or upper-case hex. */
  readonly value: string;
}

/** All of them; {@link describeParts} finds the one of a tag. */
export const structureTables: readonly StructureTable[] = tables as readonly StructureTable[];

const tablesOfTag = byTag(structureTables);

/**
 * The parts of a value that is made of several, one after the other; none for a tag whose structure has no table, or
 * where the value does not fit it.
 *
 * @example describeParts('91', fromHex('11223344556677883030'))[1]  // { name: 'response code', offset: 8, value: '00' }
 */
export function describeParts(
  tag: string,
  bytes: Uint8Array,
  language: Language = 'en',
  context: TagContext = {},
): DescribedPart[] {
  const table = chooseTable(tablesOfTag.get(tag) ?? [], bytes, context);
  const parts: DescribedPart[] = [];
  if (table === undefined) return parts;
  let offset = 0;
  do {
    let given = 0;
    for (const row of table.parts) {
      const length = row.length === 'given' ? given : row.length === 'rest' ? bytes.length - offset : row.length;
      const value = bytes.subarray(offset, offset + length);
      if (value.length < length) return [];
      parts.push({ name: language === 'zh' ? row.nameZh : row.name, offset, value: shown(value, row.format) });
      given = value[0] ?? 0;
      offset += length;
    }
  } while (table.repeats && offset < bytes.length);
  return offset === bytes.length ? parts : [];
}

function shown(value: Uint8Array, format: PartRow['format']): string {
  const hex = toHex(value);
  if (format === 'an' && /^([2-6][\dA-F]|7[\dA-E])+$/.test(hex)) return toAscii(value).trim();
  return format === 'n' && /^\d+$/.test(hex) ? hex.replace(/^0+(?=\d)/, '') : hex;
}
