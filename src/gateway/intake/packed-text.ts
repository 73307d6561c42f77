/** Stands before bytes that were hex; no JSON text has it. */
const MARK = 0x01;
const QUOTE = 0x22;

/** Mark and length, in three bytes: shorter strings of hex would gain nothing. */
const HEAD_LENGTH = 4;
const BYTES_MIN = 3;
const BYTES_MAX = 0xffffff;

const NO_DIGIT = 0xff;
const DIGITS = new Uint8Array(256).fill(NO_DIGIT);
for (const [value, digit] of [...'0123456789ABCDEF'].entries()) DIGITS[digit.charCodeAt(0)] = value;

/**
 * Canonical JSON in about half of its bytes: each string of upper-case hex as a mark, its length in three bytes and the
 * bytes that it says. All else stays as it is, in UTF-8.
 */
export function packText(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const packed = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const count = bytes[at] === QUOTE ? decodeString(bytes, at + 1, packed, length + HEAD_LENGTH) : 0;
    if (count === 0) {
      packed[length++] = bytes[at]!;
      continue;
    }
    packed.writeUInt32BE((MARK << 24) | count, length);
    length += HEAD_LENGTH + count;
    at += 2 * count + 1;
  }
  return packed.subarray(0, length);
}

/** Decodes a whole string of hex; gives its bytes, 0 where it is none or too short to gain anything. */
function decodeString(bytes: Uint8Array, start: number, target: Uint8Array, offset: number): number {
  let at = start;
  let count = 0;
  for (; at + 1 < bytes.length; at += 2) {
    const high = DIGITS[bytes[at]!]!;
    const low = DIGITS[bytes[at + 1]!]!;
    if (high === NO_DIGIT || low === NO_DIGIT) break;
    target[offset + count++] = (high << 4) | low;
  }
  return bytes[at] === QUOTE && count >= BYTES_MIN && count <= BYTES_MAX ? count : 0;
}

/** The text that was packed. */
export function unpackText(packed: Buffer): string {
  let text = '';
  let from = 0;
  for (let at = packed.indexOf(MARK); at !== -1; at = packed.indexOf(MARK, from)) {
    const end = at + HEAD_LENGTH + packed.readUIntBE(at + 1, HEAD_LENGTH - 1);
    text += packed.toString('utf8', from, at);
    text += `"${packed.toString('hex', at + HEAD_LENGTH, end).toUpperCase()}"`;
    from = end;
  }
  return text + packed.toString('utf8', from);
}
