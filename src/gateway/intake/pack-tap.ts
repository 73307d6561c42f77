import type { EvidenceBytes, TapRecord } from '../../tap/index.js';
import {
  beginPacking,
  Code,
  DIGITS,
  LONG_FROM,
  NO_DIGIT,
  PAIR_MAX,
  type Packing,
  packed,
  packRange,
  packRecord,
} from './packed-record.js';

const EVIDENCE = '"evidence":';
const BEHIND_EVIDENCE = ',"operator":';

/** What stands between the values of evidence, packed once. */
const between = {
  open: packRecord('{"applicationIdentifier":'),
  data: packRecord(',"data":{'),
  records: packRecord('},"records":['),
  record: packRecord('{"bytes":'),
  number: packRecord(',"recordNumber":'),
  file: packRecord(',"shortFileIdentifier":'),
  comma: packRecord(','),
  close: packRecord('}'),
  end: packRecord(']}'),
};

/**
 * What {@link packRecord} makes of a record's canonical text, byte for byte, without decoding again what of its evidence is
 * decoded.
 */
export function packTap(text: string, { evidence }: TapRecord, bytes: EvidenceBytes): Buffer {
  if (!isOrdinary(bytes)) return packRecord(text);
  const { applicationIdentifier, records, tags, values } = bytes;
  // Up to here all is ASCII, of which a character is a byte.
  const start = text.indexOf(EVIDENCE) + EVIDENCE.length;
  const end = text.indexOf(BEHIND_EVIDENCE, start);
  const packing = beginPacking(text);
  packRange(packing, 0, start);
  write(packing, between.open);
  writeHex(packing, applicationIdentifier);
  write(packing, between.data);
  for (let index = 0; index < tags.length; index++) {
    if (index > 0) write(packing, between.comma);
    writePair(packing, tags[index]!, values[index]!);
  }
  write(packing, between.records);
  for (let index = 0; index < records.length; index++) {
    const { recordNumber, shortFileIdentifier } = evidence.records[index]!;
    if (index > 0) write(packing, between.comma);
    write(packing, between.record);
    writeHex(packing, records[index]!);
    write(packing, between.number);
    writeDigits(packing, recordNumber);
    write(packing, between.file);
    writeDigits(packing, shortFileIdentifier);
    write(packing, between.close);
  }
  write(packing, between.end);
  packRange(packing, end, packing.from.length);
  return packed(packing);
}

/** Whether each value has a code for what it is. */
function isOrdinary({ applicationIdentifier, records, tags, values }: EvidenceBytes): boolean {
  if (applicationIdentifier.length === 0) return false;
  for (const { length } of records) if (length === 0) return false;
  for (const { length } of values) if (length > PAIR_MAX) return false;
  for (const tag of tags) if (!isTag(tag)) return false;
  return true;
}

const isTag = (tag: string): boolean =>
  (tag.length === 2 && isByteAt(tag, 0)) || (tag.length === 4 && isByteAt(tag, 0) && isByteAt(tag, 2));

const isByteAt = (tag: string, index: number): boolean =>
  digitAt(tag, index) !== NO_DIGIT && digitAt(tag, index + 1) !== NO_DIGIT;

const digitAt = (tag: string, index: number): number => DIGITS[tag.charCodeAt(index)] ?? NO_DIGIT;

const byteAt = (tag: string, index: number): number => (digitAt(tag, index) << 4) | digitAt(tag, index + 1);

/** Up to here a loop is faster than the call of what copies at once. */
const SHORT = 32;

function write(packing: Packing, part: Uint8Array): void {
  const { to, length } = packing;
  packing.length += part.length;
  if (part.length > SHORT) to.set(part, length);
  else for (let index = 0; index < part.length; index++) to[length + index] = part[index]!;
}

function writePair(packing: Packing, tag: string, value: Uint8Array): void {
  const { to } = packing;
  to[packing.length++] = tag.length === 2 ? Code.pairOf1 : Code.pairOf2;
  for (let index = 0; index < tag.length; index += 2) to[packing.length++] = byteAt(tag, index);
  to[packing.length++] = value.length;
  write(packing, value);
  if (value.length >= LONG_FROM) packing.long = value;
}

function writeHex(packing: Packing, value: Uint8Array): void {
  const { long } = packing;
  const before = long && value.length > long.length ? bufferOf(value).indexOf(long) : -1;
  if (before === -1) {
    packing.to[packing.length++] = Code.hex;
    writeLength(packing, value.length);
    write(packing, value);
    return;
  }
  const behind = before + long!.length;
  packing.to[packing.length++] = Code.again;
  writeLength(packing, before);
  writeLength(packing, value.length - behind);
  write(packing, value.subarray(0, before));
  write(packing, value.subarray(behind));
}

function writeLength(packing: Packing, value: number): void {
  packing.to[packing.length++] = value >> 8;
  packing.to[packing.length++] = value & 0xff;
}

function writeDigits(packing: Packing, value: number): void {
  for (const digit of String(value)) packing.to[packing.length++] = digit.charCodeAt(0);
}

const bufferOf = ({ buffer, byteOffset, length }: Uint8Array): Buffer => Buffer.from(buffer, byteOffset, length);
