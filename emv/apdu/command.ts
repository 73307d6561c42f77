import { ApduError } from './apdu-error.js';

/**
 * A command (ISO 7816-4 §5.1, EMV 4.3 Book 1 §9.4.1). `le` is the number of bytes asked for; 0 asks for all there are
 * (coded `00`). Without `le` none are asked for.
 */
export interface Command {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data?: Uint8Array;
  readonly le?: number;
}

const HEADER_LENGTH = 4;
const SHORT_DATA_LENGTH_MAX = 255;
const SHORT_LE_MAX = 256;
const EXTENDED_DATA_LENGTH_MAX = 65_535;
const EXTENDED_LE_MAX = 65_536;

/**
 * The bytes of a command: case 1 (header), 2 (Le), 3 (Lc and data) or 4 (both), short where it fits and extended where
 * it must be. Throws {@link ApduError}.
 */
export function encodeCommand({ cla, ins, p1, p2, data, le }: Command): Uint8Array {
  requireByte(cla);
  requireByte(ins);
  requireByte(p1);
  requireByte(p2);
  if (le !== undefined && (!Number.isInteger(le) || le < 0 || le > EXTENDED_LE_MAX)) {
    throw new ApduError('command-byte-out-of-range', le);
  }
  const dataLength = data?.length ?? 0;
  if (dataLength > EXTENDED_DATA_LENGTH_MAX) throw new ApduError('command-data-too-long', dataLength);
  const extended = dataLength > SHORT_DATA_LENGTH_MAX || (le ?? 0) > SHORT_LE_MAX;
  const width = extended ? 2 : 1;
  const dataStart = HEADER_LENGTH + (extended ? 1 : 0) + (dataLength === 0 ? 0 : width);
  const dataEnd = dataStart + dataLength;
  const bytes = new Uint8Array(dataEnd + (le === undefined ? 0 : width));
  bytes[0] = cla;
  bytes[1] = ins;
  bytes[2] = p1;
  bytes[3] = p2;
  if (data !== undefined && dataLength > 0) {
    writeNumber(bytes, dataStart - width, width, dataLength);
    bytes.set(data, dataStart);
  }
  if (le !== undefined) writeNumber(bytes, dataEnd, width, le);
  return bytes;
}

function requireByte(byte: number): void {
  if (!Number.isInteger(byte) || byte < 0 || byte > 0xff) throw new ApduError('command-byte-out-of-range', byte);
}

function writeNumber(bytes: Uint8Array, offset: number, width: number, value: number): void {
  if (width === 2) bytes[offset] = value >> 8;
  bytes[offset + width - 1] = value;
}

/**
 * Reads a command of any case, short or extended. `data` is a view. `le` comes as it is coded: `00` is 0, an extended
 * `0000` is 65,536 (which encodes as extended again). Throws {@link ApduError} where the lengths do not agree.
 */
export function decodeCommand(bytes: Uint8Array): Command {
  if (bytes.length < HEADER_LENGTH) throw new ApduError('command-too-short', bytes.length);
  const cla = bytes[0]!;
  const ins = bytes[1]!;
  const p1 = bytes[2]!;
  const p2 = bytes[3]!;
  const first = bytes[HEADER_LENGTH];
  if (first === undefined) return { cla, ins, p1, p2 };
  if (bytes.length === HEADER_LENGTH + 1) return { cla, ins, p1, p2, le: first };
  const isExtended = first === 0 && bytes.length > HEADER_LENGTH + 2;
  const { data, le } = isExtended ? decodeExtendedBody(bytes) : decodeShortBody(bytes, first);
  if (data === undefined) return { cla, ins, p1, p2, le: le! };
  return le === undefined ? { cla, ins, p1, p2, data } : { cla, ins, p1, p2, data, le };
}

function decodeShortBody(bytes: Uint8Array, dataLength: number): Pick<Command, 'data' | 'le'> {
  const start = HEADER_LENGTH + 1;
  const rest = bytes.length - start - dataLength;
  if (dataLength === 0 || rest < 0 || rest > 1) throw new ApduError('command-length-wrong', bytes.length);
  const data = bytes.subarray(start, start + dataLength);
  return rest === 0 ? { data } : { data, le: bytes[start + dataLength]! };
}

function decodeExtendedBody(bytes: Uint8Array): Pick<Command, 'data' | 'le'> {
  const start = HEADER_LENGTH + 3;
  const number = (bytes[HEADER_LENGTH + 1]! << 8) | bytes[HEADER_LENGTH + 2]!;
  if (bytes.length === start) return { le: number === 0 ? EXTENDED_LE_MAX : number };
  const rest = bytes.length - start - number;
  if (number === 0 || (rest !== 0 && rest !== 2)) throw new ApduError('command-length-wrong', bytes.length);
  const data = bytes.subarray(start, start + number);
  if (rest === 0) return { data };
  const le = (bytes[bytes.length - 2]! << 8) | bytes[bytes.length - 1]!;
  return { data, le: le === 0 ? EXTENDED_LE_MAX : le };
}
