import { toHex } from '../bytes.js';
import { type BitRow, holds } from './bit-table.js';

type Flags = Readonly<Record<string, boolean>>;

const REMEMBERED_MAX = 256;
const remembered = new Map<string, Flags>();

/**
 * A boolean for each row, under its name. A terminal reads the same few values of a tag again and again, so what was
 * made of one is kept: `told` is all of the value that the rows look at.
 */
export function rememberFlags(tag: string, told: Uint8Array, rows: readonly BitRow[], bytes: Uint8Array): Flags {
  const name = `${tag} ${toHex(told)}`;
  const known = remembered.get(name);
  if (known !== undefined) return known;
  const flags: Flags = Object.freeze(Object.fromEntries(rows.map((row) => [row.name!, holds(row, bytes)])));
  if (remembered.size >= REMEMBERED_MAX) remembered.clear();
  remembered.set(name, flags);
  return flags;
}
