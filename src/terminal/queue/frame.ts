import { crc32 } from 'node:zlib';
import { equalBytes } from '../../../emv/bytes.js';

/**
 * One frame of a segment file, big endian:
 *
 *     magic 'YTQ1' (4) | kind (1) | sequence (6) | payload length (4) | CRC-32 of these (4) | payload | CRC-32 of it (4)
 *
 * The header has a checksum of its own, so that a damaged payload still tells where the next frame begins, and a
 * damaged header is passed over by looking for the next whole one.
 */
export type FrameKind = 'header' | 'tap' | 'answer' | 'refused';

export type ScannedFrame =
  | {
      readonly state: 'whole';
      readonly kind: FrameKind;
      readonly sequence: number;
      readonly offset: number;
      readonly length: number;
      readonly payload: Uint8Array;
    }
  /** Bytes that were once written whole and are not what was written. `kind` and `sequence` if the header holds. */
  | {
      readonly state: 'damaged';
      readonly kind?: FrameKind;
      readonly sequence?: number;
      readonly offset: number;
      readonly length: number;
    }
  /** The end of the file, where a write did not come to its end. */
  | { readonly state: 'torn'; readonly offset: number; readonly length: number };

const FRAME_HEADER_LENGTH = 19;
export const FRAME_OVERHEAD = FRAME_HEADER_LENGTH + 4;
export const FRAME_PAYLOAD_LENGTH_MAX = 1024 * 1024;

const MAGIC = [0x59, 0x54, 0x51, 0x31] as const;
const KIND_CODES: Readonly<Record<FrameKind, number>> = { header: 0x48, tap: 0x54, answer: 0x41, refused: 0x52 };
const KINDS: ReadonlyMap<number, FrameKind> = new Map(
  Object.entries(KIND_CODES).map(([kind, code]) => [code, kind as FrameKind]),
);

/** The frame's first 15 bytes; the cipher authenticates them together with the payload. */
export function frameHead(kind: FrameKind, sequence: number, payloadLength: number): Uint8Array {
  const head = new Uint8Array(FRAME_HEADER_LENGTH - 4);
  const view = new DataView(head.buffer);
  head.set(MAGIC);
  view.setUint8(4, KIND_CODES[kind]);
  view.setUint16(5, Math.floor(sequence / 2 ** 32));
  view.setUint32(7, sequence % 2 ** 32);
  view.setUint32(11, payloadLength);
  return head;
}

export function encodeFrame(kind: FrameKind, sequence: number, payload: Uint8Array): Uint8Array {
  const frame = new Uint8Array(FRAME_OVERHEAD + payload.length);
  const view = new DataView(frame.buffer);
  const head = frameHead(kind, sequence, payload.length);
  frame.set(head);
  view.setUint32(head.length, crc32(head));
  frame.set(payload, FRAME_HEADER_LENGTH);
  view.setUint32(FRAME_HEADER_LENGTH + payload.length, crc32(payload));
  return frame;
}

function readHeader(bytes: Uint8Array, offset: number) {
  if (MAGIC.some((byte, index) => bytes[offset + index] !== byte)) return undefined;
  if (offset + FRAME_HEADER_LENGTH > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset);
  const kind = KINDS.get(view.getUint8(4));
  const payloadLength = view.getUint32(11);
  if (!kind || payloadLength > FRAME_PAYLOAD_LENGTH_MAX) return undefined;
  if (view.getUint32(15) !== crc32(bytes.subarray(offset, offset + 15))) return undefined;
  return { kind, sequence: view.getUint16(5) * 2 ** 32 + view.getUint32(7), payloadLength };
}

function nextHeader(bytes: Uint8Array, from: number): number {
  for (let offset = from; offset < bytes.length; offset++) {
    offset = bytes.indexOf(MAGIC[0], offset);
    if (offset < 0) break;
    if (readHeader(bytes, offset)) return offset;
  }
  return bytes.length;
}

/**
 * Whether the end of a file looks like a write that did not come to its end: cut within a frame's header, or grown
 * before its bytes arrived, which leaves zeros where a frame has its checksum. Anything else at the end was damaged
 * later: a tap may have been there, and its number must not be given again.
 */
function isTornTail(tail: Uint8Array): boolean {
  return tail.length < FRAME_HEADER_LENGTH || isZeros(tail.subarray(-4));
}

const isZeros = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

/** The same of a frame whose header arrived: its checksum is zeros, or begins as it should and ends in zeros. */
function isTornChecksum(stored: Uint8Array, payload: Uint8Array): boolean {
  const arrived = stored.findLastIndex((byte) => byte !== 0) + 1;
  return arrived < stored.length && equalBytes(stored.subarray(0, arrived), checksumOf(payload).subarray(0, arrived));
}

function checksumOf(payload: Uint8Array): Uint8Array {
  const checksum = new Uint8Array(4);
  new DataView(checksum.buffer).setUint32(0, crc32(payload));
  return checksum;
}

/** Everything a segment holds, in order and without gaps: offsets and lengths add up to the length of `bytes`. */
export function* scanFrames(bytes: Uint8Array): Generator<ScannedFrame, void, undefined> {
  let offset = 0;
  while (offset < bytes.length) {
    const header = readHeader(bytes, offset);
    if (!header) {
      const length = nextHeader(bytes, offset + 1) - offset;
      const isTail = offset + length === bytes.length;
      const isTorn = isTail && isTornTail(bytes.subarray(offset));
      yield { state: isTorn ? 'torn' : 'damaged', offset, length };
      offset += length;
      continue;
    }
    const { kind, sequence, payloadLength } = header;
    const length = FRAME_OVERHEAD + payloadLength;
    if (offset + length > bytes.length) {
      yield { state: 'torn', offset, length: bytes.length - offset };
      return;
    }
    const payload = bytes.subarray(offset + FRAME_HEADER_LENGTH, offset + length - 4);
    const checksum = bytes.subarray(offset + length - 4, offset + length);
    if (equalBytes(checksum, checksumOf(payload))) yield { state: 'whole', kind, sequence, offset, length, payload };
    else if (isTornChecksum(checksum, payload) && isZeros(bytes.subarray(offset + length))) {
      yield { state: 'torn', offset, length: bytes.length - offset };
      return;
    } else yield { state: 'damaged', kind, sequence, offset, length };
    offset += length;
  }
}
