import { bitTableOf } from './bit-table.js';
import { rememberFlags } from './remember-flags.js';
import { ValueError } from './value-error.js';

/** An object with a boolean for each row of a tag's table. Throws {@link ValueError} for another length. */
export function readFlags<Flags extends { readonly [Name in keyof Flags]: boolean }>(
  tag: string,
  bytes: Uint8Array,
): Flags {
  const table = bitTableOf(tag, bytes)!;
  const length = table.bytes[1]!;
  if (bytes.length !== length) throw new ValueError('value-wrong-length', Math.min(bytes.length, length), tag);
  return rememberFlags(tag, bytes, table.rows, bytes) as Flags;
}
