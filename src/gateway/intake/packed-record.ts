import names from './packed-names.json';

/** What stands for something longer; no JSON text has such bytes. */
export const Code = { name: 0x02, hex: 0x03, again: 0x04, pairOf1: 0x05, pairOf2: 0x06 } as const;

const QUOTE = 0x22;
const COLON = 0x3a;
const CONTROLS_END = 0x20;
const HEX_MAX = 0xffff;
export const PAIR_MAX = 0xff;

/** A value of so many bytes is looked for in what follows: a card's signature stands in one of its records as well. */
export const LONG_FROM = 64;

export const NO_DIGIT = 0xff;
export const DIGITS = new Uint8Array(256).fill(NO_DIGIT);
for (const [value, digit] of [...'0123456789ABCDEF'].entries()) DIGITS[digit.charCodeAt(0)] = value;

/** A name's place in the list is kept in records, so that names are only ever added. */
const NAMES = names.map((name) => Buffer.from(name, 'latin1'));
const NAME_MAX = Math.max(...NAMES.map(({ length }) => length));

/** Length and ends tell them apart; of two that they do not, one is found. */
const marksOf = (length: number, first: number, last: number): number => (length << 16) | (first << 8) | last;
const placeOf = new Map(NAMES.map((name, place) => [marksOf(name.length, name[0]!, name.at(-1)!), place]));

/** Where a text is read and where its packed form is written. */
export interface Packing {
  readonly from: Buffer;
  readonly to: Buffer;
  length: number;
  /** The last value that is looked for in what follows. */
  long: Uint8Array | undefined;
}

/**
 * A record's canonical JSON in less than half of its bytes: names that records have, hex, and data objects (`"9F36":"0001"`)
 * each as a code and what it needs, a long value once where it stands twice. All else stays as it is, in UTF-8. Any text
 * comes back as it was.
 */
export function packRecord(text: string): Buffer {
  const packing = beginPacking(text);
  packRange(packing, 0, packing.from.length);
  return packed(packing);
}

export function beginPacking(text: string): Packing {
  const from = Buffer.from(text, 'utf8');
  return { from, to: Buffer.allocUnsafe(from.length), length: 0, long: undefined };
}

/** Packs a part of the text, which begins and ends between two of its tokens. */
export function packRange(packing: Packing, start: number, end: number): void {
  const { from, to } = packing;
  for (let at = start; at < end; ) {
    const taken = from[at] === QUOTE ? packPair(packing, at) || packHex(packing, at) || packName(packing, at) : 0;
    if (taken === 0) to[packing.length++] = from[at]!;
    at += taken || 1;
  }
}

export const packed = ({ to, length }: Packing): Buffer => to.subarray(0, length);

/** Each gives how many bytes it took, 0 where it can do nothing with them. */
function packPair(packing: Packing, at: number): number {
  const { from, to, length } = packing;
  const tagLength = from[at + 3] === QUOTE ? 1 : from[at + 5] === QUOTE ? 2 : 0;
  const value = at + 2 * tagLength + 4;
  if (tagLength === 0 || from[value - 2] !== COLON || from[value - 1] !== QUOTE) return 0;
  if (decodeHex(from, at + 1, to, length + 1) !== tagLength) return 0;
  const start = length + tagLength + 2;
  const count = decodeHex(from, value, to, start);
  if (count < 0 || count > PAIR_MAX) return 0;
  to[length] = tagLength === 1 ? Code.pairOf1 : Code.pairOf2;
  to[start - 1] = count;
  packing.length = start + count;
  if (count >= LONG_FROM) packing.long = to.subarray(start, start + count);
  return value - at + 2 * count + 1;
}

function packHex(packing: Packing, at: number): number {
  const { from, to, length, long } = packing;
  const start = length + 3;
  const count = decodeHex(from, at + 1, to, start);
  if (count < 1 || count > HEX_MAX) return 0;
  const before = long && count > long.length ? to.subarray(start, start + count).indexOf(long) : -1;
  if (before === -1) {
    to[length] = Code.hex;
    to.writeUInt16BE(count, length + 1);
    packing.length = start + count;
  } else {
    const after = count - before - long!.length;
    to.copyWithin(length + 5, start, start + before);
    to.copyWithin(length + 5 + before, start + count - after, start + count);
    to[length] = Code.again;
    to.writeUInt16BE(before, length + 1);
    to.writeUInt16BE(after, length + 3);
    packing.length = length + 5 + before + after;
  }
  return 2 * count + 2;
}

function packName(packing: Packing, at: number): number {
  const { from, to, length } = packing;
  let end = at + 1;
  while (end - at <= NAME_MAX && from[end] !== QUOTE) end++;
  if (from[end] !== QUOTE) return 0;
  const place = placeOf.get(marksOf(end - at - 1, from[at + 1]!, from[end - 1]!));
  if (place === undefined || !isAt(from, at + 1, NAMES[place]!)) return 0;
  to[length] = Code.name;
  to[length + 1] = place;
  packing.length = length + 2;
  return end - at + 1;
}

function isAt(bytes: Uint8Array, at: number, name: Uint8Array): boolean {
  for (let index = 0; index < name.length; index++) if (bytes[at + index] !== name[index]) return false;
  return true;
}

/** Decodes hex up to a quote; gives the number of its bytes, −1 where something else stands there. */
function decodeHex(from: Uint8Array, start: number, to: Uint8Array, offset: number): number {
  let at = start;
  let count = 0;
  for (; from[at] !== QUOTE; at += 2) {
    const high = DIGITS[from[at] ?? 0]!;
    const low = DIGITS[from[at + 1] ?? 0]!;
    if (high === NO_DIGIT || low === NO_DIGIT) return -1;
    to[offset + count++] = (high << 4) | low;
  }
  return count;
}

/** The text that was packed. */
export function unpackRecord(packed: Buffer): string {
  const parts: string[] = [];
  let long: Buffer = packed.subarray(0, 0);
  let at = 0;
  const take = (length: number): Buffer => {
    at += length;
    return packed.subarray(at - length, at);
  };
  while (at < packed.length) {
    const code = packed[at]!;
    if (code >= CONTROLS_END) {
      parts.push(take(plainLength(packed, at)).toString('utf8'));
      continue;
    }
    at++;
    if (code === Code.name) parts.push(`"${names[take(1)[0]!]}"`);
    else if (code === Code.hex) parts.push(`"${toHex(take(take(2).readUInt16BE()))}"`);
    else if (code === Code.again) {
      const [before, after] = [take(2).readUInt16BE(), take(2).readUInt16BE()];
      parts.push(`"${toHex(take(before))}${toHex(long)}${toHex(take(after))}"`);
    } else {
      const tag = take(code === Code.pairOf1 ? 1 : 2);
      const value = take(take(1)[0]!);
      if (value.length >= LONG_FROM) long = value;
      parts.push(`"${toHex(tag)}":"${toHex(value)}"`);
    }
  }
  return parts.join('');
}

const toHex = (bytes: Buffer): string => bytes.toString('hex').toUpperCase();

function plainLength(packed: Uint8Array, start: number): number {
  let at = start;
  while (at < packed.length && packed[at]! >= CONTROLS_END) at++;
  return at - start;
}
