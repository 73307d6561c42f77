/** Bytes are `Uint8Array` everywhere inside; hex is for edges. */

const HEX_PAIRS: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).toUpperCase().padStart(2, '0'),
);

/** The two digits of each byte, side by side as text has them. */
const DIGIT_PAIRS = new Uint16Array(Uint8Array.from(HEX_PAIRS.join(''), (digit) => digit.charCodeAt(0)).buffer);

/** Text that should have been hex. `offset` is the index of the first character that is not. */
export class HexError extends Error {
  override readonly name = 'HexError';
  constructor(
    readonly code: 'hex-odd-length' | 'hex-invalid-character',
    readonly offset: number,
  ) {
    super(
      code === 'hex-odd-length'
        ? `an odd number of hex digits (${offset})`
        : `not a hex digit at character ${offset + 1}`,
    );
  }
}

/** Upper-case hex without spaces. */
export function toHex(bytes: Uint8Array): string {
  return bytes.length <= SHORT ? joinPairs(bytes, 0, bytes.length) : joinLong(bytes);
}

/** Longer text is written at once: small pieces would have to be joined when somebody reads it. */
const SHORT = 4;

function joinPairs(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let index = start; index < end; index++) text += HEX_PAIRS[bytes[index]!];
  return text;
}

/** Bytes whose digits are written and then read as text. */
const PIECE = 4096;
const written = new Uint16Array(PIECE);
const readWritten = readerOf(new Uint8Array(written.buffer));

/** Reads the beginning of ASCII text; Node.js' own way is the fastest, a browser has another. */
function readerOf(text: Uint8Array): (length: number) => string {
  if (typeof Buffer === 'function') {
    const buffer = Buffer.from(text.buffer);
    return (length) => buffer.toString('latin1', 0, length);
  }
  const decoder = new TextDecoder();
  return (length) => decoder.decode(text.subarray(0, length));
}

function joinLong(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += PIECE) {
    const count = Math.min(PIECE, bytes.length - start);
    for (let index = 0; index < count; index++) written[index] = DIGIT_PAIRS[bytes[start + index]!]!;
    text += readWritten(2 * count);
  }
  return text;
}

const NO_DIGIT = 0xff;

/** The value of each character that is a hex digit, by its code. */
const HEX_DIGITS: Uint8Array = new Uint8Array(128).fill(NO_DIGIT);
for (const [value, digits] of [...'0123456789ABCDEF'].map(
  (digit, value) => [value, digit + digit.toLowerCase()] as const,
)) {
  for (const digit of digits) HEX_DIGITS[digit.charCodeAt(0)] = value;
}

const hexDigit = (text: string, index: number): number => HEX_DIGITS[text.charCodeAt(index)] ?? NO_DIGIT;

/** From here on Node.js' own decoder is faster, whatever it costs to call; a browser has none. */
const LONG_HEX = 64;

/** Upper or lower case hex without spaces; throws {@link HexError}. */
export function fromHex(text: string): Uint8Array {
  if (text.length >= LONG_HEX && typeof Buffer === 'function') {
    // It ends before the first character that is no digit, but looks at the low byte of each alone: U+0130 would be 0.
    const whole = Buffer.from(text, 'hex');
    if (2 * whole.length === text.length && Buffer.byteLength(text) === text.length)
      return new Uint8Array(whole.buffer, whole.byteOffset, whole.length);
  }
  const bytes = new Uint8Array(text.length >> 1);
  for (let index = 0; index < bytes.length; index++) {
    const high = hexDigit(text, 2 * index);
    const low = hexDigit(text, 2 * index + 1);
    if (high === NO_DIGIT || low === NO_DIGIT) {
      throw new HexError('hex-invalid-character', 2 * index + (high === NO_DIGIT ? 0 : 1));
    }
    bytes[index] = (high << 4) | low;
  }
  if (text.length % 2 === 0) return bytes;
  const isDigit = hexDigit(text, text.length - 1) !== NO_DIGIT;
  throw isDigit ? new HexError('hex-odd-length', text.length) : new HexError('hex-invalid-character', text.length - 1);
}

