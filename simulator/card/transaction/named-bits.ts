import { fromHex } from '../../../emv/bytes.js';
import { bitTables } from '../../../emv/values/index.js';

interface Bit {
  readonly byte: number;
  readonly mask: number;
}

/** The bits that have a name in the tables which hold for every kernel and template. */
const bitsOfTag = new Map<string, ReadonlyMap<string, Bit>>();

function bitsOf(tag: string): ReadonlyMap<string, Bit> {
  const known = bitsOfTag.get(tag);
  if (known !== undefined) return known;
  const rows = bitTables
    .filter(({ tags, kernels, within }) => tags.includes(tag) && kernels === undefined && within === undefined)
    .flatMap((table) => table.rows)
    .filter(({ value, isNumber }) => value === undefined && !isNumber);
  const bits = new Map(
    rows.flatMap(({ name, byte, mask }) =>
      name === undefined ? [] : [[name, { byte, mask: Number.parseInt(mask, 16) }] as const],
    ),
  );
  bitsOfTag.set(tag, bits);
  return bits;
}

/** The names of the bits that a data object has set; nothing where it was not personalized. */
export function namedBits(tag: string, hex: string | undefined): ReadonlySet<string> {
  return hex === undefined ? new Set() : namedBitsOf(tag, fromHex(hex));
}

export function namedBitsOf(tag: string, value: Uint8Array): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [name, { byte, mask }] of bitsOf(tag)) if (((value[byte - 1] ?? 0) & mask) !== 0) names.add(name);
  return names;
}

/** Sets the bits of these names in a value of their data object. */
export function setNamedBits(tag: string, value: Uint8Array, names: Iterable<string>): void {
  for (const name of names) {
    const { byte, mask } = bitOf(tag, name);
    value[byte - 1]! |= mask;
  }
}

export function clearNamedBit(tag: string, value: Uint8Array, name: string): void {
  const { byte, mask } = bitOf(tag, name);
  value[byte - 1]! &= ~mask;
}

/** A value of that many bytes with these bits, and no others, set. */
export function encodeNamedBits(tag: string, length: number, names: Iterable<string>): Uint8Array {
  const value = new Uint8Array(length);
  setNamedBits(tag, value, names);
  return value;
}

function bitOf(tag: string, name: string): Bit {
  const bit = bitsOf(tag).get(name);
  if (bit === undefined) throw new RangeError(`no bit ${name} in ${tag}`);
  return bit;
}
