import { type CardName, NAME_BYTES } from './name-on-list.js';

/** Names of cards, each there once, in order, 8 bytes each: 8 MB for a million, and no object a name. */
export interface NameSet {
  readonly size: number;
  readonly bytes: Uint8Array;
  has(name: CardName): boolean;
  at(index: number): CardName;
}

/** A set of names from their bytes, 8 each, in any order and as often as they like. */
export function createNameSet(names: Uint8Array): NameSet {
  return setOf(ordered(names));
}

/** A set from bytes that are in order already; `undefined` where they are not. */
export function readNameSet(bytes: Uint8Array): NameSet | undefined {
  if (bytes.length % NAME_BYTES !== 0) return undefined;
  const set = setOf(bytes);
  for (let index = 1; index < set.size; index++) if (compare(set.at(index - 1), set.at(index)) >= 0) return undefined;
  return set;
}

function setOf(bytes: Uint8Array): NameSet {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = bytes.length / NAME_BYTES;
  return {
    size,
    bytes,
    at: (index) => ({ high: view.getUint32(index * NAME_BYTES), low: view.getUint32(index * NAME_BYTES + 4) }),
    has({ high, low }) {
      let from = 0;
      let to = size;
      while (from < to) {
        const middle = (from + to) >>> 1;
        const there = view.getUint32(middle * NAME_BYTES);
        if (there < high || (there === high && view.getUint32(middle * NAME_BYTES + 4) < low)) from = middle + 1;
        else to = middle;
      }
      const place = from * NAME_BYTES;
      return from < size && view.getUint32(place) === high && view.getUint32(place + 4) === low;
    },
  };
}

const compare = (left: CardName, right: CardName): number => left.high - right.high || left.low - right.low;

/** The engine sorts whole numbers of 64 bits at once, where the machine's own order of bytes is that of the names. */
function ordered(names: Uint8Array): Uint8Array {
  const bytes = Buffer.from(new Uint8Array(names).buffer);
  const turn = () => (isLittleEndian ? bytes.swap64() : bytes);
  if (bytes.length === 0) return bytes;
  turn();
  const numbers = new BigUint64Array(bytes.buffer, bytes.byteOffset, bytes.length / NAME_BYTES).sort();
  let count = 0;
  for (const number of numbers) if (count === 0 || numbers[count - 1] !== number) numbers[count++] = number;
  turn();
  return new Uint8Array(bytes.buffer, bytes.byteOffset, count * NAME_BYTES);
}

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** What has to be added to `before` and taken from it to make `after`. */
export function differenceOf(before: NameSet, after: NameSet): { readonly added: NameSet; readonly removed: NameSet } {
  return { added: without(after, before), removed: without(before, after) };
}

/** The names of `set` that are not in `others`. */
export function without(set: NameSet, others: NameSet): NameSet {
  return setOf(select(set, (name) => !others.has(name)));
}

function select(set: NameSet, isWanted: (name: CardName) => boolean): Uint8Array {
  const kept = new Uint8Array(set.bytes.length);
  let length = 0;
  for (let index = 0; index < set.size; index++) {
    if (!isWanted(set.at(index))) continue;
    kept.set(set.bytes.subarray(index * NAME_BYTES, (index + 1) * NAME_BYTES), length);
    length += NAME_BYTES;
  }
  return kept.slice(0, length);
}

/** `before` with a difference applied; `undefined` where the difference is one of another set. */
export function withDifference(
  before: NameSet,
  { added, removed }: { readonly added: NameSet; readonly removed: NameSet },
): NameSet | undefined {
  const kept = without(before, removed);
  if (kept.size !== before.size - removed.size) return undefined;
  const after = createNameSet(Buffer.concat([kept.bytes, added.bytes]));
  return after.size === kept.size + added.size ? after : undefined;
}