/** The same for text that need not be hex: `undefined` where it is not. */
export function tryFromHex(text: string): Uint8Array | undefined {
  try {
    return fromHex(text);
  } catch (error) {
    if (error instanceof HexError) return undefined;
    throw error;
  }
}

/** V8 keeps this many bytes in the array itself; for one more it has to look for memory elsewhere. */
const INSIDE_MAX = 64;
const SHARED_LENGTH = 8192;
let shared = new Uint8Array(0);
let taken = 0;

/**
 * An array of zeros. A long one shares its memory with others, as Node.js' buffers do, for one of its own takes five
 * times as long to find: what is kept for long is better copied (`slice`), see docs/decisions/0058-bytes-share-memory.md.
 */
export function zeros(length: number): Uint8Array {
  if (length <= INSIDE_MAX || length > SHARED_LENGTH / 8) return new Uint8Array(length);
  if (taken + length > shared.length) {
    shared = new Uint8Array(SHARED_LENGTH);
    taken = 0;
  }
  taken += length;
  return new Uint8Array(shared.buffer, taken - length, length);
}

/** A copy of the parts, one after the other; see {@link zeros}. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = zeros(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Whether both have the same bytes; the time tells where they differ, so it is nothing for secrets. */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index++) if (left[index] !== right[index]) return false;
  return true;
}

/** Binary coded decimal, right-justified with leading zeros (format n, EMV 4.3 Book 3 §4.3). `length` in bytes. */
export function encodeNumeric(value: number, length: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`not a whole number of at least 0: ${value}`);
  const bytes = new Uint8Array(length);
  let rest = value;
  for (let index = length - 1; index >= 0; index--) {
    const pair = rest % 100;
    bytes[index] = ((pair / 10) << 4) | (pair % 10);
    rest = (rest - pair) / 100;
  }
  if (rest > 0) throw new RangeError(`${value} does not fit into ${length} bytes of format n`);
  return bytes;
}

/** The number that format n stands for; `undefined` where a nibble is not a decimal digit. */
export function decodeNumeric(bytes: Uint8Array): number | undefined {
  if (bytes.length > EXACT_NUMERIC_LENGTH) return decodeLongNumeric(bytes);
  let number = 0;
  for (const byte of bytes) {
    if ((byte & 0x0f) > 9 || byte > 0x99) return undefined;
    number = number * 100 + (byte >> 4) * 10 + (byte & 0x0f);
  }
  return bytes.length === 0 ? undefined : number;
}

/** Bytes of format n whose number is below 2 to the 53rd in any case. */
const EXACT_NUMERIC_LENGTH = 7;

function decodeLongNumeric(bytes: Uint8Array): number | undefined {
  const digits = toHex(bytes);
  return /^\d+$/.test(digits) ? Number(digits) : undefined;
}

/** The digits of format cn, which have F behind them (EMV 4.3 Book 3 §4.3); `undefined` where others stand among them. */
export function decodeCompressedNumeric(bytes: Uint8Array): string | undefined {
  const text = toHex(bytes);
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === FILLER) end--;
  for (let index = 0; index < end; index++) if (text.charCodeAt(index) > DIGIT_NINE) return undefined;
  return end === 0 ? undefined : text.slice(0, end);
}

const FILLER = 'F'.charCodeAt(0);
const DIGIT_NINE = '9'.charCodeAt(0);

/** The number that bytes are, the highest first (format b); exact up to six bytes. */
export function decodeBinary(bytes: Uint8Array): number {
  let number = 0;
  for (const byte of bytes) number = number * 256 + byte;
  return number;
}

/** One byte for each character, its low eight bits. */
export function fromAscii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);
}

/** One character for each byte, of the code that the byte is. */
export function toAscii(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
