/** The control bytes of vsmartcard's wire protocol; a frame of one byte is a control, a longer one a command. */
export const control = { powerOff: 0, powerOn: 1, reset: 2, getAnswerToReset: 4 } as const;

const HEADER_LENGTH = 2;
const BODY_LENGTH_MAX = 0xffff;

/** Two bytes of length, most significant first, and the body; throws a RangeError above 65,535 bytes. */
export function encodeFrame(body: Uint8Array): Uint8Array {
  if (body.length > BODY_LENGTH_MAX)
    throw new RangeError(`a frame of ${body.length} bytes, ${BODY_LENGTH_MAX} at most`);
  const frame = new Uint8Array(HEADER_LENGTH + body.length);
  frame[0] = body.length >> 8;
  frame[1] = body.length & 0xff;
  frame.set(body, HEADER_LENGTH);
  return frame;
}

/** Cuts a stream of bytes, in pieces of any size, into the bodies of its frames. Holds one frame at most. */
export class FrameReader {
  #rest: Uint8Array = new Uint8Array(0);

  *push(piece: Uint8Array): Generator<Uint8Array> {
    let bytes = piece;
    if (this.#rest.length > 0) {
      bytes = new Uint8Array(this.#rest.length + piece.length);
      bytes.set(this.#rest);
      bytes.set(piece, this.#rest.length);
    }
    let offset = 0;
    while (bytes.length - offset >= HEADER_LENGTH) {
      const end = offset + HEADER_LENGTH + ((bytes[offset]! << 8) | bytes[offset + 1]!);
      if (end > bytes.length) break;
      yield bytes.slice(offset + HEADER_LENGTH, end);
      offset = end;
    }
    this.#rest = bytes.slice(offset);
  }
}
