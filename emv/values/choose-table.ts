import type { Kernel, TagContext } from '../tags/index.js';

/** For which tags and values a table is made, and where they must be met. */
export interface TableScope {
  readonly tags: readonly string[];
  /** Only to these kernels does it apply. */
  readonly kernels?: readonly Kernel[];
  /** Only within these templates does it apply. */
  readonly within?: readonly string[];
  /** The value must have one of these lengths, or it does not apply. */
  readonly lengths?: readonly number[];
  /** Bytes that must be as given (the bits of `mask`, or all), or it does not apply. */
  readonly when?: readonly { readonly byte: number; readonly mask?: string; readonly value: string }[];
}

/** Of the tables of a tag the one for this template, or for this kernel, or else for anywhere, that fits the value. */
export function chooseTable<Table extends TableScope>(
  tables: readonly Table[],
  bytes: Uint8Array,
  { kernel, within }: TagContext,
): Table | undefined {
  const fitting = tables.filter((table) => fits(table, bytes));
  return (
    fitting.find((table) => within !== undefined && table.within?.includes(within)) ??
    fitting.find((table) => kernel !== undefined && table.kernels?.includes(kernel)) ??
    fitting.find((table) => table.within === undefined && table.kernels === undefined)
  );
}

function fits({ lengths, when = [] }: TableScope, bytes: Uint8Array): boolean {
  if (lengths !== undefined && !lengths.includes(bytes.length)) return false;
  return when.every(
    ({ byte, mask = 'FF', value }) =>
      bytes.length >= byte && (bytes[byte - 1]! & Number.parseInt(mask, 16)) === Number.parseInt(value, 16),
  );
}

/** The tables by their tags. */
export function byTag<Table extends TableScope>(tables: readonly Table[]): ReadonlyMap<string, readonly Table[]> {
  const found = new Map<string, Table[]>();
  for (const table of tables) {
    for (const tag of table.tags) found.set(tag, [...(found.get(tag) ?? []), table]);
  }
  return found;
}
