import { equalBytes, toHex } from '../bytes.js';
import { type BitRow, holds } from './bit-table.js';

type Flags = Readonly<Record<string, boolean>>;

const REMEMBERED_MAX = 256;
const remembered = new Map<string, Flags>();

interface Told {
  readonly told: Uint8Array;
  readonly rows: readonly BitRow[];
  readonly flags: Flags;
}

/** Of each tag what was read last, which mostly is what is read next. */
const last = new Map<string, Told>();

/**
 * A boolean for each row, under its name. A terminal reads the same few values of a tag again and again, so what was
 * made of one is kept: `told` is all of the value that the rows look at.
 */
export function rememberFlags(tag: string, told: Uint8Array, rows: readonly BitRow[], bytes: Uint8Array): Flags {
  const former = last.get(tag);
  if (former !== undefined && former.rows === rows && equalBytes(former.told, told)) return former.flags;
  const flags = flagsOf(`${tag} ${toHex(told)}`, rows, bytes);
  last.set(tag, { told: told.slice(), rows, flags });
  return flags;
}

function flagsOf(name: string, rows: readonly BitRow[], bytes: Uint8Array): Flags {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  const flags: Flags = Object.freeze(Object.fromEntries(rows.map((row) => [row.name!, holds(row, bytes)])));
  if (remembered.size >= REMEMBERED_MAX) remembered.clear();
  remembered.set(name, flags);
  return flags;
}
