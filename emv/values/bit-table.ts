import type { Kernel, TagContext } from '../tags/index.js';
import tables from './bit-tables.json';

/** What one bit says, or one value of several neighbouring bits. */
export interface BitRow {
  /** 1 is the first byte of the value. */
  readonly byte: number;
  /** The bits concerned, a byte in hex. */
  readonly mask: string;
  /** What the bits must be, a byte in hex; without it they must all be set. */
  readonly value?: string;
  /** The bits are a number by themselves. */
  readonly isNumber?: boolean;
  /** The key in the object that a reader gives; absent in tables without one. */
  readonly name?: string;
  readonly meaning: string;
  readonly meaningZh: string;
  /** Document and place, where it is not the table's. */
  readonly source?: string;
}

export interface BitTable {
  readonly tags: readonly string[];
  /** Only to these kernels do the bits mean this. */
  readonly kernels?: readonly Kernel[];
  /** Only within these templates do the bits mean this. */
  readonly within?: readonly string[];
  /** First and last byte that the table speaks of. Bits of them without a row are reserved. */
  readonly bytes: readonly number[];
  /** The value must have one of these lengths, or the table does not apply. */
  readonly lengths?: readonly number[];
  /** Bytes that must be as given (the bits of `mask`, or all), or the table does not apply. */
  readonly when?: readonly { readonly byte: number; readonly mask?: string; readonly value: string }[];
  /** Document and place. */
  readonly source: string;
  readonly rows: readonly BitRow[];
}

/** Every table of bits, in the order of their tags. */
export const bitTables: readonly BitTable[] = tables as readonly BitTable[];

const tablesOfTag = new Map<string, BitTable[]>();
for (const table of bitTables) {
  for (const tag of table.tags) tablesOfTag.set(tag, [...(tablesOfTag.get(tag) ?? []), table]);
}

/**
 * The table of a tag (upper-case hex) that applies to this value in this context, before the one that applies anywhere;
 * without a value the one that a value of the length it wants would have.
 */
export function bitTableOf(tag: string, bytes?: Uint8Array, { kernel, within }: TagContext = {}): BitTable | undefined {
  const candidates = (tablesOfTag.get(tag) ?? []).filter((table) => bytes === undefined || applies(table, bytes));
  return (
    candidates.find((table) => within !== undefined && table.within?.includes(within)) ??
    candidates.find((table) => kernel !== undefined && table.kernels?.includes(kernel)) ??
    candidates.find((table) => table.within === undefined && table.kernels === undefined)
  );
}

function applies({ bytes: [, last], lengths, when = [] }: BitTable, bytes: Uint8Array): boolean {
  if (lengths !== undefined && !lengths.includes(bytes.length)) return false;
  return when.every(
    ({ byte, mask = 'FF', value }) =>
      bytes.length >= last! && (bytes[byte - 1]! & Number.parseInt(mask, 16)) === Number.parseInt(value, 16),
  );
}

/** Whether the value says what the row says. */
export function holds(row: BitRow, bytes: Uint8Array): boolean {
  const bits = (bytes[row.byte - 1] ?? 0) & Number.parseInt(row.mask, 16);
  return row.isNumber ? bits !== 0 : bits === Number.parseInt(row.value ?? row.mask, 16);
}
