import type { TagContext } from '../tags/index.js';
import tables from './bit-tables.json';
import { byTag, chooseTable, type TableScope } from './choose-table.js';

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

export interface BitTable extends TableScope {
  /** First and last byte that the table speaks of. Bits of them without a row are reserved. */
  readonly bytes: readonly number[];
  /** Document and place. */
  readonly source: string;
  readonly rows: readonly BitRow[];
}

/** Every table of bits, in the order of their tags. */
export const bitTables: readonly BitTable[] = tables as readonly BitTable[];

const tablesOfTag = byTag(bitTables);

/** Tables that hold for every value of their tag wherever nothing is told of template or kernel. */
const plainTables: ReadonlyMap<string, BitTable> = new Map(
  [...tablesOfTag].flatMap(([tag, tables]) => {
    const table = tables.find(({ within, kernels }) => within === undefined && kernels === undefined);
    return table === undefined || table.lengths || table.when ? [] : [[tag, table] as const];
  }),
);

/**
 * The table of a tag (upper-case hex) that tells the bits of this value where it was met. A value that is told by some
 * of its bytes must hold all that the table speaks of.
 */
export function bitTableOf(tag: string, value: Uint8Array, context?: TagContext): BitTable | undefined {
  const plain = context === undefined ? plainTables.get(tag) : undefined;
  if (plain !== undefined) return plain;
  const tables = tablesOfTag.get(tag) ?? [];
  const whole = tables.filter(({ when, bytes: [, last] }) => when === undefined || value.length >= last!);
  return chooseTable(whole, value, context ?? {});
}

interface Demand {
  readonly mask: number;
  readonly value: number;
}

/** What the rows ask for as numbers: hundreds of them are looked at in each transaction. */
const demands: ReadonlyMap<BitRow, Demand> = new Map(
  bitTables.flatMap(({ rows }) => rows.map((row) => [row, demandOf(row)] as const)),
);

function demandOf({ mask, value = mask }: BitRow): Demand {
  return { mask: Number.parseInt(mask, 16), value: Number.parseInt(value, 16) };
}

/** Whether the value says what the row says. */
export function holds(row: BitRow, bytes: Uint8Array): boolean {
  const { mask, value } = demands.get(row) ?? demandOf(row);
  const bits = (bytes[row.byte - 1] ?? 0) & mask;
  return row.isNumber ? bits !== 0 : bits === value;
}
